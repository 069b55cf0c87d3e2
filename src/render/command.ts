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

/**
 * The same call with the fix in place, as a line for a shell. What may be a secret stands as a variable.
 *
 * @param isSensitive true for a header whose value is a credential
 */
export function renderFixed(call: SpokenCall, fix: Fix, isSensitive: (name: string) => boolean): string {
  const headers = new Map(Object.entries(call.headers));
  if (fix.header !== undefined) {
    const [name, value] = fix.header;
    for (const given of headers.keys()) if (given.toLowerCase() === name.toLowerCase()) headers.delete(given);
    headers.set(name, value);
  }
  const data = fix.data ?? call.data;
  const words = [
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
    ...(call.mock === undefined ? [] : ['--mock']),
  ];
  return words.join(' ');
}

/** The target with its path put right; its origin and query stay. */
function targetOf(target: string, path: Fix['path']): string {
  if (path === undefined) return target;
  const [, origin = '', old = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)(.*)$/i.exec(target) ?? [];
  if (path === 'single-slashes') return `${origin}${old.replaceAll(/\/{2,}/g, '/')}${query}`;
  const once = old.replace(/(\/(?:api\/)?v\d+)\1(?=\/|$)/i, '$1');
  // The other one stands in the base URL.
  return `${origin}${once === old ? old.replace(/^\/(?:api\/)?v\d+(?=\/|$)/i, '') : once}${query}`;
}
