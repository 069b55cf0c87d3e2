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
  return countValues(text, Number.POSITIVE_INFINITY) !== null;
}

/**
 * Counts the values of a JSON text, including lists and objects.
 *
 * @returns null for a text that is not JSON
 */
export function countValues(text: string, most: number): Counted | null {
  const open = new Openings();
  let values = 0;
  let beginning: Beginning | null = null;
  /** The end of the last token after which the text could be closed. */
  let closable = 0;
  let wanted = VALUE;
  for (let i = afterSpace(text, 0); i < text.length; i = afterSpace(text, i)) {
    const char = text.charCodeAt(i);
    if (wanted === END) return null;
    if (char === CLOSE_LIST || char === CLOSE_OBJECT) {
      const fits = char === CLOSE_OBJECT ? FIRST_NAME : FIRST_ITEM;
      if ((wanted !== fits && wanted !== COMMA_OR_CLOSE) || open.isObject !== (char === CLOSE_OBJECT)) return null;
      open.pop();
      i++;
    } else if (wanted === COMMA_OR_CLOSE) {
      if (char !== COMMA) return null;
      wanted = open.isObject ? NAME : VALUE;
      i++;
      continue;
    } else if (wanted === NAME || wanted === FIRST_NAME) {
      const end = char === QUOTE ? stringEnd(text, i) : -1;
      i = end < 0 ? -1 : afterSpace(text, end);
      if (i < 0 || text.charCodeAt(i) !== COLON) return null;
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
      if (i < 0) return null;
    }
    closable = i;
    wanted = open.depth === 0 ? END : COMMA_OR_CLOSE;
  }
  return wanted === END ? { values, beginning } : null;
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

/** The index after a string, or -1 if it is invalid. Control characters must be escaped. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code < 0x20) return -1;
    if (code !== BACKSLASH) continue;
    i++;
    const escaped = text[i] ?? '';
    if (escaped === 'u') {
      if (!/^[\da-f]{4}$/i.test(text.slice(i + 1, i + 5))) return -1;
      i += 4;
    } else if (escaped === '' || !'"\\/bfnrt'.includes(escaped)) return -1;
  }
  return -1;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The index after a number or a literal, or -1 if it is invalid. */
function wordEnd(text: string, start: number): number {
  for (const literal of ['true', 'false', 'null']) {
    if (text.startsWith(literal, start)) return start + literal.length;
  }
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? NUMBER.lastIndex : -1;
}
