import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import { type JsonNumber, numberOf } from '../json/number.ts';

/** A place in a file; lines and columns count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A parsed YAML or JSON text that can locate its values. */
export interface SourceDocument {
  value: unknown;
  /** Syntax errors with their places; empty if there are none. */
  errors: { message: string; at: Position }[];
  /**
   * The value at a path of keys as written: numbers that JavaScript would print differently are
   * `JsonNumber`s, and a map is a `Map`, which keeps the order of its keys. Undefined if there is
   * none.
   */
  written(path: PropertyKey[]): unknown;
  /** The place of the value at a path of keys, or of the nearest existing one around it. */
  locate(path: PropertyKey[]): Position;
}

/**
 * The values of a file with several YAML documents, or of one with JSON; null if it has syntax errors, or would be a
 * danger to whoever walks through it.
 */
export function parseDocuments(text: string): unknown[] | null {
  const { tokens, tooDeep } = tokensOf(text, new LineCounter());
  if (tooDeep !== null) return null;
  const documents = documentsOf(tokens);
  if (documents.some((document) => document.errors.length > 0 || repeatedKeys(document).length > 0)) return null;
  try {
    return documents.map(contentOf).filter((value) => value !== null);
  } catch {
    return null;
  }
}

/** No config, catalog or list of checks is that deep. */
export const DEEPEST = 500;

/** The most syntax errors, and the most repeated keys, to report. */
const MOST_ERRORS = 20;

/** The most nodes that aliases may expand to: more is an attack on memory. */
const MOST_ALIASES = 100;

/** The library compares each key with all others; `repeatedKeys` does not. */
const COMPOSING = { prettyErrors: false, logLevel: 'error', uniqueKeys: false } as const;

/** Parses YAML, and JSON as its subset. Never throws: syntax errors are part of the result. */
export function parseSource(text: string): SourceDocument {
  const lineCounter = new LineCounter();
  const { tokens, tooDeep } = tokensOf(text, lineCounter);
  // The library would print warnings to the terminal, with texts from the file in them.
  const document = composed(tooDeep === null ? tokens : []);
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const find = finder(document);
  let whole: unknown;
  let value: unknown;
  const errors = document.errors.slice(0, MOST_ERRORS).map(({ message, pos }) => ({ message, at: at(pos[0]) }));
  if (tooDeep !== null) errors.push({ message: `it is nested more than ${DEEPEST} levels deep`, at: at(tooDeep) });
  try {
    errors.push(...repeatedKeys(document).map((offset) => ({ message: 'Map keys must be unique', at: at(offset) })));
    if (errors.length === 0) value = contentOf(document);
  } catch (error) {
    // The library's message would quote the alias, and a key that begins with * is one.
    const message =
      error instanceof Entangled
        ? error.message
        : error instanceof RangeError
          ? 'it is nested too deeply'
          : 'an alias (*name) has no anchor, or expands to too much';
    errors.push({ message, at: at(aliasOffset(document)) });
  }
  return {
    written(path) {
      whole ??= writtenValue(document);
      return path.reduce<unknown>(
        (value, key) =>
          value instanceof Map ? value.get(String(key)) : Array.isArray(value) ? value[Number(key)] : undefined,
        whole,
      );
    },
    value,
    errors,
    locate(path) {
      for (let length = path.length; length > 0; length--) {
        const node = find(path.slice(0, length));
        if (isNode(node) && node.range) return at(node.range[0]);
      }
      return { line: 1, column: 1 };
    },
  };
}

/** Aliases that lead back to the value that they are in, or too deep. */
class Entangled extends Error {
  override readonly name = 'Entangled';
}

/** @throws Entangled, or an error of the library for aliases without an anchor, or too many of them */
function contentOf(document: Document): unknown {
  const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  const depth = depthOf(value);
  if (depth === Number.POSITIVE_INFINITY) throw new Entangled('a value contains itself, by an alias (*name)');
  if (depth > DEEPEST) throw new Entangled(`it is nested more than ${DEEPEST} levels deep, by aliases (*name)`);
  return value;
}

/** How deep a value is; infinitely if it contains itself. Each part is looked at once, however often it is contained. */
export function depthOf(value: unknown): number {
  /** Those of the values around the current one are infinite. */
  const depths = new Map<unknown, number>();
  const open: { holder: object; inner: object[]; depth: number }[] = [];
  const enter = (holder: object) => {
    depths.set(holder, Number.POSITIVE_INFINITY);
    const inner = Object.values(holder).filter((one) => typeof one === 'object' && one !== null);
    open.push({ holder, inner, depth: 1 });
  };
  if (typeof value !== 'object' || value === null) return 0;
  enter(value);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.inner.at(-1);
    const known = depths.get(next);
    if (next === undefined) {
      depths.set(top.holder, top.depth);
      open.pop();
    } else if (known === undefined) enter(next);
    else if (known === Number.POSITIVE_INFINITY) return known;
    else {
      top.depth = Math.max(top.depth, known + 1);
      top.inner.pop();
    }
  }
  return depths.get(value) ?? 0;
}

/** The first document of a file, the only one that counts, with an error if there are more. */
function composed(tokens: CST.Token[]): Document.Parsed {
  const [first, second] = documentsOf(tokens);
  if (second !== undefined) {
    const message = 'there is more than one document in it';
    first?.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', message));
  }
  return first as Document.Parsed;
}

/**
 * Composes documents. A text can have a syntax error at every character, and to collect the stack of each would take
 * four times as long as everything else.
 */
function documentsOf(tokens: CST.Token[]): Document.Parsed[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return [...new Composer(COMPOSING).compose(tokens, true)];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The tokens of a text, and the offset of the first value that is nested too deeply; null if none
 * is.
 */
function tokensOf(text: string, lineCounter: LineCounter): { tokens: CST.Token[]; tooDeep: number | null } {
  const tokens: CST.Token[] = [];
  try {
    for (const token of new Parser(lineCounter.addNewLine).parse(text)) tokens.push(token);
  } catch (error) {
    // The parser closes nested block maps by recursion.
    if (!(error instanceof RangeError)) throw error;
    return { tokens: [], tooDeep: 0 };
  }
  return { tokens, tooDeep: tokens.map(deepOffset).find((offset) => offset !== null) ?? null };
}

/**
 * The offset of the first value that is nested too deeply; null if none is. The library composes
 * values by recursion, and if they are deep enough Node.js aborts instead of throwing.
 */
function deepOffset(token: CST.Token): number | null {
  const rest: { token: CST.Token; depth: number }[] = [{ token, depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST) return token.offset;
    const inner =
      'items' in token
        ? token.items.flatMap((item) => [item.key ?? [], item.value ?? []].flat())
        : token.type === 'document'
          ? [token.value ?? []].flat()
          : [];
    for (const one of inner) rest.push({ token: one, depth: depth + 1 });
  }
  return null;
}

/**
 * The offsets of repeated keys. The library compares each key with all others, which is quadratic.
 */
function repeatedKeys(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) offsets.push(key.range?.[0] ?? 0);
        seen.add(key.value);
      }
    },
  });
  return offsets.slice(0, MOST_ERRORS);
}

/**
 * Finds nodes by their paths. The library searches a map for each key, which is quadratic for whoever asks for all.
 */
function finder(document: Document): (path: PropertyKey[]) => unknown {
  const indexes = new Map<YAMLMap, Map<string, unknown>>();
  const indexOf = (map: YAMLMap): Map<string, unknown> => {
    const entries = () => map.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), value] as const);
    const index = indexes.get(map) ?? new Map(entries());
    indexes.set(map, index);
    return index;
  };
  return (path) =>
    path.reduce<unknown>((node, key) => {
      if (isMap(node)) return indexOf(node).get(String(key));
      return isSeq(node) ? node.items[Number(key)] : undefined;
    }, document.contents);
}

/** The offset of the first alias. */
function aliasOffset(document: Document): number {
  let offset = 0;
  try {
    visit(document, {
      Alias(_, { range }) {
        offset = range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
  } catch {
    // A document too deep to convert is also too deep to walk.
  }
  return offset;
}

/** The value of a parsed document, with numbers and the order of keys as written. */
function writtenValue(document: Document): unknown {
  visit(document, {
    Scalar(role, node) {
      if (typeof node.value !== 'number' && typeof node.value !== 'bigint') return;
      const { source = String(node.value) } = node;
      node.value = role === 'key' ? source : numberIn(source, node.value);
    },
  });
  return document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASES });
}

/** YAML also has `+1`, `0x1f`, `.5` and infinity. */
function numberIn(source: string, value: number | bigint): number | JsonNumber {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(source)) return numberOf(source);
  if (/^(?:\+?\d{1,400}|0[xo][\da-fA-F]{1,400})$/.test(source))
    return numberOf(BigInt(source.replace('+', '')).toString());
  return Number(value);
}
