import { parseEnv } from 'node:util';
import { readTextFile } from '../input/read-source.ts';
import type { Effects } from '../model/effects.ts';
import { isSensitiveName } from '../secrets/names.ts';
import type { Secrets } from '../secrets/secrets.ts';

/**
 * The effects with the variables of a file, as Node.js reads it; those of the environment come first.
 * Values of variables that are named like credentials are registered as secrets.
 *
 * @throws UsageError when it cannot be read
 */
export async function withEnvFile(file: string, effects: Effects, secrets: Secrets): Promise<Effects> {
  const variables = parseEnv(await readTextFile(file, effects.cwd, { signal: effects.signal, mayBeEmpty: true }));
  for (const [name, value] of Object.entries(variables)) if (value && isSensitiveName(name)) secrets.add(value);
  // The standard streams are getters, which must not run before they are needed.
  const own: Effects = Object.defineProperties({} as Effects, Object.getOwnPropertyDescriptors(effects));
  return Object.defineProperty(own, 'env', { value: { ...variables, ...effects.env }, enumerable: true });
}
