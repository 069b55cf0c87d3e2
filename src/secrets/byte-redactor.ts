import type { SecretMatcher } from './matcher.ts';

const NOTHING = new Uint8Array();

/**
 * Held bytes beyond this length are searched again only once half as many have followed. Otherwise, the
 * time for a long secret that arrives byte by byte would be quadratic.
 */
const LONG = 1024;

/**
 * Hides secrets in a stream of bytes, including those that straddle two pieces. Only a suffix that
 * may be the beginning of a secret is held back until the next piece. Overlapping secrets share one
 * mask.
 */
export class ByteRedactor {
  readonly #matcher: SecretMatcher;
  readonly #mask: Buffer;
  #held: Buffer = Buffer.alloc(0);
  #waiting: Uint8Array[] = [];
  #waitingSize = 0;
  /** The number of held bytes, from the first, that a mask already covers. */
  #masked = 0;

  /** @param matcher finds the secrets; those added to it later count from then on */
  constructor(matcher: SecretMatcher, mask: string) {
    this.#matcher = matcher;
    this.#mask = Buffer.from(mask);
  }

  /** Takes the next bytes; returns those that can be released. */
  push(piece: Uint8Array): Uint8Array {
    if (this.#matcher.isEmpty && this.#held.length === 0) return piece;
    this.#waiting.push(piece);
    this.#waitingSize += piece.length;
    const enough = this.#held.length < LONG ? 1 : this.#held.length / 2;
    return this.#waitingSize < enough ? NOTHING : this.#redact(this.#all(), false);
  }

  /** Returns the held bytes at the end of the stream. */
  end(): Uint8Array {
    return this.#redact(this.#all(), true);
  }

  #all(): Buffer {
    const [only] = this.#waiting;
    const all =
      this.#held.length === 0 && this.#waiting.length === 1 && only !== undefined
        ? Buffer.from(only.buffer, only.byteOffset, only.length)
        : Buffer.concat([this.#held, ...this.#waiting]);
    this.#waiting = [];
    this.#waitingSize = 0;
    return all;
  }

  /** Redacts complete data. */
  redact(bytes: Buffer): Uint8Array {
    return this.#redact(bytes, true);
  }

  #redact(data: Buffer, isAll: boolean): Uint8Array {
    const out: Buffer[] = [];
    let done = this.#masked;
    let at = this.#matcher.candidate(data, 0);
    while (at < data.length) {
      const { end, open, next } = this.#matcher.match(data, at);
      if (open && !isAll) break;
      if (end > at && at >= done) out.push(data.subarray(done, at), this.#mask);
      if (end > at) done = Math.max(done, end);
      at = this.#matcher.candidate(data, next);
    }
    if (done < at) out.push(data.subarray(done, at));
    this.#held = data.subarray(at);
    this.#masked = Math.max(0, done - at);
    return out.length === 1 ? (out[0] as Buffer) : Buffer.concat(out);
  }
}
