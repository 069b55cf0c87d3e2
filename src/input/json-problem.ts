import { invalidAt } from '../json/valid.ts';

/**
 * Locates the error in invalid JSON, as `: line 2, column 5`; null for valid JSON. The text itself
 * is left out: it may contain secrets.
 */
export function jsonProblem(text: string): string | null {
  const offset = invalidAt(text);
  if (offset === null) return null;
  if (offset === text.length) return ': it ends too early';
  const before = text.slice(0, offset).split('\n');
  return `: line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
