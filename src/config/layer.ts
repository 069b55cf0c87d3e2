import { dirname, relative, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { type ConfigFile, configSchema } from '../schema/config.ts';
import { type Locate, validateSource } from '../schema/validate.ts';

/** One config file, as parsed. */
export interface ConfigLayer {
  /** The path as it is shown: relative to the working directory where that is shorter. */
  file: string;
  folder: string;
  value: ConfigFile;
  locate: Locate;
}

/**
 * Reads a config file.
 *
 * @param path where it was found
 * @param cwd what the path is shown relative to
 * @throws ConfigError with file, line and column when it is broken
 */
export function readLayer(text: string, path: string, cwd: string): ConfigLayer {
  const short = relative(cwd, path);
  const file = short.startsWith('..') ? path : short;
  const result = validateSource(text, configSchema, path.endsWith('package.json') ? ['errprobe'] : []);
  if (!result.ok) {
    const lines = result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
    throw new ConfigError(lines.join('\n'));
  }
  return { file, folder: dirname(resolve(path)), value: result.value, locate: result.locate };
}
