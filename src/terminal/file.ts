import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { JsonDocument } from '../json/document.ts';
import type { JsonText } from '../json/text.ts';
import { UsageError } from '../model/errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
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
export async function openOutput(path: string, opening: Opening): Promise<OutputFile> {
  const stream = STREAMS[path];
  const { cwd, secrets, signal } = opening;
  if (stream !== undefined) return { write: (text) => opening[stream].write(text), close: async () => {} };
  try {
    return shown(path, await opened(resolve(cwd, path), opening), secrets);
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
      await output.write(secrets.pieces(text));
    } finally {
      await output.close();
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** An open file whose text is redacted already. */
interface Opened {
  write(pieces: Iterable<string>): Promise<void>;
  close(): Promise<void>;
}

function shown(path: string, { write, close }: Opened, secrets: Secrets): OutputFile {
  return {
    async write(text) {
      try {
        await write(secrets.pieces(text));
      } catch (error) {
        throw cannotWrite(path, error);
      } finally {
        await close();
      }
    },
    close,
  };
}

/** Files for descriptors and devices: nothing can be moved into their place. */
const SYSTEM = /^\/(?:dev|proc)\//;

async function opened(path: string, opening: Opening): Promise<Opened> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  if (found?.isFIFO()) return pipe(path, opening);
  if (found !== null && (!found.isFile() || SYSTEM.test(path))) return direct(await open(path, 'a'), false);
  if (found === null) return beside(await linked(path), 0o600);
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
  return {
    async write(pieces) {
      if (truncates) await handle.truncate(0);
      await writeFile(handle, pieces);
    },
    close: () => handle.close(),
  };
}

/** A new file beside an existing one, which it replaces once it is written. */
async function beside(file: string, mode: number, owner?: number): Promise<Opened> {
  const path = `${file}.${crypto.randomUUID()}.tmp`;
  const handle = await open(path, 'wx', 0o600);
  let isMoved = false;
  const close = async () => {
    await handle.close();
    if (!isMoved) await rm(path, { force: true });
  };
  try {
    if (owner !== undefined && owner !== (await handle.stat()).uid) throw new Error();
    await handle.chmod(mode);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async write(pieces) {
      await writeFile(handle, pieces);
      await rename(path, file);
      isMoved = true;
    },
    close,
  };
}

function cannotWrite(path: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  return new UsageError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`);
}
