/** Classes of bytes: outside a word, a letter, a digit, or a separator within a word. */
const OUTSIDE = 0;
const LETTER = 1;
const DIGIT = 2;
const JOINT = 3;

const KINDS = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z]/.test(character)) KINDS[byte] = LETTER;
  else if (/\d/.test(character)) KINDS[byte] = DIGIT;
  else if (/[-:.+_]/.test(character)) KINDS[byte] = JOINT;
}

/** The mask of an id; the next byte is its length. */
const ID_MASK = 1;
/**
 * The mask of a number; the next byte is its length. Separate from ids: "Try again in … seconds"
 * needs a number.
 */
const NUMBER_MASK = 5;

/** True for a mask; the byte after it is a length. */
export function isMask(byte: number): boolean {
  return byte === ID_MASK || byte === NUMBER_MASK;
}

/** Shorter words may be codes. */
const SHORTEST_ID = 16;
/** The least number of changes between letters and digits in an id, and of its digits. */
const TURNS = 2;
const DIGITS = 4;
/** A point in time as a number: from seconds to nanoseconds since 1970. */
const SHORTEST_TIME = 10;
const LONGEST_TIME = 19;

/**
 * Copies bytes, with a mask instead of each id and time: UUIDs, ULIDs, hashes, ISO 8601. Texts that
 * become equal describe two events of the same kind. The length of a word is kept, since length
 * limits may depend on it.
 *
 * @returns where the copy ends in the target
 */
export function maskInto(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let end = at;
  let digits = 0;
  for (let k = from; k < to; k++) {
    const byte = source[k] as number;
    if (byte <= 0x39 && byte >= 0x30) digits++;
    target[end++] = byte;
  }
  // Most texts need no masks.
  if (digits < DIGITS || to - from < SHORTEST_TIME) return end;
  if (isUuid(source, from, to)) {
    target[at] = ID_MASK;
    target[at + 1] = to - from;
    return at + 2;
  }
  end = at;
  let i = from;
  while (i < to) {
    while (i < to && KINDS[source[i] as number] === JOINT) target[end++] = source[i++] as number;
    const begin = i;
    while (i < to && KINDS[source[i] as number] !== OUTSIDE) target[end++] = source[i++] as number;
    const length = i - begin;
    const mask = length >= SHORTEST_TIME ? maskFor(source, begin, i) : null;
    if (mask !== null) {
      end -= length;
      target[end++] = mask;
      target[end++] = length;
    }
    if (i < to) target[end++] = source[i++] as number;
  }
  return end;
}

/**
 * Whether all of it has the form of a UUID (RFC 9562), quoted or not; the caller has counted the
 * digits.
 */
function isUuid(source: Uint8Array, from: number, to: number): boolean {
  const quote = to - from === 38 ? 1 : 0;
  if (to - from - 2 * quote !== 36) return false;
  for (let i = 0; i < 36; i++) {
    const byte = source[from + quote + i] as number;
    const isDash = i === 8 || i === 13 || i === 18 || i === 23;
    if (isDash ? byte !== DASH : HEX[byte] !== 1) return false;
  }
  return true;
}

const DASH = 0x2d;
const HEX = new Uint8Array(256);
for (const character of '0123456789abcdefABCDEF') HEX[character.charCodeAt(0)] = 1;

/** The mask for an id or a time; null for any other word. */
function maskFor(source: Uint8Array, from: number, to: number): number | null {
  let turns = 0;
  let digits = 0;
  let last = OUTSIDE;
  for (let i = from; i < to; i++) {
    const kind = KINDS[source[i] as number] as number;
    if (kind === DIGIT) {
      digits++;
      if (last === LETTER) turns++;
    } else if (kind === LETTER && last === DIGIT) turns++;
    last = kind;
  }
  const length = to - from;
  if (digits === length && length <= LONGEST_TIME) return NUMBER_MASK;
  return length >= SHORTEST_ID && turns >= TURNS && digits >= DIGITS ? ID_MASK : null;
}

/** A masked text, as a cache key. */
export function maskedKey(text: string): string {
  const source = Buffer.from(text);
  const target = Buffer.alloc(source.length + 2);
  return target.toString('latin1', 0, maskInto(source, 0, source.length, target, 0));
}

/** A masked text for people: each id and time becomes `…`. */
export function masked(text: string): string {
  const source = Buffer.from(text);
  const target = Buffer.alloc(source.length + 2);
  const end = maskInto(source, 0, source.length, target, 0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the masks, and the length after each
  return target.toString('utf8', 0, end).replaceAll(/[\u0001\u0005][\s\S]/g, '…');
}
