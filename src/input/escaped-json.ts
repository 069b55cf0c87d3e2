import { readLiteral } from './literal.ts';

/** Unescaped JSON, its value, and where it ends in the text. */
interface Escaped {
  written: string;
  value: unknown;
  end: number;
}

/** How many levels of escaping to undo: a log within a log. */
const DEEPEST = 3;

const SPACES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads JSON with escaped quotes, `{\"error\":\"x\"}`, as embedded in a string of a log or of other
 * JSON (RFC 8259, section 7). Linear in the length of the text.
 *
 * @param at the index of its `{` or `[`
 */
export function readEscapedJson(text: string, at: number, depth = 0): Escaped | null {
  if (depth === DEEPEST || !/^[{[](?:[\s{[]|\\[nrt]){0,20}\\+["}]/.test(text.slice(at, at + 64))) return null;
  const { plain, ends } = unescaped(text, at);
  const read = readLiteral(plain, 0);
  const inner = read === null ? readEscapedJson(plain, 0, depth + 1) : { ...read, written: plain.slice(0, read.end) };
  return inner === null ? null : { ...inner, end: ends[inner.end - 1] ?? text.length };
}

/** A string's content up to its closing quote, and where each character ends in the text. */
function unescaped(text: string, from: number): { plain: string; ends: number[] } {
  const ends: number[] = [];
  let plain = '';
  for (let at = from; at < text.length && text[at] !== '"'; at++) {
    const next = text[at + 1] ?? '';
    const isEscape = text[at] === '\\' && /["'\\/nrt]/.test(next);
    if (isEscape) at++;
    plain += isEscape ? (SPACES[next] ?? next) : text[at];
    ends.push(at + 1);
  }
  return { plain, ends };
}
