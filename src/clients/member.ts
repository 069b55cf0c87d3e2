/** The member of a value at names joined by dots; undefined where there is none, or a getter throws. */
export function memberAt(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null) return undefined;
    try {
      found = (found as Record<string, unknown>)[name];
    } catch {
      return undefined;
    }
  }
  return found;
}

/** The text at such a path, or null. */
export function textAt(value: unknown, path: string): string | null {
  const found = memberAt(value, path);
  return typeof found === 'string' && found !== '' ? found : null;
}
