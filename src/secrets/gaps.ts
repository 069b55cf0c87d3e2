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

/** 1 for the bytes that start an unescaped gap. */
export const BEGINS_GAP = new Uint8Array(256);
for (const byte of [NUL, LINE_FEED, CARRIAGE_RETURN, ESCAPE, EQUALS, 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf3]) {
  BEGINS_GAP[byte] = 1;
}

/**
 * Recognises gaps between the characters of a secret that do not hide it from a reader: a line
 * break with indentation (MIME, folded headers, `=` at the end of a line of quoted-printable),
 * terminal colours, characters that are not shown, and the zeros of UTF-16.
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
    if (code === NUL || isWidthless(code)) return 0;
    if (code === EQUALS) return this.#then(data, at, depth, (next) => next === LINE_FEED || next === CARRIAGE_RETURN);
    if (code === ESCAPE) return this.#colour(data, at, depth);
    return code < BYTES ? NONE : this.#character(code - BYTES, data, at, depth);
  }

  /** A widthless character in UTF-8, of which the first byte is known. */
  #character(first: number, data: Uint8Array, at: number, depth: number): number {
    if (BEGINS_GAP[first] === 0) return NONE;
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = first & (0x3f >> more);
    let end = at;
    for (let i = 0; i < more; i++) {
      const next = this.#escapes.read(data, end, depth);
      if (next === UNFINISHED) return UNFINISHED;
      if (next < BYTES + 0x80 || next > BYTES + 0xbf) return NONE;
      code = (code << 6) | (next - BYTES - 0x80);
      end = this.#escapes.end;
    }
    return isWidthless(code) ? 0 : NONE;
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

/**
 * True for a character that is not shown: those that Unicode calls ignorable by default, such as zero-width characters,
 * direction marks, variation selectors, fillers and tags.
 */
function isWidthless(code: number): boolean {
  if (code < 0xad) return false;
  return WIDTHLESS.some(([first, last]) => code >= first && code <= last);
}

/** Default_Ignorable_Code_Point of Unicode, but for shorthand and musical notation. */
const WIDTHLESS: [first: number, last: number][] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfff8],
  [0xe0000, 0xe0fff],
];

/** True for a character that can start a gap. */
export function mayBeginGap(code: number): boolean {
  return code >= 0x80 || BEGINS_GAP[code] === 1;
}
