import { JsonNumber, plainNumber } from '../../json/number.ts';

/** The most that is taken of a text in a body, in characters. */
export const LONGEST_TEXT = 4000;

/** A text that says something, or a number as it was written. What is too long to say something ends with an ellipsis. */
export function textOf(value: unknown): string | null {
  if (value instanceof JsonNumber || (typeof value === 'number' && Number.isFinite(value))) return cut(String(value));
  return typeof value === 'string' && value.trim() !== '' ? cut(value) : null;
}

/** True for a text that is only the beginning of a longer one. */
export function isCut(text: string): boolean {
  return text.length > LONGEST_TEXT && text.endsWith('…');
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** A status as number or text; null for what is none. */
export function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' ? Number(value) : plainNumber(value);
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 999 ? status : null;
}
