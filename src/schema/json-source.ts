import { numberOf } from '../json/number.ts';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  decodeString,
  OPEN_LIST,
  OPEN_OBJECT,
  scan,
} from '../json/scan.ts';
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
  const root = nodeOf(text);
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

/** The value of a valid JSON text; null if a key is repeated in it, or if it is nested too deeply. */
function nodeOf(text: string): Node | null {
  const open: Node[] = [];
  let root: Node | null = null;
  let key: string | null = null;
  let isPlain = true;
  scan(text, (kind, start, end) => {
    if (!isPlain || kind === COMMA || kind === COLON) return;
    if (kind === CLOSE_LIST || kind === CLOSE_OBJECT) {
      open.pop();
      return;
    }
    const parent = open.at(-1) ?? null;
    if (parent?.inner instanceof Map && key === null) {
      key = decodeString(text.slice(start, end));
      return;
    }
    const node = newNode(text, kind, start, end);
    root ??= node;
    isPlain = open.length <= DEEPEST && add(node, parent, key);
    key = null;
    if (node.inner !== null) open.push(node);
  });
  return isPlain ? root : null;
}

function newNode(text: string, kind: number, at: number, end: number): Node {
  if (kind === OPEN_OBJECT) return { at, written: new Map(), inner: new Map() };
  if (kind === OPEN_LIST) return { at, written: [], inner: [] };
  const token = text.slice(at, end);
  return { at, written: beginsNumber(kind) ? numberOf(token) : JSON.parse(token), inner: null };
}

/** Adds a value to what it is in; false if its key is there already. */
function add(node: Node, parent: Node | null, key: string | null): boolean {
  if (parent === null) return true;
  const { inner, written } = parent;
  if (!(inner instanceof Map)) {
    inner?.push(node);
    (written as unknown[]).push(node.written);
    return true;
  }
  if (inner.has(key ?? '')) return false;
  inner.set(key ?? '', node);
  (written as Map<string, unknown>).set(key ?? '', node.written);
  return true;
}

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
