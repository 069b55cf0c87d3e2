import { JsonNumber } from './number.ts';
import { compact } from './print.ts';
import { JsonText } from './text.ts';

/**
 * Like `JSON.stringify` on one line, except that numbers and texts of JSON are printed as written,
 * and a `Map` as an object in its own order. Undefined for a value without JSON.
 */
export function stringify(value: unknown): string | undefined {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof JsonText) return compact(value.text);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => stringify(item) ?? 'null').join(',')}]`;
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries.flatMap(([name, member]) => {
    const text = stringify(member);
    return text === undefined ? [] : `${JSON.stringify(String(name))}:${text}`;
  });
  return `{${members.join(',')}}`;
}
