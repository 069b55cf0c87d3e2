import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UsageError } from '../errors.ts';

/** Decompresses to at most so many bytes, and throws a RangeError beyond them. */
type Decompressor = (bytes: Uint8Array, most: number) => Promise<Uint8Array>;

interface Compression {
  name: string;
  /** What the file begins with. */
  magic: number[];
  /** Null for what is only recognised; `command` then does it. */
  decompress: Decompressor | null;
  command: string;
}

const COMPRESSIONS: Compression[] = [
  // RFC 1952, section 2.3.1
  { name: 'gzip', magic: [0x1f, 0x8b], decompress: inflate, command: 'gzip -dc' },
  // RFC 8878, section 3.1.1
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], decompress: unpackZstd, command: 'zstd -dc' },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], decompress: null, command: 'bzip2 -dc' },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], decompress: null, command: 'xz -dc' },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], decompress: null, command: 'unzip -p' },
];

/**
 * Decompresses what its first bytes say is compressed; anything else comes back as it is.
 *
 * @param name what the input is called in messages
 * @param most the most bytes of output
 * @throws UsageError when it is damaged or in a format that is not read; RangeError when the output exceeds the limit
 */
export async function decompress(bytes: Uint8Array, name: string, most: number): Promise<Uint8Array> {
  const found = COMPRESSIONS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte));
  if (found === undefined) return bytes;
  if (found.decompress === null) {
    throw new UsageError(
      `${name} is compressed with ${found.name}, which errprobe does not read: ${found.command} … | errprobe explain`,
    );
  }
  try {
    return await found.decompress(bytes, most);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new UsageError(`${name} begins like ${found.name} and cannot be decompressed`);
  }
}

function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return promisify(gunzip)(bytes, { maxOutputLength: most });
}

async function unpackZstd(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((chunk) => {
    size += chunk.length;
    if (size > most) throw new RangeError('more than the limit');
    chunks.push(chunk.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(chunks);
}
