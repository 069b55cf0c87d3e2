import type { PathId, RequiredHeader } from '../../model/catalog.ts';
import type { Field } from '../../model/diagnosis.ts';
import { type Failure, type Request, type Response, savedResponse } from '../../model/exchange.ts';
import type { Category } from '../../model/words.ts';
import type { Values } from '../../text/template.ts';
import type { RequestContext } from '../context.ts';
import { type Content, PLAIN_TEXT } from '../read/content.ts';

/** The facts that checks may use. */
export interface Facts extends RequestContext {
  request: Request;
  /** Empty if there was none. */
  response: Response;
  /** The body of the response, parsed. */
  content: Content;
  /** Parses the request's JSON body, once; undefined if it is not JSON. */
  json(): unknown;
  failure: Failure | null;
  category: Category;
  /** True if the response says no more than its status. */
  vague: boolean;
  /** The response's code, message and challenge, and the code of the entry that it matched. */
  said: string;
  /** The API's id and name, to tell whether a key is its own. */
  api: string;
  requiredHeaders: RequiredHeader[];
  pathIds: PathId[];
  /** The documented paths, `/v1/victims/{victim_id}`. */
  paths: string[];
  /** The values of the placeholders in the message's template. */
  values: Values;
  message: string | null;
  /** The documented size of what a check measures, in bytes; null if there is none. */
  limit: number | null;
  /** The fields that the response names. */
  fields: Field[];
  /** The local time in milliseconds since 1970, or null for an old exchange. */
  now: number | null;
}

/** For a saved exchange only the saved facts are known. */
export const NOTHING_SENT: RequestContext = {
  auth: null,
  origins: {},
  withheld: null,
  redirects: [],
  proxy: null,
  otherKeys: [],
  ownKey: null,
};

/** The facts of a request without any others. */
export const BLANK_FACTS: Omit<Facts, 'request'> = {
  ...NOTHING_SENT,
  response: savedResponse(''),
  content: PLAIN_TEXT,
  json: () => undefined,
  failure: null,
  category: 'unknown',
  vague: true,
  said: '',
  api: '',
  requiredHeaders: [],
  pathIds: [],
  paths: [],
  values: {},
  message: null,
  limit: null,
  fields: [],
  now: null,
};

/** The source of a header's value, `.errproberc.yaml:4`; null if it is not known. */
export const originOf = (name: string, { origins }: Facts): string | null => origins[name.toLowerCase()] ?? null;

/** The text sent as the key: the whole header, and the key in it if the scheme matches. */
export interface SentKey {
  header: string;
  raw: string | undefined;
  /** As the server sees it; null for another scheme. */
  key: string | null;
  /** The scheme that the API expects before the key, `Bearer `, or "". */
  prefix: string;
  /** The source of the key, `RAPTOR_COMPLY_API_KEY`; null if it is not known. */
  from: string | null;
}

/** Headers that carry credentials of any kind. */
export const CREDENTIALS = ['authorization', 'x-api-key', 'api-key', 'apikey', 'x-auth-token', 'x-access-token'];

/** How the key was sent to an unknown API, as far as the request shows it. */
function guessedAuth({ request: { headers } }: Facts): Facts['auth'] {
  const header = CREDENTIALS.find((name) => headers[name] !== undefined);
  if (header === undefined) return null;
  if (header !== 'authorization') return { header, value: '{key}' };
  const [, scheme] = /^(Bearer|Token|Api-?Key) /i.exec(headers[header] ?? '') ?? [];
  // Other schemes have parameters, or a name and a password, instead of a key.
  return scheme === undefined || /=["']/.test(headers[header] ?? '')
    ? null
    : { header: 'Authorization', value: `${scheme} {key}` };
}

/**
 * The key of a request; null if it is not known how the API expects it, or if the value was masked
 * or is repeated. White space around a header's value does not reach a server (RFC 9110, section
 * 5.5), so it is not part of the key.
 */
export function sentKey(facts: Facts): SentKey | null {
  const { request, now } = facts;
  const auth = facts.auth ?? guessedAuth(facts);
  if (auth === null) return null;
  const raw = request.headers[auth.header.toLowerCase()];
  // A saved exchange often has only a mask.
  if (raw !== undefined && now === null && /redacted|\*{4,}|…/i.test(raw)) return null;
  const [prefix = ''] = auth.value.split('{key}');
  const from = originOf(facts.auth?.header ?? '', facts);
  if (raw === undefined || isRepeatedKey(raw, prefix))
    return raw === undefined ? { header: auth.header, raw, key: null, prefix, from } : null;
  const value = raw.replace(/^[ \t]+|[ \t]+$/g, '');
  const [wanted, given] = [prefix.toLowerCase(), value.toLowerCase()];
  const key = given.startsWith(wanted) ? value.slice(prefix.length) : given === wanted.trim() ? '' : null;
  return { header: auth.header, raw, key, prefix, from };
}

/**
 * Whether a header contains the key several times. A key may contain a comma, so each must have its
 * scheme.
 */
export function isRepeatedKey(raw: string, prefix: string): boolean {
  const values = valuesOf(raw);
  if (values.length < 2) return false;
  const scheme = prefix.toLowerCase();
  return scheme === ''
    ? values.every((value) => value === values[0])
    : values.every((value) => value.toLowerCase().startsWith(scheme));
}

/** The values of a repeated header (RFC 9110, section 5.3). */
export function valuesOf(header: string): string[] {
  return header.split(/,\s*/).filter((value) => value !== '');
}
