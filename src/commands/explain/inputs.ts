import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isFile } from '../../input/read-source.ts';

/** The most files of a folder to explain. */
const MOST_FILES = 1000;

/** True for a folder. */
export function isFolder(path: string, cwd: string): boolean {
  try {
    return statSync(resolve(cwd, path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Folders as their files, in the order of their names; words that are neither files nor statuses nor
 * codes as the one text that they were before the shell split them.
 */
export async function expandInputs(inputs: string[], cwd: string): Promise<string[]> {
  const expanded: string[] = [];
  let isText = true;
  for (const input of inputs) {
    const folder = isFolder(input, cwd);
    if (folder) {
      const names = (await readdir(resolve(cwd, input), { withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => join(input, name));
      expanded.push(...names.toSorted().slice(0, MOST_FILES));
    } else {
      expanded.push(input);
    }
    if (folder || input === '-' || /^\d{3}$|[A-Z]_|[A-Z]{4}|\s/.test(input) || isFile(input, cwd)) isText = false;
  }
  return isText ? [inputs.join(' ')] : expanded;
}
