import { existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baseFolder } from '../config/base-folder.ts';

/** The environment, and the user id; null on systems without one (Windows). */
export interface Owner {
  env: Record<string, string | undefined>;
  uid: number | null;
}

/**
 * A folder that is safe to read from, or the reason not to use it; `missing` if it just does not
 * exist.
 */
export type OwnFolder = { path: string; problem: null } | { path: string; problem: string; missing: boolean };

const WRITABLE_BY_OTHERS = 0o022;
const WORLD_WRITABLE = 0o002;
const STICKY = 0o1000;

/**
 * A folder of errprobe's own below a base directory of the user, for data that is read back later:
 * compiled code, kept calls, decisions. It is used only if nobody else can have put anything there:
 *
 * - each folder from `errprobe` downwards is no symbolic link, belongs to the user and is writable
 * by nobody else;
 * - nobody else can replace it: no folder above is world-writable, except sticky ones such as
 * `/tmp`.
 *
 * @param names the folders below `errprobe`
 * @param make true to create missing folders, with mode 700
 */
export function ownFolder(base: 'cache' | 'state', names: string[], { env, uid }: Owner, make: boolean): OwnFolder {
  const home = baseFolder(base, env);
  if (home === null) return { path: '', problem: 'there is no home folder', missing: true };
  const own = ['errprobe', ...names].map((_, i, all) => join(home, ...all.slice(0, i + 1)));
  const path = own.at(-1) ?? home;
  try {
    if (make && !existsSync(path)) makeFolder(path);
    if (uid !== null) {
      const replaceable = foldersAbove(own[0] ?? home).find(isReplaceable);
      if (replaceable !== undefined) return unsafe(path, `everybody can write to ${replaceable}`);
    }
    for (const folder of own) {
      const problem = problemOf(folder, uid);
      if (problem !== null) return unsafe(path, problem);
    }
    return { path, problem: null };
  } catch (error) {
    const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException;
    return {
      path,
      problem: `cannot ${make ? 'write' : 'read'} ${path}: ${code}`,
      missing: /^ENO(?:ENT|TDIR)$/.test(code),
    };
  }
}

function unsafe(path: string, why: string): OwnFolder {
  return { path, problem: `${path} is not used: ${why}`, missing: false };
}

function problemOf(folder: string, uid: number | null): string | null {
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) return `${folder} is ${stats.isSymbolicLink() ? 'a symbolic link' : 'no folder'}`;
  if (uid === null) return null;
  if (stats.uid !== uid) return `${folder} belongs to another user`;
  return (stats.mode & WRITABLE_BY_OTHERS) === 0 ? null : `others can write to ${folder}`;
}

function foldersAbove(folder: string): string[] {
  const above: string[] = [];
  for (let at = realpathSync(dirname(folder)); ; at = dirname(at)) {
    above.push(at);
    if (at === dirname(at)) return above;
  }
}

function isReplaceable(folder: string): boolean {
  const { mode } = lstatSync(folder);
  return (mode & WORLD_WRITABLE) !== 0 && (mode & STICKY) === 0;
}

/**
 * Creates a folder and its parents. The recursive mkdir of Node.js never returns where an existing
 * folder denies that it exists: below `/proc`.
 */
function makeFolder(folder: string): void {
  const make = () => mkdirSync(folder, { mode: 0o700 });
  try {
    make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    makeFolder(dirname(folder));
    make();
  }
}
