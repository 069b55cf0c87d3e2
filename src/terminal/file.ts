import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { JsonText } from '../json/text.ts';
import { UsageError } from '../model/errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Sink } from './sink.ts';

/** A place that a result is going to be written to. It is opened before the work begins, so that none is done in vain. */
export interface OutputFile {
  /**
   * Writes a whole text, redacted, and closes.
   *
   * @throws UsageError when it cannot be written
   */
  write(text: string | JsonText): Promise<void>;
  /** Lets go of it, and removes what was begun when nothing has been written. */
  close(): Promise<void>;
}

/** What a place is opened with: a standard stream may be meant, and what is written is redacted. */
export interface Opening {
  cwd: string;
  secrets: Secrets;
  out: Sink;
  err: Sink;
  signal: AbortSignal;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Other names of standard streams: writing to the file behind one would cut off what the stream has written. */
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
 * Opens a file to be written later. A regular file becomes the new one whole or not at all: that is written beside it and
 * then moved there. What is something else (a device, a pipe) is written to as it is, as is a file that has another
 * owner or several names. Links are followed, and `-` is standard output.
 *
 * @throws UsageError when it cannot be written
 */
export async function openOutput(path: string, opening: Opening): Promise<OutputFile> {
  const stream = STREAMS[path];
  const { cwd, secrets, signal } = opening;
  if (stream !== undefined) return { write: (text) => opening[stream].write(text), close: async () => {} };
  const redact = (text: string | JsonText) => secrets.redact(text);
  try {
    return shown(path, await opened(resolve(cwd, path), opening), redact);
  } catch (error) {
    signal.throwIfAborted();
    throw cannotWrite(path, error);
  }
}

/**
 * Opens a file that others write to as well, to add a text to it, redacted.
 *
 * @throws UsageError when it cannot be written
 */
export async function openAppending(path: string, { cwd, secrets }: Opening): Promise<OutputFile> {
  try {
    return shown(path, direct(await open(resolve(cwd, path), 'a'), false), (text) => secrets.redact(text));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes a text to a regular file, redacted and whole or not at all.
 *
 * @throws UsageError when it cannot be written
 */
export async function writeRedacted(
  path: string,
  text: string | JsonText,
  cwd: string,
  secrets: Secrets,
): Promise<void> {
  try {
    const output = await beside(resolve(cwd, path), 0o600);
    try {
      await output.write(secrets.redact(text));
    } finally {
      await output.close();
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** A file that is open, and takes text that is redacted. */
interface Opened {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

function shown(path: string, { write, close }: Opened, redact: (text: string | JsonText) => string): OutputFile {
  return {
    async write(text) {
      try {
        await write(redact(text));
      } catch (error) {
        throw cannotWrite(path, error);
      } finally {
        await close();
      }
    },
    close,
  };
}

/** Files that stand for descriptors and devices: there is nothing beside them to be moved into their place. */
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
  // Another owner would lose the file to a new one, and another name would keep the old text.
  if (found.nlink === 1) {
    const made = await beside(file, found.mode & 0o777, found.uid).catch(() => null);
    if (made !== null) return made;
  }
  return direct(await open(file, 'r+'), true);
}

/** How often a pipe is asked whether somebody reads it, in milliseconds. */
const ASKING = 50;

/** Opens a pipe once somebody reads it: until then it blocks whoever opens it, which no signal would end. */
async function pipe(path: string, { sleep, signal }: Opening): Promise<Opened> {
  for (;;) {
    try {
      const first = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
      // The first one does not wait for room; but without it the reader would see an end.
      const handle = await open(path, constants.O_WRONLY);
      await first.close();
      return direct(handle, false);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await sleep(ASKING, signal);
  }
}

/** Where a symbolic link leads to that leads nowhere yet; any other path as it is. */
async function linked(path: string, steps = 40): Promise<string> {
  const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink() === true;
  if (!isLink) return path;
  if (steps === 0) throw Object.assign(new Error(), { code: 'ELOOP' });
  return linked(resolve(dirname(path), await readlink(path)), steps - 1);
}

function direct(handle: FileHandle, truncates: boolean): Opened {
  return {
    async write(text) {
      if (truncates) await handle.truncate(0);
      await handle.writeFile(text);
    },
    close: () => handle.close(),
  };
}

/** A new file beside one, which takes its place once it is written. */
async function beside(file: string, mode: number, owner?: number): Promise<Opened> {
  const path = `${file}.${randomBytes(4).toString('hex')}.tmp`;
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
    async write(text) {
      await handle.writeFile(text);
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
