import { isNode, LineCounter, parseDocument } from 'yaml';

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
  return {
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
