import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { JsonDocument } from '../json/document.ts';
import type { JsonText } from '../json/text.ts';
import { UsageError } from '../model/errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { lookup } from '../text/lookup.ts';
import type { Sink } from './sink.ts';

/** Content to write. Documents can be long, so they are redacted and written piece by piece. */
export type Written = string | JsonText | JsonDocument;

/** A file to write a result to. It is opened before the work starts, so that no work is wasted. */
export interface OutputFile {
  /**
   * Writes a whole text, redacted, and closes the file.
   *
   * @throws UsageError when it cannot be written
   */
  write(text: Written): Promise<void>;
  /** Closes the file, and deletes it if nothing was written. */
  close(): Promise<void>;
}

/** A file to write to as bytes come. Secrets in them are hidden. */
export interface StreamedFile {
  /** @throws UsageError when they cannot be written */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Puts the file in its place. A part of it gets a name of its own, and what was in the place stays.
   *
   * @returns the name of the file; null if there is none
   */
  finish(isWhole: boolean): Promise<string | null>;
  close(): Promise<void>;
}

/** The options for opening a file: it may be a standard stream, and output is redacted. */
export interface Opening {
  cwd: string;
  secrets: Secrets;
  out: Sink;
  err: Sink;
  signal: AbortSignal;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Other names of standard streams: opening the file behind one would truncate what the stream has
 * written.
 */
const STREAMS: Record<string, 'out' | 'err'> = {
  '-': 'out',
  '/dev/stdout': 'out',
  '/dev/fd/1': 'out',
  '/proc/self/fd/1': 'out',
  '/dev/stderr': 'err',
  '/dev/fd/2': 'err',
  '/proc/self/fd/2': 'err',
};

/**
 * Opens a file for writing later. A regular file is replaced atomically: the new one is written
 * beside it and then moved. Anything else (a device, a pipe) is written in place, as is a file with
 * another owner or several hard links. Symbolic links are followed, and `-` is standard output.
 *
 * @throws UsageError when it cannot be written
 */
export async function openOutput(
  path: string,
  opening: Opening,
  secrets: Pieces = opening.secrets,
): Promise<OutputFile> {
  const stream = lookup(STREAMS, path);
  const { cwd, signal } = opening;
  if (stream !== undefined) return { write: (text) => opening[stream].write(text), close: async () => {} };
  try {
    return shown(path, await opened(resolve(cwd, path), opening), secrets);
  } catch (error) {
    signal.throwIfAborted();
    throw cannotWrite(path, error);
  }
}

/**
 * Opens a file for credentials like `openOutput`: they are written as they are, but redacted to a standard stream. A new
 * file is for the user alone.
 *
 * @throws UsageError when it cannot be written
 */
export function openCredentials(path: string, opening: Opening): Promise<OutputFile> {
  return openOutput(path, opening, ASIS);
}

/**
 * Opens a file for bytes that come in pieces, like `openOutput`; null for standard output.
 *
 * @throws UsageError when it cannot be written
 */
export async function openStreamed(path: string, opening: Opening): Promise<StreamedFile | null> {
  const { cwd, secrets, signal } = opening;
  if (lookup(STREAMS, path) === 'out') return null;
  try {
    return streamed(path, await opened(resolve(cwd, path), opening, null), secrets);
  } catch (error) {
    signal.throwIfAborted();
    throw cannotWrite(path, error);
  }
}

/**
 * Opens a shared file to append a text to it, redacted.
 *
 * @throws UsageError when it cannot be written
 */
export async function openAppending(path: string, { cwd, secrets }: Opening): Promise<OutputFile> {
  try {
    return shown(path, direct(await open(resolve(cwd, path), 'a'), false), secrets);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes a text to a regular file, redacted and atomically.
 *
 * @throws UsageError when it cannot be written
 */
export async function writeRedacted(path: string, text: Written, cwd: string, secrets: Secrets): Promise<void> {
  try {
    const output = await beside(resolve(cwd, path), 0o600);
    try {
      await writeWhole(output, secrets.pieces(text));
    } finally {
      await output.close();
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Prepares a content for writing, piece by piece. */
type Pieces = Pick<Secrets, 'pieces'>;

const ASIS: Pieces = { pieces: (text) => [String(text)] };

/** An open file; what is written to its handle is redacted already. */
interface Opened {
  handle: FileHandle;
  /** Called before the first write. */
  begin?(): Promise<void>;
  /** Called after the last write: moves the file to its place, or to another name for a part of it. */
  commit?(suffix?: string): Promise<void>;
  close(): Promise<void>;
}

async function writeWhole({ handle, begin, commit }: Opened, pieces: Iterable<string>): Promise<void> {
  await begin?.();
  await writeFile(handle, pieces);
  await commit?.();
}

function shown(path: string, opened: Opened, secrets: Pieces): OutputFile {
  return {
    async write(text) {
      try {
        await writeWhole(opened, secrets.pieces(text));
      } catch (error) {
        throw cannotWrite(path, error);
      } finally {
        await opened.close();
      }
    },
    close: opened.close,
  };
}

/** What the name of a file gets when only a part of it came. */
const PART = '.part';

function streamed(path: string, opened: Opened, secrets: Secrets): StreamedFile {
  const redactor = secrets.bytes();
  let hasBegun = false;
  const append = async (bytes: Uint8Array) => {
    try {
      if (!hasBegun) await opened.begin?.();
      hasBegun = true;
      await writeFile(opened.handle, bytes);
    } catch (error) {
      throw cannotWrite(path, error);
    }
  };
  return {
    write: (bytes) => append(redactor.push(bytes)),
    async finish(isWhole) {
      if (!hasBegun && !isWhole) return null;
      await append(redactor.end());
      await opened.commit?.(isWhole ? '' : PART);
      return isWhole || opened.commit === undefined ? path : path + PART;
    },
    close: opened.close,
  };
}

/** Files for descriptors and devices: nothing can be moved into their place. */
const SYSTEM = /^\/(?:dev|proc)\//;

async function opened(path: string, opening: Opening, newMode: number | null = 0o600): Promise<Opened> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  if (found?.isFIFO()) return pipe(path, opening);
  if (found !== null && (!found.isFile() || SYSTEM.test(path))) return direct(await open(path, 'a'), false);
  if (found === null) return beside(await linked(path), newMode);
  const file = await realpath(path);
  // Replacing the file would take it from another owner, and leave the old text under its other
  // names.
  if (found.nlink === 1) {
    const made = await beside(file, found.mode & 0o777, found.uid).catch(() => null);
    if (made !== null) return made;
  }
  return direct(await open(file, 'r+'), true);
}

/** How often a pipe is polled for a reader, in milliseconds. */
const ASKING = 50;

/** Opens a pipe once it has a reader: until then opening blocks, and no signal would end that. */
async function pipe(path: string, { sleep, signal }: Opening): Promise<Opened> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const first = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
      // The first handle does not wait for room, but closing it first would signal the end to the
      // reader.
      const handle = await open(path, constants.O_WRONLY);
      await first.close();
      return direct(handle, false);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await sleep(ASKING, signal);
  }
}

/** The target of a dangling symbolic link; any other path unchanged. */
async function linked(path: string, steps = 40): Promise<string> {
  const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink() === true;
  if (!isLink) return path;
  if (steps === 0) throw Object.assign(new Error(), { code: 'ELOOP' });
  return linked(resolve(dirname(path), await readlink(path)), steps - 1);
}

function direct(handle: FileHandle, truncates: boolean): Opened {
  const opened = { handle, close: () => handle.close() };
  return truncates ? { ...opened, begin: () => handle.truncate(0) } : opened;
}

/** A new file beside an existing one, which it replaces once it is written; `mode` null is that of any new file. */
async function beside(file: string, mode: number | null, owner?: number): Promise<Opened> {
  const path = `${file}.${crypto.randomUUID()}.tmp`;
  const handle = await open(path, 'wx', mode === null ? 0o666 : 0o600);
  let isMoved = false;
  const close = async () => {
    await handle.close();
    if (!isMoved) await rm(path, { force: true });
  };
  try {
    if (owner !== undefined && owner !== (await handle.stat()).uid) throw new Error();
    if (mode !== null) await handle.chmod(mode);
  } catch (error) {
    await close();
    throw error;
  }
  const commit = async (suffix = '') => {
    await rename(path, file + suffix);
    isMoved = true;
  };
  return { handle, commit, close };
}

function cannotWrite(path: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  return new UsageError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`);
}
