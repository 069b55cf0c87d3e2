import { JsonNumber } from './number.ts';
import { compact, indented } from './print.ts';
import { JsonText } from './text.ts';

/**
 * Like `JSON.stringify` on one line, except that numbers and texts of JSON are printed as written,
 * and a `Map` as an object in its own order. Undefined for a value without JSON.
 */
export function stringify(value: unknown): string | undefined {
  return print(value, null);
}

/** Like `stringify`, on several lines. */
export function stringifyIndented(value: unknown): string | undefined {
  return print(value, 0);
}

/** @param level the indentation, or null for one line */
function print(value: unknown, level: number | null): string | undefined {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof JsonText) return level === null ? compact(value.text) : indented(value.text, level);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = level === null ? null : level + 1;
  const colon = level === null ? ':' : ': ';
  if (Array.isArray(value)) {
    return enclose(
      '[',
      value.map((item) => print(item, inner) ?? 'null'),
      ']',
      level,
    );
  }
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries.flatMap(([name, member]) => {
    const text = print(member, inner);
    return text === undefined ? [] : `${JSON.stringify(String(name))}${colon}${text}`;
  });
  return enclose('{', members, '}', level);
}

function enclose(open: string, parts: string[], close: string, level: number | null): string {
  if (level === null || parts.length === 0) return open + parts.join(',') + close;
  const margin = '  '.repeat(level);
  return `${open}\n${margin}  ${parts.join(`,\n${margin}  `)}\n${margin}${close}`;
}
