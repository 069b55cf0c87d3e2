/** What a byte is within a word: none of one, a letter, a digit, or a mark that holds parts of a word together. */
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

/** Stands for an id that was masked; its length follows. */
const ID_MASK = 1;
/** Stands for a number that was masked; its length follows. "Try again in … seconds" says how long only of a number. */
const NUMBER_MASK = 5;

/** True for a byte that stands for what was masked; the byte after it is a length. */
export function isMask(byte: number): boolean {
  return byte === ID_MASK || byte === NUMBER_MASK;
}

/** Shorter words may be codes. */
const SHORTEST_ID = 16;
/** How often letters and digits take turns in an id, and how many digits it has, at the least. */
const TURNS = 2;
const DIGITS = 4;
/** A point in time as a number: from seconds to nanoseconds since 1970. */
const SHORTEST_TIME = 10;
const LONGEST_TIME = 19;

/**
 * Copies bytes, with a mark in the place of each word that is an id or a time: UUIDs, ULIDs, hashes, ISO 8601. Two
 * texts that become the same say the same of two events. The length of a word stays, since limits of length decide.
 *
 * @returns where in the target the copy ends
 */
export function maskInto(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let end = at;
  let digits = 0;
  for (let k = from; k < to; k++) {
    const byte = source[k] as number;
    if (byte <= 0x39 && byte >= 0x30) digits++;
    target[end++] = byte;
  }
  // Most texts are done with that.
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

/** Whether all of it has the form of a UUID (RFC 9562), within quotes or not; whoever asks has counted the digits. */
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

/** The mask for a word that is an id or a time; null for any other. */
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

/** A text with the masks in it, to remember it by. */
export function maskedKey(text: string): string {
  const source = Buffer.from(text);
  const target = Buffer.alloc(source.length + 2);
  return target.toString('latin1', 0, maskInto(source, 0, source.length, target, 0));
}

/** A text to show: each id and time becomes `…`. */
export function masked(text: string): string {
  const source = Buffer.from(text);
  const target = Buffer.alloc(source.length + 2);
  const end = maskInto(source, 0, source.length, target, 0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the masks, and the length after each
  return target.toString('utf8', 0, end).replaceAll(/[\u0001\u0005][\s\S]/g, '…');
}
