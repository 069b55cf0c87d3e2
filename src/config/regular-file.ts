import { statSync } from 'node:fs';
import { ConfigError } from '../model/errors.ts';

/** The largest config or catalog that is read, in bytes. */
const LARGEST = 4 * 1024 * 1024;

/**
 * True for a regular file, false for a folder and where there is nothing. A strange folder may hold anything under the
 * name of a config: reading a pipe would wait forever, and a device such as `/dev/zero` has no end.
 *
 * @throws ConfigError for anything else, and for a file that is too large
 */
export function isRegularFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return false;
  if (!stats.isFile()) throw new ConfigError(`cannot read ${path}: it is not a regular file`);
  if (stats.size > LARGEST) throw new ConfigError(`${path} is too large: errprobe reads up to 4 MiB`);
  return true;
}
