import { BYTES, type EscapeReader, NONE, UNFINISHED } from './escapes.ts';

/** The longest gap, in bytes: a longer one separates two texts. */
const LONGEST = 48;

const NUL = 0;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const ESCAPE = 0x1b;
const EQUALS = 0x3d;
const SLASH = 0x2f;
const BRACKET = 0x5b;
const SOFT_HYPHEN = 0xad;
const BYTE_ORDER_MARK = 0xfeff;

/** 1 for the bytes that start an unescaped gap. */
export const BEGINS_GAP = new Uint8Array(256);
for (const byte of [NUL, LINE_FEED, CARRIAGE_RETURN, ESCAPE, EQUALS, 0xc2, 0xe2, 0xef]) BEGINS_GAP[byte] = 1;

/**
 * Recognises gaps between the characters of a secret that do not hide it from a reader: a line
 * break with indentation (MIME, folded headers, `=` at the end of a line of quoted-printable),
 * terminal colours, soft hyphens, zero-width characters, and the zeros of UTF-16.
 */
export class GapReader {
  /** The end of the most recent gap. */
  end = 0;
  /**
   * The start of the indentation of its last line; any part of that may be spaces of the secret.
   */
  lineEnd = 0;
  /** True if the gap may continue beyond the end of the data. */
  open = false;
  readonly #escapes: EscapeReader;

  constructor(escapes: EscapeReader) {
    this.#escapes = escapes;
  }

  /**
   * Reads a gap whose characters are escaped up to `depth` times.
   *
   * @returns true if there is one
   */
  read(data: Uint8Array, at: number, depth: number): boolean {
    let end = at;
    let broke = false;
    this.open = false;
    while (end - at <= LONGEST) {
      const code: number = this.#escapes.read(data, end, depth);
      const isBlank: boolean = broke && (code === 32 || code === 9);
      broke = isBlank || code === LINE_FEED || code === CARRIAGE_RETURN;
      const part = code === UNFINISHED || broke ? code : this.#part(code, data, this.#escapes.end, depth);
      if (part < 0) {
        this.open = part === UNFINISHED;
        this.end = end;
        return end > at;
      }
      end = this.#escapes.end;
      if (!isBlank) this.lineEnd = end;
    }
    return false;
  }

  /** A gap other than a line break; its end is left in the escape reader. */
  #part(code: number, data: Uint8Array, at: number, depth: number): number {
    if (code === NUL || code === SOFT_HYPHEN || code === BYTE_ORDER_MARK || isWidthless(code)) return 0;
    if (code === EQUALS) return this.#then(data, at, depth, (next) => next === LINE_FEED || next === CARRIAGE_RETURN);
    if (code === ESCAPE) return this.#colour(data, at, depth);
    if (code < BYTES) return NONE;
    const byte = code - BYTES;
    if (byte === 0xc2) return this.#then(data, at, depth, (next) => next === BYTES + 0xad);
    if (byte !== 0xe2 && byte !== 0xef) return NONE;
    const second = this.#escapes.read(data, at, depth);
    if (second === UNFINISHED) return UNFINISHED;
    return this.#then(data, this.#escapes.end, depth, (third) =>
      byte === 0xef
        ? second === BYTES + 0xbb && third === BYTES + 0xbf
        : second >= BYTES + 0x80 &&
          second <= BYTES + 0x81 &&
          isWidthless(0x2000 + ((second - BYTES - 0x80) << 6) + (third - BYTES - 0x80)),
    );
  }

  #then(data: Uint8Array, at: number, depth: number, fits: (code: number) => boolean): number {
    const code = this.#escapes.read(data, at, depth);
    if (code === UNFINISHED) return UNFINISHED;
    return fits(code) ? 0 : NONE;
  }

  /**
   * A control sequence: a bracket (a slash in the path of a field), numbers and a letter (ECMA-48,
   * 5.4).
   */
  #colour(data: Uint8Array, at: number, depth: number): number {
    let end = at;
    for (let i = 0; i < LONGEST; i++) {
      const code = this.#escapes.read(data, end, depth);
      if (code === UNFINISHED) return UNFINISHED;
      end = this.#escapes.end;
      if (i === 0 && (code === BRACKET || code === SLASH)) continue;
      const isParameter = code >= 0x30 && code <= 0x3b;
      if (i > 0 && isParameter) continue;
      return i > 0 && code >= 0x40 && code <= 0x7e ? 0 : NONE;
    }
    return NONE;
  }
}

/** Zero-width characters, direction marks and invisible operators. */
function isWidthless(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f);
}

/** True for a character that can start a gap. */
export function mayBeginGap(code: number): boolean {
  return code >= 0x80 || BEGINS_GAP[code] === 1;
}
