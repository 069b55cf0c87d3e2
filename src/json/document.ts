import { JsonNumber } from './number.ts';
import { indented } from './print.ts';
import { slices } from './slices.ts';
import { JsonText, type Leaf, mapLeaves } from './text.ts';

/** How long a piece is, in characters. */
const PIECE = 64 * 1024;

/** Changes the contents of strings, see `mapLeaves`. */
type Change = (leaf: Leaf) => string;

/**
 * A value that is printed as a JSON document over several lines, in the layout of `JSON.stringify`. It is made in pieces:
 * as one text it would take several times as much memory as the longest string in it, which a server chooses.
 */
export class JsonDocument {
  /** @param value numbers and texts of JSON in it are printed as they were written */
  constructor(readonly value: object) {}

  /** The text piece by piece, with a line break at its end. */
  *pieces(change: Change = ({ content }) => content): Iterable<string> {
    let piece = '';
    for (const part of print(this.value, 0, null, change)) {
      piece += part;
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    yield `${piece}\n`;
  }

  toString(): string {
    return [...this.pieces()].join('');
  }
}

function* print(value: unknown, level: number, name: string | null, change: Change): Iterable<string> {
  if (value instanceof JsonNumber) yield value.text;
  else if (value instanceof JsonText) yield* slices(indented(mapLeaves(value.text, change), level), PIECE);
  else if (typeof value === 'string') yield* quoted(change({ kind: 'string', content: value, name }));
  else if (Array.isArray(value)) {
    yield* enclosed(['[', ']'], value.entries(), level, function* ([, item]) {
      yield* print(item ?? null, level + 1, null, change);
    });
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    yield* enclosed(['{', '}'], members, level, function* ([member, content]) {
      yield `${JSON.stringify(member)}: `;
      yield* print(content, level + 1, member, change);
    });
  } else yield JSON.stringify(value);
}

function* enclosed<T>(
  [open, close]: [string, string],
  items: Iterable<T>,
  level: number,
  printItem: (item: T) => Iterable<string>,
): Iterable<string> {
  const margin = `\n${'  '.repeat(level)}`;
  let isEmpty = true;
  for (const item of items) {
    yield `${isEmpty ? open : ','}${margin}  `;
    yield* printItem(item);
    isEmpty = false;
  }
  yield isEmpty ? open + close : margin + close;
}

function* quoted(text: string): Iterable<string> {
  yield '"';
  for (const slice of slices(text, PIECE)) yield JSON.stringify(slice).slice(1, -1);
  yield '"';
}
