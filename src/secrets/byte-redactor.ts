import type { SecretMatcher } from './matcher.ts';

/**
 * Hides secrets in bytes that come in pieces: a secret that straddles two pieces is hidden as well. Of what it is given,
 * only an end that may be the beginning of a secret is held back until the next piece. Where secrets overlap, one mask
 * stands for all of them.
 */
export class ByteRedactor {
  readonly #matcher: SecretMatcher;
  readonly #mask: Buffer;
  #held: Buffer = Buffer.alloc(0);
  /** How many bytes at the beginning of those held stand behind a mask already. */
  #masked = 0;

  /** @param matcher knows what to look for; what is added to it counts from then on */
  constructor(matcher: SecretMatcher, mask: string) {
    this.#matcher = matcher;
    this.#mask = Buffer.from(mask);
  }

  /** The next bytes, as far as they can go on. */
  push(piece: Uint8Array): Uint8Array {
    if (this.#matcher.isEmpty && this.#held.length === 0) return piece;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    return this.#redact(this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]), false);
  }

  /** What was held back, when nothing follows. */
  end(): Uint8Array {
    return this.#redact(this.#held, true);
  }

  /** Bytes that are all there is. */
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
