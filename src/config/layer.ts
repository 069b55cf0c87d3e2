import { dirname, relative, resolve } from 'node:path';
import { ConfigError } from '../model/errors.ts';
import { type Locate, validateSource } from '../schema/validate.ts';
import { type ConfigFile, configSchema } from './schema.ts';

/** One config file, as parsed. */
export interface ConfigLayer {
  /** The path as it is shown: relative to the working directory where that is shorter. */
  file: string;
  /** The whole path. */
  path: string;
  folder: string;
  /** True for a file of the project, false for the user's own. */
  project: boolean;
  value: ConfigFile;
  locate: Locate;
}

/**
 * Reads a config file.
 *
 * @param path where it was found
 * @param cwd what the path is shown relative to
 * @param project false for the user's own, which may allow what a project's may not
 * @throws ConfigError with file, line and column when it is broken
 */
export function readLayer(text: string, path: string, cwd: string, project = true): ConfigLayer {
  const short = relative(cwd, path);
  const file = short.startsWith('..') ? path : short;
  const result = validateSource(text, configSchema, path.endsWith('package.json') ? ['errprobe'] : []);
  if (!result.ok) {
    const lines = result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
    throw new ConfigError(lines.join('\n'));
  }
  const { value, locate } = result;
  if (project && value.allow !== undefined) {
    const { line, column } = locate(['allow']);
    throw new ConfigError(`${file}:${line}:${column}: allow counts only in your own config, not in that of a project`);
  }
  return { file, path: resolve(path), folder: dirname(resolve(path)), project, value, locate };
}
