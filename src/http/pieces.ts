import { createReadStream } from 'node:fs';
import { UsageError } from '../model/errors.ts';

/** A piece of a body: bytes, or a file that is read while it is sent, anew for each attempt. */
export type Piece = Uint8Array | FileToSend;

/** A file too large to be held in memory. */
export interface FileToSend {
  path: string;
  /** In bytes, as Content-Length says. */
  size: number;
}

/** The most bytes to pass on at once. */
const CHUNK = 64 * 1024;

/** The size of a body in bytes. */
export function sizeOf(pieces: Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : piece.size), 0);
}

/**
 * Reads a body in chunks.
 *
 * @throws UsageError for a file that has become shorter, whose Content-Length would be wrong
 */
export async function* chunksOf(pieces: Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      for (let at = 0; at < piece.length; at += CHUNK) yield piece.subarray(at, at + CHUNK);
    } else yield* fileChunks(piece);
  }
}

async function* fileChunks({ path, size }: FileToSend): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of createReadStream(path, { end: size - 1, highWaterMark: CHUNK })) {
    sent += (chunk as Uint8Array).length;
    yield chunk as Uint8Array;
  }
  if (sent < size) throw new UsageError(`${path} became shorter while it was sent: ${sent} of ${size} bytes are left`);
}
