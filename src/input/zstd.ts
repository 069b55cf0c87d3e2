import { setImmediate } from 'node:timers/promises';

/**
 * The largest window that is read, in bytes. A decoder should support 8 MiB (RFC 8878, section 3.1.1.1.2), and
 * `zstd` asks for more only with --long and --ultra.
 */
const LARGEST_WINDOW = 8 * 1024 * 1024;

/** How many bytes are decompressed between two looks at the signals. */
const AT_ONCE = 1024 * 1024;

/** The start of every frame, and of those that are skipped, without its last hexadecimal digit. */
const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;

/** Data that is not decompressed, and why. */
export class ZstdError extends Error {
  constructor(readonly why: 'damaged' | 'ends early' | 'large window') {
    super(why);
  }
}

/**
 * Decompresses zstd. Yields at most one block (128 KiB) at a time, whatever the bytes expand to, and lets the process
 * receive signals meanwhile.
 *
 * @throws ZstdError
 */
export async function* unzstd(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Decompress, ZstdErrorCode } = await import('fzstd');
  let unpacked: Buffer[] = [];
  let size = 0;
  const stream = new Decompress((chunk) => {
    unpacked.push(Buffer.from(chunk));
    size += chunk.length;
  });
  const push = (bytes: Uint8Array, isLast: boolean) => {
    try {
      stream.push(bytes, isLast);
    } catch (error) {
      const { code } = error as { code?: number };
      throw new ZstdError(code === ZstdErrorCode.UnexpectedEOF ? 'ends early' : 'damaged');
    }
  };
  const blocks = new ZstdBlocks();
  for await (const piece of pieces) {
    for (const block of blocks.cut(piece)) {
      push(block, false);
      yield* unpacked;
      unpacked = [];
      if (size < AT_ONCE) continue;
      size = 0;
      await setImmediate();
    }
  }
  push(new Uint8Array(0), true);
  yield* unpacked;
}

/** Cuts zstd at the ends of its blocks (RFC 8878, section 3.1.1), without a look at what they contain. */
class ZstdBlocks {
  /** The beginning of a header, as far as it came. */
  private head: number[] = [];
  private part: 'frame' | 'block' = 'frame';
  private hasChecksum = false;
  /** Bytes to pass on before the next header. */
  private content = 0;

  *cut(piece: Buffer): Generator<Buffer> {
    let from = 0;
    for (let at = 0; at < piece.length; ) {
      if (this.content > 0) {
        const taken = Math.min(this.content, piece.length - at);
        this.content -= taken;
        at += taken;
      } else {
        this.head.push(piece[at++] as number);
        if (this.head.length < this.headLength()) continue;
        this.content = this.part === 'frame' ? this.frame() : this.block();
        this.head = [];
      }
      if (this.content > 0) continue;
      yield piece.subarray(from, at);
      from = at;
    }
    if (from < piece.length) yield piece.subarray(from);
  }

  private headLength(): number {
    if (this.part === 'block') return 3;
    if (this.head.length < 5) return 5;
    if (this.isSkippable()) return 8;
    const { isSingle, dictionary, size } = frameOf(this.head[4] as number);
    return 5 + (isSingle ? 0 : 1) + dictionary + size;
  }

  private isSkippable(): boolean {
    return Math.floor(this.number(0, 4) / 16) === SKIPPABLE;
  }

  /** Begins a frame; returns how many bytes to skip. */
  private frame(): number {
    if (this.isSkippable()) return this.number(4, 4);
    const { isSingle, hasChecksum, dictionary, size } = frameOf(this.head[4] as number);
    const described = this.head[5] as number;
    const content = this.number(5 + dictionary, size) + (size === 2 ? 256 : 0);
    const window = isSingle ? content : 2 ** (10 + (described >> 3)) * (1 + (described & 7) / 8);
    if (this.number(0, 4) === MAGIC && window > LARGEST_WINDOW) throw new ZstdError('large window');
    this.hasChecksum = hasChecksum;
    this.part = 'block';
    return 0;
  }

  /** Begins a block; returns its length. */
  private block(): number {
    const header = this.number(0, 3);
    const isLast = (header & 1) === 1;
    const isRepeated = ((header >> 1) & 3) === 1;
    if (isLast) this.part = 'frame';
    return (isRepeated ? 1 : header >> 3) + (isLast && this.hasChecksum ? 4 : 0);
  }

  /** A number, least significant byte first. */
  private number(from: number, length: number): number {
    return this.head.slice(from, from + length).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
}

/** What the descriptor of a frame says, with the lengths of the fields that follow it. */
function frameOf(descriptor: number) {
  const isSingle = (descriptor & 0x20) !== 0;
  return {
    isSingle,
    hasChecksum: (descriptor & 4) !== 0,
    dictionary: [0, 1, 2, 4][descriptor & 3] as number,
    size: [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number,
  };
}
