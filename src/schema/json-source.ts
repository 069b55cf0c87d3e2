import { numberOf } from '../json/number.ts';
import type { Position, SourceDocument } from './yaml.ts';

/** A value of a JSON text: as written, and where it begins. */
interface Node {
  at: number;
  written: unknown;
  inner: Map<string, Node> | Node[] | null;
}

/** Deeper values are left to the parser of YAML, which says what is wrong with them. */
const DEEPEST = 500;

/**
 * Parses a file of JSON in a tenth of the time that the parser of YAML takes, which need not be loaded for it. Null
 * unless the text is JSON, its keys are unique, and it is a map or a list.
 */
export function jsonSource(text: string): SourceDocument | null {
  if (!/^\s*[{[]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const root = new Reader(text).read();
  if (root === null) return null;
  let lines: number[] | undefined;
  const at = (offset: number): Position => {
    lines ??= lineStarts(text);
    const line = lineOf(lines, offset);
    return { line, column: offset - (lines[line - 1] ?? 0) + 1 };
  };
  return {
    value,
    errors: [],
    written: (path) => path.reduce<Node | undefined>(memberOf, root)?.written,
    locate(path) {
      let found: Node | null = null;
      let node: Node | undefined = root;
      for (const key of path) {
        node = memberOf(node, key);
        if (node === undefined) break;
        found = node;
      }
      return found === null ? { line: 1, column: 1 } : at(found.at);
    },
  };
}

function memberOf(node: Node | undefined, key: PropertyKey): Node | undefined {
  const { inner = null } = node ?? {};
  return inner instanceof Map ? inner.get(String(key)) : inner?.[Number(key)];
}

/** Reads a text that is known to be JSON. */
class Reader {
  readonly #text: string;
  #at = 0;
  #isPlain = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** The whole text; null if a key is repeated in it, or if it is nested too deeply. */
  read(): Node | null {
    const root = this.#value(0);
    return this.#isPlain ? root : null;
  }

  #value(depth: number): Node {
    const at = this.#skip(/[\s,:]*/y);
    const first = this.#text[at];
    if (depth > DEEPEST) this.#isPlain = false;
    if (!this.#isPlain) return { at, written: null, inner: null };
    if (first === '{') return this.#map(at, depth);
    if (first === '[') return this.#list(at, depth);
    if (first === '"') return { at, written: this.#string(), inner: null };
    this.#skip(/[^\s,\]}]+/y);
    const word = this.#text.slice(at, this.#at);
    return { at, written: LITERALS.has(word) ? LITERALS.get(word) : numberOf(word), inner: null };
  }

  #map(at: number, depth: number): Node {
    const inner = new Map<string, Node>();
    this.#at++;
    while (this.#isPlain && this.#text[this.#skip(/[\s,]*/y)] !== '}') {
      const key = this.#string();
      if (inner.has(key)) this.#isPlain = false;
      inner.set(key, this.#value(depth + 1));
    }
    this.#at++;
    return { at, written: new Map([...inner].map(([key, { written }]) => [key, written])), inner };
  }

  #list(at: number, depth: number): Node {
    const inner: Node[] = [];
    this.#at++;
    while (this.#isPlain && this.#text[this.#skip(/[\s,]*/y)] !== ']') inner.push(this.#value(depth + 1));
    this.#at++;
    return { at, written: inner.map(({ written }) => written), inner };
  }

  #string(): string {
    const from = this.#at;
    let end = from;
    do end = this.#text.indexOf('"', end + 1);
    while (isEscaped(this.#text, end));
    this.#at = end + 1;
    const quoted = this.#text.slice(from, this.#at);
    return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  /** Skips what a pattern matches here; returns the place after it. */
  #skip(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
    return this.#at;
  }
}

/** True after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}

const LITERALS = new Map<string, boolean | null>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line of an offset, from 1. */
function lineOf(starts: number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
