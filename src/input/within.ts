import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/**
 * Where a path leads, if that is at or below one of the folders; links are followed, so none leads out.
 *
 * @returns the path without links; `outside` if it is elsewhere, `missing` if there is nothing, or it cannot be reached
 */
export function placeWithin(path: string, folders: string[]): { real: string } | 'outside' | 'missing' {
  const real = realPath(path);
  if (real === null) return 'missing';
  return folders.some((folder) => isBelow(real, realPath(folder))) ? { real } : 'outside';
}

function isBelow(real: string, folder: string | null): boolean {
  if (folder === null) return false;
  const way = relative(folder, real);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
