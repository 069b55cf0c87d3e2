import { Composer, type CST, type Document, isNode, isScalar, LineCounter, Parser, visit, YAMLParseError } from 'yaml';
import { type JsonNumber, numberOf } from '../json/number.ts';

/** A place in a file; lines and columns count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A parsed YAML or JSON text, with the way back from a value to its place. */
export interface SourceDocument {
  value: unknown;
  /** What keeps the text from being read, with places; empty when it could be read. */
  errors: { message: string; at: Position }[];
  /**
   * The value at a path of keys as it was written: numbers that JavaScript would print in another way are `JsonNumber`s,
   * and a map is a `Map`, which keeps the order of its keys. Undefined where there is none.
   */
  written(path: PropertyKey[]): unknown;
  /** The place of the value at a path of keys, or of the nearest one around it that exists. */
  locate(path: PropertyKey[]): Position;
}

/** No config, catalog or list of checks is nested like that. */
const DEEPEST = 500;

/** So many repeated keys are told of. */
const MOST_REPEATED = 20;

/** How much aliases may stand for: more is an attack on the memory. */
const MOST_ALIASES = 100;

/** Parses YAML, and JSON as a subset of it. Never throws: syntax errors are part of the result. */
export function parseSource(text: string): SourceDocument {
  const lineCounter = new LineCounter();
  const { tokens, tooDeep } = tokensOf(text, lineCounter);
  // Warnings of the library would go to the terminal as they are, with texts of the file in them.
  const document = composed(tooDeep === null ? tokens : []);
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  let whole: unknown;
  let value: unknown;
  const errors = document.errors.map(({ message, pos }) => ({ message, at: at(pos[0]) }));
  if (tooDeep !== null) errors.push({ message: `it is nested more than ${DEEPEST} levels deep`, at: at(tooDeep) });
  try {
    errors.push(...repeatedKeys(document).map((offset) => ({ message: 'Map keys must be unique', at: at(offset) })));
    if (errors.length === 0) value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    // The message would show the name of the alias, and a key that begins with * is one.
    const message =
      error instanceof RangeError
        ? 'it is nested too deeply'
        : 'an alias (*name) has no anchor, or stands for too much';
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
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return at(node.range[0]);
      }
      return { line: 1, column: 1 };
    },
  };
}

/** The first document of a file, the only one that counts, with an error where there are more. */
function composed(tokens: CST.Token[]): Document.Parsed {
  const composer = new Composer({ prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const [first, second] = [...composer.compose(tokens, true)];
  if (second !== undefined) {
    const message = 'there is more than one document in it';
    first?.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', message));
  }
  return first as Document.Parsed;
}

/** The tokens of a text, and where in it the first value stands that is nested too deeply; null when none is. */
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
 * Where the first value stands that is nested too deeply; null when none is. The library composes values by recursion,
 * and in what is deep enough Node.js does not throw but abort.
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

/** Where a key stands that its map has already. The library compares each with all others, which is quadratic. */
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
  return offsets.slice(0, MOST_REPEATED);
}

/** Where the first alias stands. */
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
    // A document that is too deep for the library to convert is too deep for it to walk through.
  }
  return offset;
}

/** The value of a document that has been read, with numbers and the order of keys as they were written. */
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
  if (/^(?:\+?\d+|0[xo][\da-fA-F]+)$/.test(source)) return numberOf(BigInt(source.replace('+', '')).toString());
  return Number(value);
}
