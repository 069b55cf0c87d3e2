import { isNumber } from './number.ts';

/**
 * The text of a string, a number or a boolean; empty for anything else. `String` would call `toString`, which an object
 * of a hostile JSON text has as a member that cannot be called.
 */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' || isNumber(value) ? String(value) : '';
}

/** The number that a scalar stands for; NaN for anything else. */
export function scalarNumber(value: unknown): number {
  const text = scalarText(value);
  return text === '' ? Number.NaN : Number(text);
}
