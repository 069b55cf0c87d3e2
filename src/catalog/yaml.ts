import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
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

/** Parses YAML, and JSON as a subset of it. Never throws: syntax errors are part of the result. */
export function parseSource(text: string): SourceDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  let whole: unknown;
  return {
    written(path) {
      whole ??= writtenValue(document);
      return path.reduce<unknown>(
        (value, key) =>
          value instanceof Map ? value.get(String(key)) : Array.isArray(value) ? value[Number(key)] : undefined,
        whole,
      );
    },
    value: document.errors.length === 0 ? document.toJS({ maxAliasCount: 100 }) : undefined,
    errors: document.errors.map(({ message, pos }) => ({ message, at: at(pos[0]) })),
    locate(path) {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return at(node.range[0]);
      }
      return { line: 1, column: 1 };
    },
  };
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
  return document.toJS({ mapAsMap: true, maxAliasCount: 100 });
}

/** YAML also has `+1`, `0x1f`, `.5` and infinity. */
function numberIn(source: string, value: number | bigint): number | JsonNumber {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(source)) return numberOf(source);
  if (/^(?:\+?\d+|0[xo][\da-fA-F]+)$/.test(source)) return numberOf(BigInt(source.replace('+', '')).toString());
  return Number(value);
}
