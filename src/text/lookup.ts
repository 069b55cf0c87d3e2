/** The value under a key from outside; a name that every object inherits, such as `constructor`, is none. */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  const found = table[key];
  return found !== undefined && Object.hasOwn(table, key) ? found : undefined;
}
