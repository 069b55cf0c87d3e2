import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, OPEN_LIST, OPEN_OBJECT, QUOTE } from './scan.ts';

const BACKSLASH = 0x5c;

/** A prefix of a JSON text that contains a limited number of values. */
export interface Beginning {
  /** The end of its last token, as an index into the text. */
  end: number;
  /** The characters that close its open lists and objects. */
  closers: string;
}

/** The number of values in a text, and the prefix with at most `most` of them. */
export interface Counted {
  values: number;
  /** Null if all values are within the limit. */
  beginning: Beginning | null;
}

/**
 * Whether a text is JSON (RFC 8259). Builds no value: memory does not depend on the text's
 * contents.
 */
export function isJson(text: string): boolean {
  return invalidAt(text) === null;
}

/**
 * The index of the first character that JSON does not allow there: the length of a text that ends too early. Null for
 * JSON. Linear, and builds no value.
 */
export function invalidAt(text: string): number | null {
  const read = readValues(text, Number.POSITIVE_INFINITY);
  return typeof read === 'number' ? read : null;
}

/**
 * Counts the values of a JSON text, including lists and objects.
 *
 * @returns null for a text that is not JSON
 */
export function countValues(text: string, most: number): Counted | null {
  const read = readValues(text, most);
  return typeof read === 'number' ? null : read;
}

/** The values of a JSON text, or the index of what is no JSON. */
function readValues(text: string, most: number): Counted | number {
  const open = new Openings();
  let values = 0;
  let beginning: Beginning | null = null;
  /** The end of the last token after which the text could be closed. */
  let closable = 0;
  let wanted = VALUE;
  for (let i = afterSpace(text, 0); i < text.length; i = afterSpace(text, i)) {
    const char = text.charCodeAt(i);
    if (wanted === END) return unexpected(text, i);
    if (char === CLOSE_LIST || char === CLOSE_OBJECT) {
      const fits = char === CLOSE_OBJECT ? FIRST_NAME : FIRST_ITEM;
      if ((wanted !== fits && wanted !== COMMA_OR_CLOSE) || open.isObject !== (char === CLOSE_OBJECT)) return i;
      open.pop();
      i++;
    } else if (wanted === COMMA_OR_CLOSE) {
      if (char !== COMMA) return unexpected(text, i);
      wanted = open.isObject ? NAME : VALUE;
      i++;
      continue;
    } else if (wanted === NAME || wanted === FIRST_NAME) {
      const end = char === QUOTE ? stringEnd(text, i) : ~i;
      if (end < 0) return ~end;
      i = afterSpace(text, end);
      if (text.charCodeAt(i) !== COLON) return i;
      wanted = VALUE;
      i++;
      continue;
    } else {
      if (values === most) beginning = { end: closable, closers: open.closers() };
      values++;
      if (char === OPEN_LIST || char === OPEN_OBJECT) {
        open.push(char === OPEN_OBJECT);
        wanted = char === OPEN_OBJECT ? FIRST_NAME : FIRST_ITEM;
        closable = ++i;
        continue;
      }
      i = char === QUOTE ? stringEnd(text, i) : wordEnd(text, i);
      if (i < 0) return ~i;
    }
    closable = i;
    wanted = open.depth === 0 ? END : COMMA_OR_CLOSE;
  }
  return wanted === END ? { values, beginning } : text.length;
}

/** The states: what may come next. */
const VALUE = 0;
const FIRST_ITEM = 1;
const NAME = 2;
const FIRST_NAME = 3;
const COMMA_OR_CLOSE = 4;
const END = 5;

/** The open lists and objects, one byte each: a hostile text can be as deep as it is long. */
class Openings {
  #kinds = new Uint8Array(64);
  depth = 0;

  /** True when the innermost is an object. */
  get isObject(): boolean {
    return this.depth > 0 && this.#kinds[this.depth - 1] === 1;
  }

  push(isObject: boolean): void {
    if (this.depth === this.#kinds.length) {
      const longer = new Uint8Array(2 * this.depth);
      longer.set(this.#kinds);
      this.#kinds = longer;
    }
    this.#kinds[this.depth++] = isObject ? 1 : 0;
  }

  pop(): void {
    this.depth--;
  }

  closers(): string {
    const closers = [...this.#kinds.subarray(0, this.depth)].map((kind) => (kind === 1 ? '}' : ']'));
    return closers.reverse().join('');
  }
}

/** The index of the next character that is not white space (RFC 8259, section 2). */
function afterSpace(text: string, at: number): number {
  let i = at;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return i;
}

/** The index after a string, or the complement of that of what is invalid. Control characters must be escaped. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code < 0x20) return ~i;
    if (code !== BACKSLASH) continue;
    i++;
    const escaped = text[i] ?? '';
    if (escaped === 'u') {
      const digits = /^[\da-f]*/i.exec(text.slice(i + 1, i + 5))?.[0].length ?? 0;
      if (digits < 4) return ~(i + 1 + digits);
      i += 4;
    } else if (escaped === '' || !'"\\/bfnrt'.includes(escaped)) return ~i;
  }
  return ~text.length;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The end of a text that was cut within a number. */
const UNFINISHED = /^\d(?:\.|[eE][+-]?)$/;

/** The index of a character after a value that may not be there; the end of the text where it belongs to a number. */
function unexpected(text: string, at: number): number {
  return UNFINISHED.test(text.slice(at - 1, at + 3)) ? text.length : at;
}

/** The index after a number or a literal, or the complement of that of what is invalid. */
function wordEnd(text: string, start: number): number {
  NUMBER.lastIndex = start;
  if (NUMBER.test(text)) return NUMBER.lastIndex;
  const literal = ['true', 'false', 'null', '-'].find((word) => word[0] === text[start]) ?? '';
  let end = start;
  while (end - start < literal.length && text[end] === literal[end - start]) end++;
  return end - start === literal.length && literal.length > 1 ? end : ~end;
}
