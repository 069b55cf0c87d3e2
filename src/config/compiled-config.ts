import type { Locate } from '../schema/validate.ts';
import { maskKnownSecrets } from '../secrets/formats.ts';
import { isSensitiveName, looksLikeCredential } from '../secrets/names.ts';
import type { ConfigLayer } from './layer.ts';

/** A config without the need for a search and a parser: its file, its value, and the lines and columns of its parts by their paths as JSON. */
export interface CompiledConfig {
  path: string;
  value: ConfigLayer['value'];
  places: Record<string, [line: number, column: number]>;
}

/** No config is so large; compiled, it would take longer to read than to parse. */
const MOST_PLACES = 5000;

/** A config to keep; null if it may hold a secret, which must not be copied anywhere. */
export function compiledConfig(
  path: string,
  { value, locate }: Pick<ConfigLayer, 'value' | 'locate'>,
): CompiledConfig | null {
  const places: CompiledConfig['places'] = {};
  let count = 0;
  const isKept = (part: unknown, at: PropertyKey[]): boolean => {
    const { line, column } = locate(at);
    places[JSON.stringify(at)] = [line, column];
    if (++count > MOST_PLACES) return false;
    if (typeof part === 'string') return !mayBeSecret(part, at);
    if (typeof part !== 'object' || part === null) return true;
    const isList = Array.isArray(part);
    return Object.entries(part).every(([key, inner]) => isKept(inner, [...at, isList ? Number(key) : key]));
  };
  return isKept(value, []) ? { path, value, places } : null;
}

/** A compiled config as if it had just been parsed. */
export function fromCompiled({ value, places }: Omit<CompiledConfig, 'path'>): Pick<ConfigLayer, 'value' | 'locate'> {
  const locate: Locate = (path) => {
    for (let length = path.length; length >= 0; length--) {
      const place = places[JSON.stringify(path.slice(0, length))];
      if (place !== undefined) return { line: place[0], column: place[1] };
    }
    return { line: 1, column: 1 };
  };
  return { value, locate };
}

/** Where addresses and paths are. */
const ADDRESSES = new Set(['$schema', 'baseUrl', 'catalog', 'catalogs', 'file', 'openapi']);

/** Words that stand before a key, and places for one: what remains beside these was written by hand. */
const NO_SECRET = /\$\{\w+\}|\{key\}|\b(?:bearer|basic|token|apikey)\b/gi;

/** The names of folders and hosts are shorter, or have no digits. */
const isLongAndNumbered = (part: string): boolean => part.length >= 16 && /\d/.test(part);

/** True unless a text certainly holds no secret: a wrong guess only costs time. */
function mayBeSecret(text: string, path: PropertyKey[]): boolean {
  const [name = '', around] = path.filter((key) => typeof key === 'string').toReversed();
  // The name of a variable.
  if (name === 'env') return false;
  const rest = text.replaceAll(NO_SECRET, ' ').trim();
  if (around === 'command' || name === 'command') return true;
  if (name === 'key' || isSensitiveName(name)) return rest !== '';
  if (maskKnownSecrets(rest, '') !== rest) return true;
  if (ADDRESSES.has(name)) return /[?@]/.test(rest) || rest.split(/[/.]/).some(isLongAndNumbered);
  return rest.split(/[\s,;=:]+/).some(looksLikeCredential);
}
