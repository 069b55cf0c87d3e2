/** The value at a JSON Pointer (RFC 6901), or undefined if there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  return valueBy(document, keysOf(pointer));
}

/** The value below a key in each of the ones before, or undefined if there is none. */
export function valueBy(document: unknown, keys: string[]): unknown {
  let value = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    const inner = (value as Record<string, unknown>)[key];
    // Most members are missing, and the rest is asked only about the others: a pointer takes 40 ns instead of 100 ns.
    if (inner === undefined || !Object.hasOwn(value, key)) return undefined;
    value = inner;
  }
  return value;
}

/** There are few pointers, and each is used for every body. */
const MOST_KNOWN = 5000;
const known = new Map<string, string[]>();

/** The reference tokens of a JSON Pointer, unescaped. */
export function keysOf(pointer: string): string[] {
  const found = known.get(pointer);
  if (found !== undefined) return found;
  const keys = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(pointer, keys);
  return keys;
}

/** A key as a reference token of a JSON Pointer, escaped (RFC 6901, section 3). */
export function pointerToken(key: string): string {
  return key.includes('~') || key.includes('/') ? `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${key}`;
}
