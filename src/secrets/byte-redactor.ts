/** How many bytes at the end of the search window choose how far the window moves. */
const BLOCK = 2;

/** One form of a secret, in bytes. */
type Form = Uint8Array;

/**
 * Hides secrets in bytes that come in pieces: a secret that straddles two pieces is hidden as well. Of what it is given,
 * only an end that may be the beginning of a secret is held back until the next piece.
 *
 * Where secrets overlap, one mask stands for all of them. The search is the one of Wu and Manber ("A fast algorithm for
 * multi-pattern searching", 1994): one pass, which looks at few of the bytes.
 */
export class ByteRedactor {
  readonly #mask: Buffer;
  /** By the last block of the shortest form's length: the forms that begin so, the longest first. */
  readonly #forms = new Map<number, Form[]>();
  /** The forms by their first byte. */
  readonly #beginnings = new Map<number, Form[]>();
  /** How far the window may move when it ends with a block. */
  readonly #shifts: Uint8Array;
  readonly #window: number;
  readonly #longest: number;
  #held: Buffer = Buffer.alloc(0);
  /** How many bytes at the beginning of those held stand behind a mask already. */
  #masked = 0;

  /** @param forms what to look for, each of two bytes at least */
  constructor(forms: readonly string[], mask: string) {
    const all = forms.map((form) => Buffer.from(form)).sort((a, b) => b.length - a.length);
    this.#mask = Buffer.from(mask);
    this.#longest = all[0]?.length ?? 0;
    this.#window = Math.min(255, all.at(-1)?.length ?? 0);
    this.#shifts = new Uint8Array(all.length === 0 ? 0 : 1 << (8 * BLOCK)).fill(this.#window - BLOCK + 1);
    for (const form of all) {
      for (let end = BLOCK; end <= this.#window; end++) {
        const block = blockAt(form, end);
        this.#shifts[block] = Math.min(this.#shifts[block] as number, this.#window - end);
      }
      add(this.#forms, blockAt(form, this.#window), form);
      add(this.#beginnings, form[0] as number, form);
    }
  }

  /** The next bytes, as far as they can go on. */
  push(piece: Uint8Array): Uint8Array {
    if (this.#longest === 0) return piece;
    const data =
      this.#held.length === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, piece.length)
        : Buffer.concat([this.#held, piece]);
    return this.#redact(data, this.#beginningOfSecret(data));
  }

  /** What was held back, when nothing follows. */
  end(): Uint8Array {
    return this.#redact(this.#held, this.#held.length);
  }

  /** Goes on with the bytes before `until`; a secret that begins there may reach beyond. */
  #redact(data: Buffer, until: number): Uint8Array {
    const out: Buffer[] = [];
    let done = this.#masked;
    for (let from = this.#next(data, 0, until); from < until; from = this.#next(data, from + 1, until)) {
      if (from >= done) out.push(data.subarray(done, from), this.#mask);
      done = Math.max(done, from + this.#lengthAt(data, from));
    }
    if (done < until) out.push(data.subarray(done, until));
    this.#held = data.subarray(until);
    this.#masked = Math.max(0, done - until);
    return out.length === 1 ? (out[0] as Buffer) : Buffer.concat(out);
  }

  /** Where the next secret begins, or `until`. */
  #next(data: Buffer, from: number, until: number): number {
    for (let end = from + this.#window; end <= data.length && end - this.#window < until; ) {
      const shift = this.#shifts[blockAt(data, end)] as number;
      if (shift > 0) end += shift;
      else if (this.#lengthAt(data, end - this.#window) > 0) return end - this.#window;
      else end++;
    }
    return until;
  }

  /** How long the longest secret is that begins here; 0 for none. */
  #lengthAt(data: Buffer, at: number): number {
    const found = this.#forms.get(blockAt(data, at + this.#window))?.find((form) => startsWith(data, at, form));
    return found?.length ?? 0;
  }

  /** Where the end of the data begins that may be the beginning of a secret. */
  #beginningOfSecret(data: Buffer): number {
    for (let at = Math.max(0, data.length - this.#longest + 1); at < data.length; at++) {
      const rest = data.length - at;
      const forms = this.#beginnings.get(data[at] as number);
      if (forms?.some((form) => form.length > rest && startsWith(form, 0, data, at, rest))) return at;
    }
    return data.length;
  }
}

function add(forms: Map<number, Form[]>, key: number, form: Form): void {
  forms.set(key, [...(forms.get(key) ?? []), form]);
}

function blockAt(bytes: Uint8Array, end: number): number {
  return ((bytes[end - 2] as number) << 8) | (bytes[end - 1] as number);
}

/** True when the part of `bytes` at a place is the same as the (rest of the) other. */
function startsWith(bytes: Uint8Array, at: number, other: Uint8Array, from = 0, length = other.length): boolean {
  if (at + length > bytes.length) return false;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== other[from + i]) return false;
  return true;
}
