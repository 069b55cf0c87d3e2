import { readLiteral } from './literal.ts';

/** JSON as it was before it was put into a string, its value, and where it ends in the text. */
interface Escaped {
  written: string;
  value: unknown;
  end: number;
}

/** How often JSON is put into a string of another: a log of a log. */
const DEEPEST = 3;

const SPACES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/**
 * Reads JSON whose quotes are escaped, `{\"error\":\"x\"}`, as it stands in a string of a log or of other JSON (RFC 8259,
 * section 7). Linear in the length of the text.
 *
 * @param at where its `{` or `[` stands
 */
export function readEscapedJson(text: string, at: number, depth = 0): Escaped | null {
  if (depth === DEEPEST || !/^[{[](?:[\s{[]|\\[nrt]){0,20}\\+["}]/.test(text.slice(at, at + 64))) return null;
  const { plain, ends } = unescaped(text, at);
  const read = readLiteral(plain, 0);
  const inner = read === null ? readEscapedJson(plain, 0, depth + 1) : { ...read, written: plain.slice(0, read.end) };
  return inner === null ? null : { ...inner, end: ends[inner.end - 1] ?? text.length };
}

/** A string's content up to its closing quote, and for each character where it ends in the text. */
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
