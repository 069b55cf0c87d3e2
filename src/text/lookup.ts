/** The value under a key from outside; a name that every object inherits, such as `constructor`, is none. */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
