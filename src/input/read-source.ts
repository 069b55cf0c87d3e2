import { createReadStream, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { whenAborted } from '../model/effects.ts';
import { UsageError } from '../model/errors.ts';
import { charsetOf, textOf } from '../text/charset.ts';
import { decompress } from './decompress.ts';
import { openPipe } from './pipe.ts';

/** How far header fields are searched for, in bytes. */
const HEAD = 16 * 1024;

/** The most to read of a file or of standard input: 10 MiB. */
export const MAX_BYTES = 10 * 1024 * 1024;

/** A file that is read at once, in bytes: a stream takes 3 ms of processor time to set up. */
const SMALL = 1024 * 1024;

/**
 * How to decode bytes: as UTF-8 only, or also in the encoding that the saved error names or seems
 * to have.
 */
export type Decoding = 'utf-8' | 'any';

/** How to read a text. */
export interface Reading {
  signal: AbortSignal;
  /** UTF-8 if missing. */
  decoding?: Decoding;
  /** True where there may be a response without a body. */
  mayBeEmpty?: boolean;
  /** The most bytes, also decompressed; `MAX_BYTES` if missing. */
  most?: number;
}

/**
 * Reads a file as text.
 *
 * @throws UsageError when it cannot be read, is too large, is empty or is not text; the signal's reason when it aborts
 */
export async function readTextFile(path: string, cwd: string, reading: Reading): Promise<string> {
  const { signal, most = MAX_BYTES } = reading;
  const file = resolve(cwd, path);
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (stats.size > most) throw tooLarge(path, most);
    signal.throwIfAborted();
    const isSmall = stats.isFile() && stats.size > 0 && stats.size <= SMALL;
    bytes = isSmall
      ? readFileSync(file)
      : await readAll(stats.isFIFO() ? openPipe(file) : createReadStream(file), path, signal, most);
  } catch (error) {
    throw unreadable(path, error, signal);
  }
  return decode(bytes, path, reading);
}

/** Reads a file that another file names; a pipe is refused there, since nobody would wait for its writer. */
export async function readRegular(path: string, cwd: string, reading: Reading): Promise<string> {
  try {
    if (!statSync(resolve(cwd, path)).isFile()) throw new UsageError(`cannot read ${path}: it is not a regular file`);
  } catch (error) {
    throw unreadable(path, error, reading.signal);
  }
  return await readTextFile(path, cwd, reading);
}

/**
 * Reads the bytes of a file to send, or of standard input for `-`.
 *
 * @throws UsageError when it cannot be read
 */
export async function readBytes(
  path: string,
  { cwd, stdin, signal }: { cwd: string; stdin: Readable; signal: AbortSignal },
): Promise<Buffer> {
  try {
    if (path === '-') return await readAll(stdin, 'standard input', signal, LONGEST_SENT);
    const file = resolve(cwd, path);
    const isPipe = statSync(file).isFIFO();
    return await readAll(isPipe ? openPipe(file) : createReadStream(file), path, signal, LONGEST_SENT);
  } catch (error) {
    throw unreadable(path, error, signal);
  }
}

/** The most to send of a file, which is held in memory: 1 GiB. */
const LONGEST_SENT = 1024 * 1024 * 1024;

/**
 * Reads standard input as text, with the limits and errors of `readTextFile`.
 *
 * @throws the signal's reason when it aborts
 */
export async function readStdin(stdin: Readable, reading: Reading): Promise<string> {
  const bytes = await readAll(stdin, 'standard input', reading.signal, reading.most);
  return decode(bytes, 'standard input', reading);
}

function unreadable(path: string, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof UsageError) return error;
  return new UsageError(`cannot read ${path}: ${explainCode((error as NodeJS.ErrnoException).code)}`);
}

async function readAll(stream: Readable, name: string, signal: AbortSignal, most = MAX_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const forget = whenAborted(signal, () => stream.destroy());
  try {
    signal.throwIfAborted();
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > most) throw tooLarge(name, most);
      chunks.push(bytes);
    }
  } catch (error) {
    throw unreadable(name, error, signal);
  } finally {
    forget();
    stream.destroy();
  }
  signal.throwIfAborted();
  return Buffer.concat(chunks);
}

/** True for a name that can be read: a file, or a pipe such as `<(command)`. */
export function isFile(path: string, cwd: string): boolean {
  try {
    return !statSync(resolve(cwd, path)).isDirectory();
  } catch {
    return false;
  }
}

/** Text of bytes, which may be compressed. */
async function decode(bytes: Buffer, name: string, reading: Reading): Promise<string> {
  const { decoding = 'utf-8', mayBeEmpty = false, most = MAX_BYTES } = reading;
  if (mayBeEmpty && bytes.length === 0) return '';
  try {
    return decodeText(await decompress(bytes, name, most), name, decoding, mayBeEmpty);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(`${name}, decompressed,`, most);
    throw error;
  }
}

function decodeText(bytes: Uint8Array, name: string, decoding: Decoding, mayBeEmpty: boolean): string {
  const text = (decoding === 'any' ? savedText(bytes) : null) ?? utf8(bytes);
  if (text === null) throw new UsageError(`${name} is not text: errprobe reads UTF-8`);
  if (text.includes('\0')) throw new UsageError(`${name} is not text: it contains NUL bytes`);
  if (text.trim() === '' && !mayBeEmpty) throw new UsageError(`${name} is empty`);
  return text;
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Decodes an error saved in an encoding other than UTF-8: the one that its header or document
 * names, else windows-1252 if it has no control characters. Null for UTF-8, and for binary data.
 */
function savedText(bytes: Uint8Array): string | null {
  const named = charsetOf(bytes, savedContentType(bytes));
  // A terminal that displays text of another encoding saves it as UTF-8.
  if (utf8(bytes) !== null && named?.startsWith('utf-16') !== true) return null;
  if (named !== null) return textOf(bytes, `text/plain; charset=${named}`);
  return isControlFree(bytes) ? textOf(bytes, 'text/plain; charset=windows-1252') : null;
}

/** The media type in the header of a response saved with `curl -i` or `curl -v`. */
function savedContentType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  return /^(?:< )?HTTP\//m.test(start) ? /^(?:< )?content-type:\s*(.*)$/im.exec(start)?.[1] : undefined;
}

function isControlFree(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function tooLarge(name: string, most = MAX_BYTES): UsageError {
  return new UsageError(`${name} is too large: errprobe reads up to ${most / 1024 / 1024} MiB`);
}

/** Why a file could not be opened, in words. */
export function explainCode(code: string | undefined): string {
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
  };
  return words[code ?? ''] ?? code ?? 'unknown reason';
}
