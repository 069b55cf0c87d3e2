import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { placeWithin } from './within.ts';

/**
 * The path of a program; null if there is none. The working directory is not searched, whatever PATH says: it may be a
 * stranger's, and Windows looks there first.
 *
 * @param searched the folders of PATH
 */
export function installed(program: string, searched: string, cwd: string): string | null {
  for (const folder of searched.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      if (placeWithin(folder, [cwd]) === 'outside') return path;
    } catch {
      // It is not there.
    }
  }
  return null;
}
