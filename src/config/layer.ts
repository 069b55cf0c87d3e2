import { dirname, relative, resolve } from 'node:path';
import { ConfigError } from '../model/errors.ts';
import type { Locate } from '../schema/validate.ts';
import { apiConfigs } from './apis.ts';
import type { ConfigFile } from './schema.ts';

/** A parsed config file. */
export interface ConfigLayer {
  /** The displayed path: relative to the working directory if that is shorter. */
  file: string;
  /** The absolute path. */
  path: string;
  folder: string;
  /** True for a project file, false for the user's own. */
  project: boolean;
  /** The profile of that file whose settings these are, or null. */
  profile: string | null;
  value: ConfigFile;
  locate: Locate;
}

/** The displayed path of a config. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') ? path : short;
}

/**
 * The layer of a parsed config.
 *
 * @param path where it was found
 * @param cwd the folder that the displayed path is relative to
 * @param project false for the user's own, which may allow more than a project's
 * @throws ConfigError with file, line and column when it has what only the user's own may have
 */
export function layerOf(
  { value, locate }: Pick<ConfigLayer, 'value' | 'locate'>,
  path: string,
  cwd: string,
  project: boolean,
): ConfigLayer {
  const file = shownPath(path, cwd);
  const only = project ? ownOnly(value) : null;
  if (only !== null) {
    const { line, column } = locate(only.path);
    throw new ConfigError(`${file}:${line}:${column}: ${only.what} only counts in your own config, not in a project's`);
  }
  return { file, path: resolve(path), folder: dirname(resolve(path)), project, profile: null, value, locate };
}

/** A setting that a project must not make, since it gives away variables or runs a program. */
function ownOnly(value: ConfigFile): { path: PropertyKey[]; what: string } | null {
  if (value.allow !== undefined) return { path: ['allow'], what: 'allow' };
  const found = apiConfigs(value).find(({ api: { key } }) => typeof key === 'object' && 'command' in key);
  return found === undefined ? null : { path: [...found.path, 'key'], what: 'key: { command }' };
}
