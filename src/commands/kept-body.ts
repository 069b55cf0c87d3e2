import type { JsonText } from '../json/text.ts';

/** A body as far as it is kept: whole, or the beginning of its text where that is longer than `most` characters. */
export function keptBody<T extends JsonText | string | null>(body: T, most: number): T | string {
  const text = body === null ? '' : String(body);
  return text.length <= most ? body : `${text.slice(0, most)}…`;
}
