import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { UsageError } from '../errors.ts';
import { decompress } from './decompress.ts';

/** The most that is read of a file or of standard input: 10 MiB. */
export const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Reads a file as text.
 *
 * @throws UsageError when it cannot be read, is too large, is empty or is not text
 */
export async function readTextFile(path: string, cwd: string): Promise<string> {
  const file = resolve(cwd, path);
  let bytes: Buffer;
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > MAX_BYTES) throw tooLarge(path);
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${explainCode((error as NodeJS.ErrnoException).code)}`);
  }
  return decode(bytes, path);
}

/** Reads standard input as text; the same limits and errors. */
export async function readStdin(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_BYTES) throw tooLarge('standard input');
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks), 'standard input');
}

/** True when there is a file of this name. */
export async function isFile(path: string, cwd: string): Promise<boolean> {
  try {
    return (await stat(resolve(cwd, path))).isFile();
  } catch {
    return false;
  }
}

/** Text of bytes, which may be compressed. */
async function decode(bytes: Buffer, name: string): Promise<string> {
  try {
    return decodeText(await decompress(bytes, name, MAX_BYTES), name);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(`${name}, decompressed,`);
    throw error;
  }
}

function decodeText(bytes: Uint8Array, name: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not text: errprobe reads UTF-8`);
  }
  if (text.includes('\0')) throw new UsageError(`${name} is not text: it contains NUL bytes`);
  if (text.trim() === '') throw new UsageError(`${name} is empty`);
  return text;
}

function tooLarge(name: string): UsageError {
  return new UsageError(`${name} is too large: errprobe reads up to ${MAX_BYTES / 1024 / 1024} MiB`);
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
