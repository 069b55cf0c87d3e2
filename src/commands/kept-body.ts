import type { JsonText } from '../json/text.ts';

/**
 * The body to keep: all of it, or the beginning of its text if that is longer than `most`
 * characters.
 */
export function keptBody<T extends JsonText | string | null>(body: T, most: number): T | string {
  const text = body === null ? '' : String(body);
  return text.length <= most ? body : `${text.slice(0, most)}…`;
}
