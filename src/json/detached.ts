import { JsonNumber } from './number.ts';
import { JsonText } from './text.ts';

/** V8 copies what is shorter (`SlicedString::kMinLength`). */
const SHORTEST_SLICE = 13;

/**
 * A copy of a value that keeps no other text in memory: V8 holds on to the whole of a long text for the sake of any slice
 * of it, such as a message that was found in a body of 10 MiB.
 */
export function detached<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value === 'string') {
    // UTF-16, in which half a surrogate pair stays what it is.
    return value.length < SHORTEST_SLICE ? value : Buffer.from(value, 'utf16le').toString('utf16le');
  }
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return value;
  if (value instanceof JsonText) return new JsonText(detached(value.text));
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [detached(name), copyOf(member)]));
}
