import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { decompressPieces } from '../../src/input/decompress.ts';
import { unzstd } from '../../src/input/zstd.ts';
import { isInstalled } from '../helpers/programs.ts';

/** A block (RFC 8878, section 3.1.1.2): of type 0 with its content, of type 1 with a byte to repeat. */
const block = (type: 0 | 1, size: number, content: number[], isLast = false) => {
  const header = (size << 3) | (type << 1) | Number(isLast);
  return Buffer.from([header, header >> 8, header >> 16, ...content]);
};
/** The start of a frame with a window of 2^(10 + exponent) bytes. */
const frame = (exponent: number) => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, exponent << 3]);
const LARGEST = 131_072;

async function drain(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe('a zstd bomb', () => {
  const bomb = Buffer.concat([
    frame(13),
    ...Array.from({ length: 3000 }, () => block(1, LARGEST, [0x20])),
    block(1, 1, [0x20], true),
  ]);

  it('is decompressed block by block, and stopped between two of them', async () => {
    let turns = 0;
    let goesOn = true;
    const turn = () => {
      turns++;
      if (goesOn) setImmediate(turn);
    };
    setImmediate(turn);
    let size = 0;
    for await (const piece of unzstd(Readable.from([bomb]))) {
      expect(piece.length).toBeLessThanOrEqual(LARGEST);
      size += piece.length;
      if (size >= 64 * LARGEST) break;
    }
    goesOn = false;
    expect(turns).toBeGreaterThan(4);
  });

  it.each([
    ['a window of 16 MiB', Buffer.concat([frame(14), block(0, 1, [0x20], true)])],
    ['a frame that is its own window', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0xff, 0xff, 0xff, 0x7f, 0x09, 0, 0])],
    ['a second frame', Buffer.concat([frame(13), block(1, 9, [0x20], true), frame(20), block(1, 9, [0x20], true)])],
  ])('is refused for its window: %s', async (_, bytes) => {
    await expect(drain(decompressPieces(Readable.from([bytes]), 'a.zst'))).rejects.toThrow(
      'pipe it in with zstd -dc --long=31',
    );
  });
});

describe('zstd', () => {
  const text = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `{"status":${i % 600}}\n`).join(''));
  const compress = (...options: string[]) => execFileSync('zstd', ['-qc', ...options], { input: text });

  it.skipIf(!isInstalled('zstd'))(
    'is read however it is cut, with checksums, skipped frames and several frames',
    async () => {
      const skipped = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
      const bytes = Buffer.concat([
        compress('-1', '--check'),
        skipped,
        compress('-19', '--no-check'),
        compress('-3', `--stream-size=${text.length}`),
      ]);
      for (const length of [1, 2, 7, 1000, bytes.length]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
          bytes.subarray(i * length, (i + 1) * length),
        );
        expect((await drain(unzstd(Readable.from(pieces)))).equals(Buffer.concat([text, text, text]))).toBe(true);
      }
    },
  );

  it.each([0, 1, 2])('says that damaged data cannot be decompressed: %s', async (kind) => {
    const bytes = [
      Buffer.concat([frame(3), Buffer.from([0x07, 0, 0, 0])]),
      Buffer.concat([frame(3), block(0, 1, [0x20], true), Buffer.from('no frame at all, but text')]),
      Buffer.concat([frame(3), block(0, 0x1f_ffff, [0x20], true)]),
    ][kind] as Buffer;
    await expect(drain(decompressPieces(Readable.from([bytes]), 'a.zst'))).rejects.toThrow(/begins like zstd and/);
  });
});
