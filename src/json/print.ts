import { TextBuilder } from './builder.ts';
import {
  beginsNumber,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isName,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  scan,
} from './scan.ts';

/** The kind of a token, as far as it is shown in a way of its own. */
export type TokenKind = 'name' | 'string' | 'number' | 'literal' | 'punctuation';

/** Changes how a token looks, not what it says. */
export type Paint = (token: string, kind: TokenKind) => string;

function tokenKind(text: string, first: number, end: number): TokenKind {
  if (first === QUOTE) return isName(text, first, end) ? 'name' : 'string';
  if (beginsNumber(first)) return 'number';
  // Of all other tokens only true, false and null begin with a letter in lower case.
  return first >= 0x61 && first <= 0x7a ? 'literal' : 'punctuation';
}

/** A JSON text in its own layout, with its tokens painted. */
export function painted(text: string, paint: Paint): string {
  const result = new TextBuilder();
  let ended = 0;
  scan(text, (first, start, end) => {
    result.add(text.slice(ended, start) + paint(text.slice(start, end), tokenKind(text, first, end)));
    ended = end;
  });
  result.add(text.slice(ended));
  return result.toString();
}

/** Deeper values are printed on one line: indentation alone would be quadratic in the depth. */
const DEEPEST_INDENTED = 100;

/** A JSON text without insignificant white space. If it has none, the same text is returned. */
export function compact(text: string): string {
  const result = new TextBuilder();
  let copied = 0;
  let ended = 0;
  scan(text, (_, start, end) => {
    if (start > ended) {
      result.add(text.slice(copied, ended));
      copied = start;
    }
    ended = end;
  });
  if (copied === 0 && ended === text.length) return text;
  result.add(text.slice(copied, ended));
  return result.toString();
}

/**
 * Longer texts keep their own layout, in characters: indentation can make one twenty times as long.
 */
export const LONGEST_INDENTED = 1024 * 1024;

/**
 * A JSON text on several lines in the layout of `JSON.stringify`, two spaces per level; a very long
 * one unchanged.
 *
 * @param level the indentation of the lines after the first, in levels
 */
export function indented(text: string, level = 0, paint: Paint = (token) => token): string {
  if (text.length > LONGEST_INDENTED) return text;
  const result = new TextBuilder();
  let depth = level;
  let opened = false;
  const lineBreak = () => (depth > DEEPEST_INDENTED ? '' : `\n${'  '.repeat(depth)}`);
  scan(text, (kind, start, end) => {
    const token = paint(text.slice(start, end), tokenKind(text, kind, end));
    if (kind === CLOSE_LIST || kind === CLOSE_OBJECT) {
      // A container printed on one line is also closed on it.
      const inner = depth > DEEPEST_INDENTED;
      depth--;
      result.add(opened || inner ? token : lineBreak() + token);
      opened = false;
      return;
    }
    if (opened) result.add(lineBreak());
    opened = kind === OPEN_LIST || kind === OPEN_OBJECT;
    if (opened) depth++;
    if (kind === COMMA) result.add(token + lineBreak());
    else if (kind === COLON) result.add(depth > DEEPEST_INDENTED ? token : `${token} `);
    else result.add(token);
  });
  return result.toString();
}
