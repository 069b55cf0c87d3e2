import { Readable } from 'node:stream';
import { UsageError } from '../model/errors.ts';

/** Decompresses a stream. */
type Unpacker = (pieces: AsyncIterable<Buffer>, name: string) => AsyncIterable<Buffer>;

interface Compression {
  name: string;
  /** The first bytes of such a file. */
  magic: number[];
  /** Null for a format that is only recognised; the user can decompress it with `command`. */
  unpack: Unpacker | null;
  command: string;
}

const COMPRESSIONS: Compression[] = [
  // RFC 1952, section 2.3.1
  { name: 'gzip', magic: [0x1f, 0x8b], unpack: unpackGzip, command: 'gzip -dc' },
  // RFC 8878, section 3.1.1
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: unpackZstd, command: 'zstd -dc' },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], unpack: null, command: 'bzip2 -dc' },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unpack: null, command: 'xz -dc' },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], unpack: null, command: 'unzip -p' },
];

/** The compression format by its magic number; null if not compressed, or unknown. */
export function compressionOf(bytes: Uint8Array): string | null {
  return find(bytes)?.name ?? null;
}

/**
 * Decompresses bytes by their magic number; others are returned unchanged.
 *
 * @param name the name of the input in messages
 * @param most the most bytes of output
 * @throws UsageError for damaged input or an unsupported format; RangeError when the output exceeds
 * the limit
 */
export async function decompress(bytes: Buffer, name: string, most: number): Promise<Buffer> {
  if (find(bytes) === undefined) return bytes;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of decompressPieces(Readable.from([bytes]), name)) {
    size += piece.length;
    if (size > most) throw new RangeError('more than the limit');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/**
 * Like `decompress`, for a stream. Yields all data before damage, then throws.
 *
 * @throws UsageError for damaged or truncated input, or an unsupported format
 */
export async function* decompressPieces(pieces: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const iterator = pieces[Symbol.asyncIterator]();
  const { value: first, done } = await iterator.next();
  if (done === true) return;
  const rest = { [Symbol.asyncIterator]: () => iterator };
  const all = (async function* () {
    yield first;
    yield* rest;
  })();
  const found = find(first);
  if (found === undefined) return yield* all;
  if (found.unpack === null) {
    throw new UsageError(
      `${name} is compressed with ${found.name}, which errprobe does not read: pipe it in with ${found.command}`,
    );
  }
  yield* found.unpack(all, name);
}

function find(bytes: Uint8Array): Compression | undefined {
  return COMPRESSIONS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte));
}

async function* unpackGzip(pieces: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const source = Readable.from(pieces, { objectMode: false }).on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    const early = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
    throw damaged(name, 'gzip', early);
  } finally {
    source.destroy();
  }
}

async function* unpackZstd(pieces: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const { unzstd, ZstdError } = await import('./zstd.ts');
  try {
    yield* unzstd(pieces);
  } catch (error) {
    if (!(error instanceof ZstdError)) throw error;
    if (error.why !== 'large window') throw damaged(name, 'zstd', error.why === 'ends early');
    throw new UsageError(
      `${name} is compressed with a window of more than 8 MiB, which errprobe does not read: pipe it in with zstd -dc --long=31`,
    );
  }
}

function damaged(name: string, format: string, early: boolean): UsageError {
  return new UsageError(`${name} begins like ${format} and ${early ? 'ends too early' : 'cannot be decompressed'}`);
}
