import { readFileSync, type Stats, statSync } from 'node:fs';
import { ConfigError } from '../model/errors.ts';

/** The largest config or catalog that is read, and the largest document beside a catalog, in bytes. */
const LARGEST = 4 * 1024 * 1024;
export const LARGEST_DOCUMENT = 32 * 1024 * 1024;

/**
 * True for a regular file, false for a folder and where nothing can be read. A strange folder may hold anything under the
 * name of a config: reading a pipe would wait forever, and a device such as `/dev/zero` has no end.
 *
 * @throws ConfigError for anything else, and for a file that is too large
 */
export function isRegularFile(path: string): boolean {
  const stats = statsOf(path);
  if (stats === undefined || stats.isDirectory()) return false;
  if (!stats.isFile()) throw new ConfigError(`cannot read ${path}: it is not a regular file`);
  if (stats.size > LARGEST) throw new ConfigError(`${path} is too large: errprobe reads up to 4 MiB`);
  return true;
}

/**
 * The text of a file that nobody named on the command line, but another file; null if it is no regular file, or cannot
 * be read.
 *
 * @param most the most bytes; null for a larger file, too
 */
export function readRegularFile(path: string, most = LARGEST): string | null {
  const stats = statsOf(path);
  if (stats?.isFile() !== true || stats.size > most) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** What a path leads to; undefined for nothing, also by a link that leads to itself. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
