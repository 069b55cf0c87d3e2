import { isJson } from '../json/valid.ts';

/**
 * Locates the error in invalid JSON, as `: line 2, column 5`; null for valid JSON. The text itself
 * is left out: it may contain secrets.
 */
export function jsonProblem(text: string): string | null {
  if (isJson(text)) return null;
  const offset = errorOffset(text);
  if (offset === text.length) return ': it ends too early';
  const before = text.slice(0, offset).split('\n');
  return `: line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/**
 * The first character that is not allowed there. JSON.parse does not always report its position,
 * but does tell whether a text is merely incomplete, so a binary search finds the longest valid
 * prefix.
 */
function errorOffset(text: string): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (couldGoOn(text.slice(0, middle + 1))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const message = String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    return /end of JSON input|Unterminated/.test(message) || Number(position ?? -1) >= beginning.length;
  }
}
