import { isNumber } from '../../json/number.ts';
import { isOwn } from '../../json/own.ts';
import { parseJson } from '../../json/read.ts';

/** The depth and the number of texts to search. */
const DEEPEST = 8;
const MOST_MEMBERS = 100;

/** A body in which texts that are JSON objects or lists are those; the same value where there are none. */
export function unfold(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return unfoldText(value, depth);
  if (typeof value !== 'object' || value === null || depth > DEEPEST || isNumber(value)) return value;
  if (Array.isArray(value)) return unfoldItems(value, depth);
  let changed: Record<string, unknown> | null = null;
  let members = 0;
  for (const key in value) {
    if (++members > MOST_MEMBERS || !isOwn.call(value, key)) break;
    const inner = (value as Record<string, unknown>)[key];
    const unfolded = unfold(inner, depth + 1);
    if (unfolded === inner) continue;
    changed ??= { ...value };
    changed[key] = unfolded;
  }
  return changed ?? value;
}

function unfoldItems(items: unknown[], depth: number): unknown[] {
  let changed: unknown[] | null = null;
  for (let i = 0; i < items.length && i < MOST_MEMBERS; i++) {
    const unfolded = unfold(items[i], depth + 1);
    if (unfolded === items[i]) continue;
    changed ??= [...items];
    changed[i] = unfolded;
  }
  return changed ?? items;
}

function unfoldText(text: string, depth: number): unknown {
  if (text.length < 7) return text;
  let start = text.charCodeAt(0);
  if (start <= 0x20 || start >= 0x80) start = text.trimStart().charCodeAt(0);
  // { and [
  if (start !== 0x7b && start !== 0x5b) return text;
  const parsed = parseJson(text);
  return typeof parsed === 'object' && parsed !== null && !isNumber(parsed) ? unfold(parsed, depth + 1) : text;
}
