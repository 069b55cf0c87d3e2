import type { Fix } from '../diagnosis/diagnosis.ts';
import { quote, variableOf } from './request.ts';

/** The words of a `call` that matter for saying it again. */
export interface SpokenCall {
  method: string;
  target: string;
  api?: string | undefined;
  query: [string, string][];
  headers: Record<string, string>;
  data?: string | undefined;
  mock?: string | true | undefined;
}

/** Where the key of an API is, for a command that repairs it. */
export interface KeyPlace {
  /** The header that the API reads it from; null where that is not known. */
  header: string | null;
  /** The variable that holds it, or the one that would. */
  variable: string;
  /** `nowhere` when none is configured. */
  place: 'variable' | 'config' | 'nowhere';
}

/**
 * The same call with the fix in place, as a line for a POSIX shell. What may be a secret stands as a variable.
 *
 * @param isSensitive true for a header whose value is a credential
 */
export function renderFixed(call: SpokenCall, fix: Fix, key: KeyPlace, isSensitive: (name: string) => boolean): string {
  const headers = new Map(Object.entries(call.headers));
  const drop = (drops: (name: string) => boolean) => {
    for (const given of headers.keys()) if (drops(given)) headers.delete(given);
  };
  const wanted = key.header?.toLowerCase();
  const byHand = [...headers.keys()].some((name) => name.toLowerCase() === wanted);
  // The key that is configured goes out by itself.
  if (fix.key !== undefined) drop((name) => name.toLowerCase() === wanted || isSensitive(name));
  if (fix.header !== undefined) {
    const [name, value] = fix.header;
    drop((given) => given.toLowerCase() === name.toLowerCase());
    headers.set(name, value);
  }
  const data = fix.data ?? call.data;
  const words = [
    ...(fix.key === undefined ? [] : assignment(fix.key, key, byHand)),
    'errprobe call',
    fix.method ?? call.method,
    quote(targetOf(call.target, fix.path)),
    ...(call.api === undefined ? [] : ['--api', call.api]),
    ...call.query.flatMap(([name, value]) => ['-q', quote(`${name}=${value}`)]),
    ...[...headers].flatMap(([name, value]) => [
      '-H',
      isSensitive(name) && value !== ''
        ? `"${name}: $${variableOf(name)}"`
        : quote(value === '' ? `${name}:` : `${name}: ${value}`),
    ]),
    ...(data === undefined ? [] : ['-d', quote(data)]),
    ...(fix.idempotencyKey ? ['--idempotency-key', 'auto'] : []),
    ...(call.mock === undefined ? [] : ['--mock']),
  ];
  return words.join(' ');
}

/** What takes away from a variable that which is no part of a key. */
const REPAIRS: Record<Exclude<NonNullable<Fix['key']>, 'send' | 'replace'>, (name: string) => string> = {
  'strip-scheme': (name) => `"\${${name}##* }"`,
  // A double quote, a single one and a backtick.
  'strip-quotes': (name) => `"$(printf %s "$${name}" | tr -d '\\042\\047\\140')"`,
  'strip-spaces': (name) => `"$(printf %s "$${name}" | tr -d '[:space:]')"`,
  'strip-invisible': (name) => `"$(printf %s "$${name}" | LC_ALL=C tr -cd '!-~')"`,
};

/** The key's variable with the right value, for this one command; none where the configured key only has to be sent. */
function assignment(fix: NonNullable<Fix['key']>, { place, variable }: KeyPlace, byHand: boolean): string[] {
  if (place !== 'nowhere' && (byHand || fix === 'send')) return [];
  const repair = place === 'variable' && fix !== 'send' && fix !== 'replace' ? REPAIRS[fix] : null;
  return [`${variable}=${repair === null ? "'<key>'" : repair(variable)}`];
}

/** The target with its path put right; its origin and query stay. */
function targetOf(target: string, path: Fix['path']): string {
  if (path === undefined) return target;
  const [, origin = '', old = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)(.*)$/i.exec(target) ?? [];
  if (path === 'other-slash') return `${origin}${old.endsWith('/') ? old.replace(/\/+$/, '') : `${old}/`}${query}`;
  if (path === 'single-slashes') return `${origin}${old.replaceAll(/\/{2,}/g, '/')}${query}`;
  const once = old.replace(/(\/(?:api\/)?v\d+)\1(?=\/|$)/i, '$1');
  // The other one stands in the base URL.
  return `${origin}${once === old ? old.replace(/^\/(?:api\/)?v\d+(?=\/|$)/i, '') : once}${query}`;
}
