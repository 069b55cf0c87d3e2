/** The data ends before the character is certain. */
export const UNFINISHED = -1;

/** There is no such thing at this place. */
export const NONE = -2;

/** The most levels of escaping to undo: `%255C%2522` is a quote in JSON in a URL in a URL. */
export const DEEPEST = 3;

/** The end of the Unicode code points. Values above it are bytes that are not ASCII. */
export const BYTES = 0x110000;

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const TILDE = 0x7e;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const HASH = 0x23;
const U = 0x75;
const X = 0x78;
const LONG_U = 0x55;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** 1 for the bytes that start an escape. */
export const BEGINS_ESCAPE = new Uint8Array(256);
for (const byte of [BACKSLASH, PERCENT, AMPERSAND, EQUALS, TILDE]) BEGINS_ESCAPE[byte] = 1;

/** The characters after a backslash that mean a control character. */
const CONTROLS: Record<number, number> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

/**
 * HTML's entity names for the characters of a keyboard, and for Latin-1 in the order of its code
 * points.
 */
const NAMES = new Map<string, number>([
  ...Object.entries({
    ...{ Tab: 9, NewLine: 10, excl: 33, quot: 34, QUOT: 34, num: 35, dollar: 36, percnt: 37, amp: 38, AMP: 38 },
    ...{ apos: 39, lpar: 40, rpar: 41, ast: 42, midast: 42, plus: 43, comma: 44, period: 46, sol: 47, colon: 58 },
    ...{ semi: 59, lt: 60, LT: 60, equals: 61, gt: 62, GT: 62, quest: 63, commat: 64, lsqb: 91, lbrack: 91 },
    ...{ bsol: 92, rsqb: 93, rbrack: 93, Hat: 94, lowbar: 95, UnderBar: 95, grave: 96, lcub: 123, lbrace: 123 },
    ...{ verbar: 124, vert: 124, VerticalLine: 124, rcub: 125, rbrace: 125 },
  }),
  ...(
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
    'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
    'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
    'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
    'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
    'thorn yuml'
  )
    .split(' ')
    .map((name, i): [string, number] => [name, 0xa0 + i]),
]);

/** The longest name of a character. */
const LONGEST_NAME = 16;

/** The most digits of a numeric character reference, after any leading zeros. */
const MOST_DIGITS = 8;

/** The UTF-8 bytes of a character; of a lone surrogate, those of its code unit. */
export function bytesOf(code: number): readonly number[] {
  if (code < 0x80) return [code];
  if (code >= BYTES) return [code - BYTES];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}

/**
 * Decodes escaped characters at a place in bytes: JSON and JavaScript (`\/`, `\u002f`, `\x2f`), YAML and
 * shells (`\U0000002f`, `\057`),
 * URLs and forms (`%2f`), HTML and XML (`&#47;`, `&#x2f;`, `&sol;`), quoted-printable (`=2F`), JSON
 * Pointers (`~1`), and combinations of them.
 *
 * Returns a character as a number and its end in `end`: without allocation it is ten times as fast.
 */
export class EscapeReader {
  /** The end of the most recently read character. */
  end = 0;

  /**
   * Reads the character at a place, escaped up to `depth` times. An unescaped character is returned
   * as its byte.
   *
   * @returns UNFINISHED if an escape may continue beyond the end of the data
   */
  read(data: Uint8Array, at: number, depth: number): number {
    const byte = data[at];
    if (byte === undefined) return UNFINISHED;
    if (depth === 0 || BEGINS_ESCAPE[byte] === 0) {
      this.end = at + 1;
      return byte < 0x80 ? byte : BYTES + byte;
    }
    const first = this.read(data, at, depth - 1);
    if (first < 0) return first;
    const end = this.end;
    const escaped = this.#behind(first, data, end, depth - 1);
    if (escaped !== NONE) return escaped;
    this.end = end;
    return first;
  }

  #behind(introducer: number, data: Uint8Array, at: number, depth: number): number {
    if (introducer === BACKSLASH) return this.#behindBackslash(data, at, depth);
    if (introducer === PERCENT) return this.#behindPercent(data, at, depth);
    if (introducer === EQUALS) return this.#byte(data, at, depth);
    if (introducer === TILDE) return this.#behindTilde(data, at, depth);
    return introducer === AMPERSAND ? this.#behindAmpersand(data, at, depth) : NONE;
  }

  /** RFC 8259, section 7, and the additional escapes of JavaScript and others. */
  #behindBackslash(data: Uint8Array, at: number, depth: number): number {
    const code = this.read(data, at, depth);
    if (code === UNFINISHED) return UNFINISHED;
    if (code === U) return this.#codeUnits(data, this.end, depth);
    if (code === X) return this.#hexadecimal(data, this.end, 2, depth);
    if (code === LONG_U) return this.#longCode(data, this.end, depth);
    if (code >= 0x30 && code <= 0x33) return this.#octal(data, at, depth);
    const control = CONTROLS[code];
    if (control !== undefined) return control;
    return code < 0x80 && !isAlphanumeric(code) ? code : NONE;
  }

  /** `\UXXXXXXXX` of YAML 1.2, section 5.7. */
  #longCode(data: Uint8Array, at: number, depth: number): number {
    const code = this.#hexadecimal(data, at, 8, depth);
    return code < BYTES ? code : NONE;
  }

  /** `\nnn` of `$'…'` in shells (POSIX.1-2024, XCU 2.2.4): a byte. */
  #octal(data: Uint8Array, at: number, depth: number): number {
    let byte = 0;
    let end = at;
    for (let i = 0; i < 3; i++) {
      const digit = this.read(data, end, depth);
      if (digit === UNFINISHED) return UNFINISHED;
      if (digit < 0x30 || digit > 0x37) return NONE;
      byte = byte * 8 + (digit - 0x30);
      end = this.end;
    }
    return byte < 0x80 ? byte : BYTES + byte;
  }

  /** `\uXXXX`, two of them for a surrogate pair, or `\u{X}`. */
  #codeUnits(data: Uint8Array, at: number, depth: number): number {
    if (this.read(data, at, depth) === OPEN) return this.#number(data, this.end, 16, CLOSE, depth);
    const high = this.#hexadecimal(data, at, 4, depth);
    if (high < 0xd800 || high > 0xdbff) return high;
    const single = this.end;
    const low = this.#lowSurrogate(data, single, depth);
    if (low === UNFINISHED) return UNFINISHED;
    if (low >= 0) return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    this.end = single;
    return high;
  }

  #lowSurrogate(data: Uint8Array, at: number, depth: number): number {
    let end = at;
    for (const wanted of [BACKSLASH, U]) {
      const code = this.read(data, end, depth);
      if (code !== wanted) return code === UNFINISHED ? UNFINISHED : NONE;
      end = this.end;
    }
    const low = this.#hexadecimal(data, end, 4, depth);
    return low === UNFINISHED || (low >= 0xdc00 && low <= 0xdfff) ? low : NONE;
  }

  /** RFC 3986, section 2.1, and `%uXXXX` of the old `escape`. */
  #behindPercent(data: Uint8Array, at: number, depth: number): number {
    const code = this.read(data, at, depth);
    if (code === UNFINISHED) return UNFINISHED;
    return code === U ? this.#codeUnits(data, this.end, depth) : this.#byte(data, at, depth);
  }

  /** RFC 6901, section 3. */
  #behindTilde(data: Uint8Array, at: number, depth: number): number {
    const code = this.read(data, at, depth);
    if (code === UNFINISHED) return UNFINISHED;
    if (code === 0x30) return TILDE;
    return code === 0x31 ? 0x2f : NONE;
  }

  /** Two hexadecimal digits, as in RFC 2045, section 6.7. */
  #byte(data: Uint8Array, at: number, depth: number): number {
    const byte = this.#hexadecimal(data, at, 2, depth);
    return byte < 0x80 ? byte : BYTES + byte;
  }

  /** HTML, "Character references". */
  #behindAmpersand(data: Uint8Array, at: number, depth: number): number {
    let code = this.read(data, at, depth);
    if (code === HASH) {
      const digits = this.end;
      code = this.read(data, digits, depth);
      if (code === UNFINISHED) return UNFINISHED;
      if ((code | 0x20) === X) return this.#number(data, this.end, 16, SEMICOLON, depth);
      return this.#number(data, digits, 10, SEMICOLON, depth);
    }
    let name = '';
    while (isAlphanumeric(code) && name.length < LONGEST_NAME) {
      name += String.fromCharCode(code);
      code = this.read(data, this.end, depth);
    }
    if (code === UNFINISHED) return UNFINISHED;
    return (code === SEMICOLON ? NAMES.get(name) : undefined) ?? NONE;
  }

  /** A fixed number of hexadecimal digits. */
  #hexadecimal(data: Uint8Array, at: number, digits: number, depth: number): number {
    let code = 0;
    let end = at;
    for (let i = 0; i < digits; i++) {
      const digit = this.read(data, end, depth);
      if (digit === UNFINISHED) return UNFINISHED;
      if (digitOf(digit) > 15) return NONE;
      code = code * 16 + digitOf(digit);
      end = this.end;
    }
    return code;
  }

  /** A number followed by a terminating character. */
  #number(data: Uint8Array, at: number, base: number, last: number, depth: number): number {
    let code = 0;
    let end = at;
    for (let i = 0; i <= MOST_DIGITS; i++) {
      const digit = this.read(data, end, depth);
      if (digit === UNFINISHED) return UNFINISHED;
      end = this.end;
      if (digit === last) return i > 0 && code < BYTES ? code : NONE;
      if (digitOf(digit) >= base) return NONE;
      code = code * base + digitOf(digit);
    }
    return NONE;
  }
}

/** The value of a digit, or 99. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 99;
}

function isAlphanumeric(code: number): boolean {
  const letter = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (code < 0x80 && letter >= 0x61 && letter <= 0x7a);
}
