import { JsonNumber } from '../../json/number.ts';

/** A text that says something, or a number as it was written. */
export function textOf(value: unknown): string | null {
  if (value instanceof JsonNumber || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
