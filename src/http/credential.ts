import type { Auth } from '../model/catalog.ts';

/** The value of the header or parameter that carries a key. */
export function credentialWith({ value, base64 }: Pick<Auth, 'value' | 'base64'>, key: string): string {
  return value.replace('{key}', () => (base64 ? Buffer.from(key).toString('base64') : key));
}
