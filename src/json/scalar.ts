import { isNumber } from './number.ts';

/**
 * The text of a string, a number or a boolean; empty for anything else. `String` would call
 * `toString`, which a hostile JSON object can replace with a member that is not a function.
 */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' || isNumber(value) ? String(value) : '';
}

/** The number in a scalar; NaN for anything else. */
export function scalarNumber(value: unknown): number {
  const text = scalarText(value);
  return text === '' ? Number.NaN : Number(text);
}
