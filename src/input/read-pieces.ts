import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { whenAborted } from '../model/effects.ts';
import { UsageError } from '../model/errors.ts';
import { compressionOf, decompressPieces } from './decompress.ts';
import { openPipe } from './pipe.ts';
import { explainCode } from './read-source.ts';

/** A file to read in pieces. */
export interface BigFile {
  name: string;
  path: string;
  /** The size on disk, in bytes; 0 if unknown, such as that of a pipe. */
  size: number;
  compressed: boolean;
  isPipe?: boolean;
}

/** A part of a file, from the start of a line to the end of one, in bytes; an infinite end stands for the whole file. */
export interface Part {
  file: BigFile;
  from: number;
  to: number;
}

const PIECE = 512 * 1024;

/** So many bytes tell how a file is compressed. */
const MAGIC = 8;

/**
 * Inspects a file before it is read.
 *
 * @throws UsageError when it cannot be read
 */
export async function bigFile(name: string, cwd: string): Promise<BigFile> {
  const path = resolve(cwd, name);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    // A pipe can be opened only once: its writer gets an error as soon as a reader closes it.
    if (!stats.isFile()) return { name, path, size: 0, compressed: false, isPipe: stats.isFIFO() };
    const file = { name, path, size: stats.size, compressed: false };
    return { ...file, compressed: compressionOf(await headOf(file, MAGIC)) !== null };
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** The beginning of a file, as it is on disk. */
export async function headOf({ name, path }: BigFile, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(name, error);
  }
}

/**
 * Reads a file, decompressed.
 *
 * @param onRead receives the number of bytes read from the file
 * @throws UsageError when it cannot be read to its end
 */
export async function* readFile(
  file: BigFile,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const whole = readPart({ file, from: 0, to: Number.POSITIVE_INFINITY }, onRead, signal);
  for await (const piece of decompressPieces(whole, file.name)) {
    // A few bytes may expand to gigabytes.
    if (signal.aborted) return;
    yield piece;
  }
}

/**
 * The pieces of standard input.
 *
 * @throws UsageError when it cannot be read to its end
 */
export async function* piecesOf(stdin: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  const pieces = stdin[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await pieces.next().catch((error: unknown) => {
      throw unreadable('standard input', error);
    });
    if (done === true) return;
    yield Buffer.from(value as Uint8Array);
  }
}

/** Reads a part of a file, without decompression. */
export async function* readPart(
  { file, from, to }: Part,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (from >= to) return;
  let end: () => void = () => {};
  try {
    // Positioned reads fail on a pipe (ESPIPE), so a whole file is read without positions.
    const range = from === 0 && to === Number.POSITIVE_INFINITY ? {} : { start: from, end: to - 1 };
    const stream = file.isPipe ? openPipe(file.path) : createReadStream(file.path, { ...range, highWaterMark: PIECE });
    const forget = whenAborted(signal, () => stream.destroy());
    end = () => {
      forget();
      stream.destroy();
    };
    if (signal.aborted) return;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (signal.aborted) return;
      onRead(piece.length);
      yield piece;
    }
  } catch (error) {
    if (!signal.aborted) throw unreadable(file.name, error);
  } finally {
    end();
  }
}

/** Divides files between lines into about `count` parts of equal size. */
export async function partsOf(files: BigFile[], count: number): Promise<Part[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const length = Math.max(PIECE, Math.ceil(total / count));
  const parts: Part[] = [];
  for (const file of files) {
    const handle = await open(file.path);
    try {
      let from = 0;
      while (from < file.size) {
        const to = from + length >= file.size ? file.size : await lineEnd(handle, from + length, file.size);
        parts.push({ file, from, to });
        from = to;
      }
    } finally {
      await handle.close();
    }
  }
  return parts;
}

async function lineEnd(handle: Awaited<ReturnType<typeof open>>, from: number, size: number): Promise<number> {
  const buffer = Buffer.alloc(PIECE);
  for (let at = from; at < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, PIECE, at);
    if (bytesRead === 0) break;
    const end = buffer.subarray(0, bytesRead).indexOf(0x0a);
    if (end >= 0) return at + end + 1;
    at += bytesRead;
  }
  return size;
}

function unreadable(name: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  return new UsageError(`cannot read ${name}: ${explainCode((error as NodeJS.ErrnoException).code)}`);
}
