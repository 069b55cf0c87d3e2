import type { Fix } from '../../model/diagnosis.ts';
import { shellCommand, type Variable, type Word } from '../../text/shell.ts';
import { variableOf } from './request.ts';

/** The arguments of a `call` that matter for repeating it. */
export interface SpokenCall {
  method: string;
  target: string;
  api?: string | undefined;
  query: [string, string][];
  headers: Record<string, string>;
  /** The options that give the body. */
  body: string[][];
  mock?: string | true | undefined;
}

/** The location of an API's key, for a command that repairs it. */
export interface KeyPlace {
  /** The header that carries it; null if unknown. */
  header: string | null;
  /** The variable that holds it, or should hold it. */
  variable: string;
  /** `nowhere` if none is configured. */
  place: 'variable' | 'config' | 'nowhere';
}

/**
 * A call with the fix applied, as a POSIX shell command line. Anything that may be a secret becomes
 * a variable.
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
  // The configured key is sent without being named.
  if (fix.key !== undefined) drop((name) => name.toLowerCase() === wanted || isSensitive(name));
  if (fix.header !== undefined) {
    const [name, value] = fix.header;
    drop((given) => given.toLowerCase() === name.toLowerCase());
    headers.set(name, value);
  }
  const body = fix.data === undefined ? call.body : [['-d', fix.data]];
  return shellCommand({
    assign: fix.key === undefined ? [] : assignment(fix.key, key, byHand),
    program: ['errprobe', 'call'],
    positionals: [fix.method ?? call.method, targetOf(call.target, fix.path)],
    options: [
      ...(call.api === undefined ? [] : [['--api', call.api]]),
      ...call.query.map(([name, value]) => ['-q', `${name}=${value}`]),
      ...[...headers].map(([name, value]): Word[] => ['-H', headerWord(name, value, isSensitive)]),
      ...body,
      ...(fix.idempotencyKey ? [['--idempotency-key', 'auto']] : []),
      ...(call.mock === undefined ? [] : [['--mock']]),
    ],
  });
}

function headerWord(name: string, value: string, isSensitive: (name: string) => boolean): Word {
  if (value === '') return `${name}:`;
  return isSensitive(name) ? [`${name}: `, { variable: variableOf(name) }] : `${name}: ${value}`;
}

/** The characters to strip from a key's variable to repair it. */
const STRIPS: Record<Exclude<NonNullable<Fix['key']>, 'send' | 'replace'>, NonNullable<Variable['strip']>> = {
  'strip-scheme': 'scheme',
  'strip-name': 'name',
  'strip-quotes': 'quotes',
  'strip-spaces': 'spaces',
  'strip-invisible': 'invisible',
};

/**
 * Sets the key's variable for this one command; nothing if the configured key only has to be sent.
 */
function assignment(
  fix: NonNullable<Fix['key']>,
  { place, variable }: KeyPlace,
  byHand: boolean,
): [variable: string, value: Word][] {
  if (place !== 'nowhere' && (byHand || fix === 'send')) return [];
  const strip = place === 'variable' && fix !== 'send' && fix !== 'replace' ? STRIPS[fix] : null;
  return [[variable, strip === null ? '<key>' : [{ variable, strip }]]];
}

/** The target with its path corrected; origin and query stay. */
function targetOf(target: string, path: Fix['path']): string {
  if (path === undefined) return target;
  const [, origin = '', old = '', query = ''] = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)(.*)$/i.exec(target) ?? [];
  if (path === 'other-slash')
    return `${origin}${old.endsWith('/') ? old.replace(/(?<!\/)\/+$/, '') : `${old}/`}${query}`;
  if (path === 'single-slashes') return `${origin}${old.replaceAll(/\/{2,}/g, '/')}${query}`;
  const once = old.replace(/(\/(?:api\/)?v\d+)\1(?=\/|$)/i, '$1');
  // The base URL already has the other version.
  return `${origin}${once === old ? old.replace(/^\/(?:api\/)?v\d+(?=\/|$)/i, '') : once}${query}`;
}
