import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { explainCode, readTextFile } from '../../input/read-source.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';

/** The options that let a netrc file identify the caller. */
export interface NetrcOptions {
  netrc?: boolean | undefined;
  /** A file in place of the user's. */
  netrcFile?: string | undefined;
  /** No file is as good as one without a login. */
  netrcOptional?: boolean | undefined;
}

/** A user and a password. */
export interface Login {
  user: string;
  password: string;
}

/** A machine in the file; a null host is the default for all others. */
interface Machine {
  host: string | null;
  user: string | null;
  password: string | null;
}

const READABLE_BY_OTHERS = 0o077;

/**
 * The login that a netrc file has for a host.
 *
 * @param user the only user to look for; null for any
 * @returns null if there is none, or no option asks for it
 * @throws UsageError for a file that cannot be read, or that others can
 */
export async function loginFor(
  host: string,
  user: string | null,
  { netrc, netrcFile, netrcOptional }: NetrcOptions,
  effects: Effects,
): Promise<{ login: Login | null; file: string } | null> {
  if (!netrc && !netrcOptional && netrcFile === undefined) return null;
  const file = netrcFile ?? effects.env.NETRC ?? join(effects.env.HOME || homedir(), '.netrc');
  const text = await ownText(file, netrcOptional === true, effects);
  if (text === null) return null;
  const fits = (machine: Machine) => user === null || machine.user === null || machine.user === user;
  const machines = machinesIn(text).filter(fits);
  const found = machines.find((one) => one.host === host.toLowerCase()) ?? machines.find((one) => one.host === null);
  const name = user ?? found?.user ?? null;
  return { login: found?.password == null || name === null ? null : { user: name, password: found.password }, file };
}

/** The text of a file that is the user's alone; null for none that is missed. */
async function ownText(name: string, isOptional: boolean, { cwd, uid, signal }: Effects): Promise<string | null> {
  const file = resolve(cwd, name);
  try {
    const stats = await stat(file);
    if (uid !== null && stats.uid !== uid) throw new UsageError(`${name} belongs to another user, and is not used`);
    if (uid !== null && (stats.mode & READABLE_BY_OTHERS) !== 0) {
      throw new UsageError(`${name} holds passwords, and others have access to it: run chmod 600 on it`);
    }
    return await readTextFile(name, cwd, { signal, mayBeEmpty: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (isOptional && code === 'ENOENT') return null;
    throw new UsageError(`cannot read ${name}: ${explainCode(code)}`);
  }
}

/** The entries of a netrc file, in which values may be quoted as curl has them. */
export function machinesIn(text: string): Machine[] {
  const machines: Machine[] = [];
  let isMacro = false;
  let keyword: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    // A macro ends with an empty line.
    isMacro &&= line.trim() !== '';
    if (isMacro) continue;
    for (const [word, quoted] of line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g)) {
      const value = quoted?.replaceAll(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign) ?? word;
      if (keyword !== null) {
        take(keyword, value, machines);
        keyword = null;
      } else if (word.startsWith('#')) break;
      else if (word === 'default') machines.push({ host: null, user: null, password: null });
      else if (word === 'macdef') {
        isMacro = true;
        break;
      } else keyword = word;
    }
  }
  return machines;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

function take(keyword: string, value: string, machines: Machine[]): void {
  const last = machines.at(-1);
  if (keyword === 'machine') machines.push({ host: value.toLowerCase(), user: null, password: null });
  else if (last !== undefined && (keyword === 'login' || keyword === 'user')) last.user ??= value;
  else if (last !== undefined && keyword === 'password') last.password ??= value;
}
