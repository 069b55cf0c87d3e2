import { fingerprint } from '../../http/fingerprint.ts';
import type { Prepared } from '../../http/request.ts';
import type { ApiSettings, Key } from '../../model/settings.ts';
import type { ShownKey } from '../../render/error/request.ts';
import { MASK } from '../../secrets/secrets.ts';

/** How to show the key of a request; null if it has none. */
export function shownKey({ withKey }: Prepared, { auth, key }: ApiSettings): ShownKey | null {
  if (auth === null || key === null || !withKey) return null;
  return {
    header: auth.query === undefined ? auth.header.toLowerCase() : null,
    query: auth.query ?? null,
    isBasic: auth.base64 === true && /^basic \{key\}$/i.test(auth.value),
    masked: auth.value.replace('{key}', MASK),
    credential: credentialOf(auth.value, key),
    origin: `from ${key.from}, fingerprint ${fingerprint(key)}`,
  };
}

/** The value of the key's header in parts, with variables for the key. */
function credentialOf(value: string, { variable, user }: Key): ShownKey['credential'] {
  const at = value.indexOf('{key}');
  const name = user === undefined ? [] : [{ variable: user }, ':'];
  return [value.slice(0, at), ...name, { variable }, value.slice(at + '{key}'.length)];
}
