import { numberOf } from './number.ts';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  decodeString,
  isName,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  scan,
} from './scan.ts';
import { countValues } from './valid.ts';

/** The possible starts of a JSON text; a number has to be complete (RFC 8259, section 2). */
const JSON_START = /^\uFEFF?[ \t\r\n]*(?:[{["]|true|false|null|-?\d[\d.eE+-]*[ \t\r\n]*$)/;

/**
 * A number that JavaScript may print differently: more than 15 digits, an exponent, a trailing zero
 * in its fraction, or -0. Matches within strings only cost time.
 */
const LOSSY = /(?:^|[:,[\s])(?:-?(?:[\d.]{16,}|\d+\.\d*0|0\.0{6}\d*|\d[\d.]*[eE][+-]?\d+)|-0(?:\.0*)?)(?=[\s,\]}]|$)/;

/** A part of every such number, which is found in half the time. */
const MAYBE_LOSSY = /\d(?:[.eE]|\d{15})|-0/;

/**
 * Parses a JSON text; undefined when it is not JSON. A number that JavaScript cannot represent, or
 * would print differently, becomes a `JsonNumber`; everything else is as in `JSON.parse`.
 */
export function parseJson(text: string): unknown {
  // Throwing an exception costs more than everything else that is done with a line of text.
  if (!JSON_START.test(text)) return undefined;
  try {
    return readJson(withoutMark(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The value of a JSON text, as far as it was read. */
export interface ReadJson {
  value: unknown;
  /** False when the text has more values than were read: `value` has the first of them. */
  whole: boolean;
}

/** The most values to read of one JSON text; they take up to 50 MB. */
export const MOST_VALUES = 100_000;

/**
 * Reads a JSON text of any size in bounded memory: all of it, or its first `MOST_VALUES` values.
 * Lists and objects that are cut off contain what was read of them.
 *
 * @returns undefined when the text is not JSON
 */
export function readBounded(text: string, most = MOST_VALUES): ReadJson | undefined {
  const counted = text.length > 2 * most && JSON_START.test(text) ? countValues(withoutMark(text), most) : undefined;
  if (counted === null) return undefined;
  if (counted === undefined || counted.beginning === null) {
    const value = parseJson(text);
    return value === undefined ? undefined : { value, whole: true };
  }
  const { end, closers } = counted.beginning;
  return { value: readJson(withoutMark(text).slice(0, end) + closers), whole: false };
}

/** Strips a byte order mark. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/**
 * Like `parseJson`, for a text that has to be JSON.
 *
 * @throws SyntaxError when it is not
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return hasLossyNumber(text) ? build(text) : value;
}

/**
 * Whether a JSON text may contain a number that JavaScript prints differently. False is certain.
 */
export function hasLossyNumber(text: string): boolean {
  return MAYBE_LOSSY.test(text) && LOSSY.test(text);
}

type Container = unknown[] | Record<string, unknown>;

/** Builds the value of a valid JSON text without recursion. */
function build(text: string): unknown {
  const open: Container[] = [];
  let name = '';
  let root: unknown;
  const add = (value: unknown): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = value;
    else if (Array.isArray(parent)) parent.push(value);
    else setMember(parent, name, value);
  };
  scan(text, (kind, start, end) => {
    if (kind === QUOTE) {
      const string = decodeString(text.slice(start, end));
      if (isName(text, kind, end)) name = string;
      else add(string);
    } else if (kind === OPEN_LIST || kind === OPEN_OBJECT) {
      const container: Container = kind === OPEN_LIST ? [] : {};
      add(container);
      open.push(container);
    } else if (kind === CLOSE_LIST || kind === CLOSE_OBJECT) open.pop();
    else if (beginsNumber(kind)) add(numberOf(text.slice(start, end)));
    else if (kind in LITERALS) add(LITERALS[kind]);
  });
  return root;
}

/** Keyed by their first characters. */
const LITERALS: Record<number, true | false | null> = { 116: true, 102: false, 110: null };

function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
