import { beginsNumber, QUOTE } from './json-bytes.ts';
import { isMask, masked, maskInto } from './mask.ts';

/**
 * How much of a leaf is only copied into the result, from all of it to the least.
 *
 * - `any`: any other word or number gives the same result
 * - `words`: within a text, so does any other ending of the words that have a digit (`k_123`,
 * `7f3a`)
 * - `digits`: within a text, so does any other number
 */
export type Copied = 'any' | 'words' | 'digits';

/** From the most that can be ignored to the least. */
export const WAYS: Copied[] = ['any', 'words', 'digits'];

/** Longer texts are compared as they are: a length limit may depend on them. */
const LONGEST_TEXT = 256;
const LONGEST_WORD = 128;
const LONGEST_NUMBER = 19;

/** Marks for a word, a number and a part of a text in a key. None of them occurs in JSON. */
const WORD = 2;
const NUMBER = 3;
const HOLE = 4;

const BACKSLASH = 0x5c;
const WORD_BYTES = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=') {
  WORD_BYTES[character.charCodeAt(0)] = 1;
}

/**
 * Values to substitute for a leaf. Whatever a diagnosis tests a value for, at least one of them
 * makes a difference: statuses, codes, words of messages, numbers, times, and ids of every length.
 */
const TRIED: Record<Copied | 'number', string[]> = {
  any: [
    ...['0', '1', '200', '404', '429', '503', '1767225600', 'null', 'true', 'ok', 'error', 'fail', 'ERROR', 'info'],
    ...['KEY_LOCKED', 'Unauthorized', 'not_found', 'rate_limit_exceeded', 'timeout', 'ECONNREFUSED', 'GET', 'POST'],
    ...['7f3a9c', 'x', 'a'.repeat(LONGEST_WORD - 2)],
  ],
  words: ['7', '0', '429', '503x', '7f3a', '86400', '401'],
  digits: ['7', '0', '429', '503', '86400', '401', '200'],
  number: ['0', '1', '-1', '5', '20', '50', '200', '404', '429', '503', '1.5', '1767225600', '1767225600000'],
};

/** A short id in hexadecimal, which may begin with a letter, and whatever else follows a digit in a word. */
const HEX_ID = '(?<![\\w+/=-])(?=[a-f]{0,64}\\d)[\\da-f]{8,64}(?![\\w+/=-])';
const HOLES: Record<Exclude<Copied, 'any'>, RegExp> = {
  words: new RegExp(`${HEX_ID}|\\d[\\w+/=-]*`, 'g'),
  digits: /\d+/g,
};

const SHORTEST_HEX = 8;
const LONGEST_HEX = 64;

/**
 * Copies a leaf without the parts that are only copied into the result.
 *
 * @param isTelling true for a word that a catalog knows, which is never left out
 * @returns where the copy ends in the target
 */
export function writeWithout(
  line: Buffer,
  from: number,
  to: number,
  way: Copied,
  isTelling: (word: string) => boolean,
  target: Uint8Array,
  at: number,
): number {
  if (!canVary(line, from, to, way, isTelling)) return maskInto(line, from, to, target, at);
  if (way === 'any') {
    target[at] = beginsNumber(line[from] as number) ? NUMBER : WORD;
    return at + 1;
  }
  // Ids and times are masked first, as everywhere; then parts are left out.
  const until = maskInto(line, from, to, target, at);
  let end = at;
  let inHole = false;
  let isBegin = way === 'words';
  for (let i = at; i < until; i++) {
    const byte = target[i] as number;
    if (isBegin && isHexId(target, i, until)) {
      inHole = true;
      target[end++] = HOLE;
    }
    isBegin = way === 'words' && WORD_BYTES[byte] === 0;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (isDigit && !inHole) target[end++] = HOLE;
    inHole = isDigit || (inHole && way === 'words' && WORD_BYTES[byte] === 1);
    if (!inHole) target[end++] = byte;
    // The length of the masked word.
    if (isMask(byte)) target[end++] = target[++i] as number;
  }
  return end;
}

/** True where a whole word is a short id in hexadecimal. */
function isHexId(bytes: Uint8Array, from: number, to: number): boolean {
  let i = from;
  let hasDigit = false;
  for (; i < to && WORD_BYTES[bytes[i] as number] === 1; i++) {
    const byte = bytes[i] as number;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if ((!isDigit && (byte < 0x61 || byte > 0x66)) || i - from >= LONGEST_HEX) return false;
    hasDigit ||= isDigit;
  }
  return hasDigit && i - from >= SHORTEST_HEX;
}

/** Whether a leaf has a form of which parts may be left out. */
export function canVary(
  line: Buffer,
  from: number,
  to: number,
  way: Copied,
  isTelling: (word: string) => boolean,
): boolean {
  if (line[from] !== QUOTE) return way === 'any' && to - from <= LONGEST_NUMBER && isPlain(line, from, to);
  if (to - from < 3 || to - from > LONGEST_TEXT) return false;
  let isWord = true;
  for (let i = from + 1; i < to - 1; i++) {
    const byte = line[i] as number;
    if (byte === BACKSLASH) return false;
    if (WORD_BYTES[byte] === 0) isWord = false;
  }
  if (isWord && isTelling(line.toString('latin1', from + 1, to - 1).toLowerCase())) return false;
  return way !== 'any' || (isWord && to - from <= LONGEST_WORD);
}

/** The leaf with its copied parts replaced by other values, different ones each round. */
export function varied(leaf: string, way: Copied, round: number): string {
  const values = valuesFor(leaf, way);
  const value = values[round % values.length] as string;
  if (way !== 'any') {
    return leaf.replaceAll(/[\w:.+/=-]+/g, (word) =>
      masked(word) === word ? word.replaceAll(HOLES[way], value) : word,
    );
  }
  return leaf.startsWith('"') ? `"${value}"` : value;
}

const valuesFor = (leaf: string, way: Copied): string[] => (leaf.startsWith('"') ? TRIED[way] : TRIED.number);

function isPlain(line: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = line[i] as number;
    if ((byte < 0x30 || byte > 0x39) && byte !== 0x2d && byte !== 0x2e) return false;
  }
  return true;
}

/** A leaf whose text is the code of an error, before and after a variation. */
export interface Recoded {
  from: string;
  to: string;
}

/** A line of JSON in leaves, and a test for variations of it. */
export interface Trial {
  line: Buffer;
  from: number;
  to: number;
  starts: Int32Array;
  ends: Int32Array;
  leaves: number;
  isTelling(word: string): boolean;
  /** Reads a variation of the line: true when the result is the same, but for a code that was varied. */
  isSame(text: string, recoded: Recoded | null): boolean;
}

/** How much of each leaf is only copied into the result, and the leaf that becomes the code of an error; -1 for none. */
export interface CopiedParts {
  ways: Map<number, Copied>;
  code: number;
}

export const NONE_COPIED: CopiedParts = { ways: new Map(), code: -1 };

/**
 * Finds out by trial which leaves are only copied, and how much of each. Each is tried together with those found before:
 * two leaves may be ignored separately but not together, when one is the fallback of the other.
 */
export function findCopied(trial: Trial, leaves: number[]): CopiedParts {
  const ways = new Map<number, Copied>();
  let code = -1;
  for (const leaf of leaves) {
    const fits = (way: Copied, coded: number) =>
      varies(trial, leaf, way) && isCopied(trial, { ways: new Map([...ways, [leaf, way]]), code: coded });
    let way = WAYS.find((each) => fits(each, code));
    if (way === undefined && code < 0) {
      way = WAYS.find((each) => fits(each, leaf));
      if (way !== undefined) code = leaf;
    }
    if (way !== undefined) ways.set(leaf, way);
  }
  return { ways, code };
}

/** Whether the result is the same for any values of these leaves. */
export function isCopied(trial: Trial, { ways, code }: CopiedParts): boolean {
  const varying = new Map([...ways].filter(([leaf, way]) => varies(trial, leaf, way)));
  // As many rounds as it takes to try each value of each leaf.
  const rounds = Math.max(0, ...[...varying].map(([leaf, way]) => valuesFor(leafText(trial, leaf), way).length));
  for (let round = 0; round < rounds; round++)
    if (!trial.isSame(variation(trial, varying, round), recoded(trial, varying, code, round))) return false;
  return true;
}

function recoded(trial: Trial, ways: Map<number, Copied>, code: number, round: number): Recoded | null {
  const way = ways.get(code);
  if (way === undefined) return null;
  const leaf = leafText(trial, code);
  return { from: leaf.slice(1, -1), to: varied(leaf, way, round + code).slice(1, -1) };
}

function leafText({ line, starts, ends }: Trial, leaf: number): string {
  return line.toString('utf8', starts[leaf], ends[leaf]);
}

function varies(trial: Trial, leaf: number, way: Copied): boolean {
  const { line, starts, ends, isTelling } = trial;
  if (!canVary(line, starts[leaf] as number, ends[leaf] as number, way, isTelling)) return false;
  return way === 'any' || /\d/.test(leafText(trial, leaf));
}

function variation(trial: Trial, ways: Map<number, Copied>, round: number): string {
  const { line, from, to, starts, ends, leaves } = trial;
  let text = '';
  let at = from;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const way = ways.get(leaf);
    if (way === undefined) continue;
    text += line.toString('utf8', at, starts[leaf]) + varied(leafText(trial, leaf), way, round + leaf);
    at = ends[leaf] as number;
  }
  return text + line.toString('utf8', at, to);
}
