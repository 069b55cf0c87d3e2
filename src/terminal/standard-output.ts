import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { Output } from '../model/effects.ts';

/**
 * A standard stream that writes all of its input, or fails. On a full disk, that of Node.js reports
 * a partial write as complete.
 *
 * @param write returns how many bytes were written
 */
export function wholeOutput(
  stream: Output & { fd?: number },
  write: (fd: number, bytes: Uint8Array) => number = writeSync,
): Output {
  const { fd } = stream;
  if (fd === undefined || !isFile(fd)) return stream;
  const file = new Writable({
    write(chunk: Buffer, _encoding, done) {
      try {
        for (let at = 0; at < chunk.length; ) at += write(fd, chunk.subarray(at));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  return Object.assign(file, { isFile: true });
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
