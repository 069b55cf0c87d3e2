import type { PathId, RequiredHeader } from '../../model/catalog.ts';
import type { Field, Fix } from '../../model/diagnosis.ts';
import { type Failure, type Request, type Response, savedResponse } from '../../model/exchange.ts';
import type { Category } from '../../model/words.ts';
import type { Values } from '../../text/template.ts';
import { type Content, PLAIN_TEXT } from '../content.ts';
import type { RequestContext } from '../context.ts';

/** All that a check of a cause may look at. */
export interface Facts extends RequestContext {
  request: Request;
  /** An empty one where there was none. */
  response: Response;
  /** The body of the response, parsed. */
  content: Content;
  /** Parses the JSON body of the request, once; undefined where it is none. */
  json(): unknown;
  failure: Failure | null;
  category: Category;
  /** True when the answer says no more than its status. */
  vague: boolean;
  /** Code and message of the answer, what its challenge says, and the code of the entry that it was recognised as. */
  said: string;
  /** The id and the name of the API, for telling whether a key is one of its own. */
  api: string;
  requiredHeaders: RequiredHeader[];
  pathIds: PathId[];
  /** Paths that the API documents, `/v1/victims/{victim_id}`. */
  paths: string[];
  /** What the placeholders of the message's template stood for. */
  values: Values;
  message: string | null;
  /** The fields that the answer names. */
  fields: Field[];
  /** The local time in milliseconds since 1970, or null where the exchange is old. */
  now: number | null;
}

/** Of a saved exchange nobody knows more than what was saved. */
export const NOTHING_SENT: RequestContext = {
  auth: null,
  origins: {},
  withheld: null,
  redirects: [],
  proxy: null,
  otherKeys: [],
  ownKey: null,
};

/** The facts of a request of which nothing else is known. */
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
  fields: [],
  now: null,
};

/** What a check says of its cause in this very exchange, and what it saw. `possible` where it cannot tell. */
export interface Finding {
  verdict: 'confirmed' | 'possible' | 'ruled-out';
  evidence: string | null;
  /** What would put it right, where that is mechanical. */
  fix?: Fix | undefined;
}

export const CANNOT_TELL: Finding = { verdict: 'possible', evidence: null };
export const confirmed = (evidence: string, fix?: Fix): Finding => ({
  verdict: 'confirmed',
  evidence,
  ...(fix && { fix }),
});
/** Something points to the cause, but the same can be seen where all is well. */
export const suspected = (evidence: string): Finding => ({ verdict: 'possible', evidence });
export const ruledOut = (evidence: string): Finding => ({ verdict: 'ruled-out', evidence });

/** A header with the place that its value came from, for people: `X-Tenant-ID (from .errproberc.yaml:4)`. */
export function headerFrom(name: string, { origins }: Facts): string {
  const from = origins[name.toLowerCase()];
  return from === undefined ? name : `${name} (from ${from})`;
}

/** What was sent in the place of the key: the whole header, and the key in it as far as the scheme fits. */
export interface SentKey {
  header: string;
  raw: string | undefined;
  /** As the server sees it; null when the scheme is another. */
  key: string | null;
  /** The scheme that the API wants before the key, `Bearer `, or "". */
  prefix: string;
}

/** Headers that carry credentials of one kind or another. */
export const CREDENTIALS = ['authorization', 'x-api-key', 'api-key', 'apikey', 'x-auth-token', 'x-access-token'];

/** How the key was sent to an API that nothing is known of, as far as the request shows it. */
function guessedAuth({ request: { headers } }: Facts): Facts['auth'] {
  const header = CREDENTIALS.find((name) => headers[name] !== undefined);
  if (header === undefined) return null;
  if (header !== 'authorization') return { header, value: '{key}' };
  const [, scheme] = /^(Bearer|Token|Api-?Key) /i.exec(headers[header] ?? '') ?? [];
  // Other schemes have parameters, or a name and a password, in the place of a key.
  return scheme === undefined || /=["']/.test(headers[header] ?? '')
    ? null
    : { header: 'Authorization', value: `${scheme} {key}` };
}

/**
 * The key of a request; null where it is not known how the API wants it, or the value was masked or stands there twice.
 * White space around a header's value does not reach a server (RFC 9110, section 5.5), so it is no part of the key.
 */
export function sentKey(facts: Facts): SentKey | null {
  const { request, now } = facts;
  const auth = facts.auth ?? guessedAuth(facts);
  if (auth === null) return null;
  const raw = request.headers[auth.header.toLowerCase()];
  // A saved exchange often has only a mask.
  if (raw !== undefined && now === null && /redacted|\*{4,}|…/i.test(raw)) return null;
  const [prefix = ''] = auth.value.split('{key}');
  if (raw === undefined || isRepeatedKey(raw, prefix))
    return raw === undefined ? { header: auth.header, raw, key: null, prefix } : null;
  const value = raw.replace(/^[ \t]+|[ \t]+$/g, '');
  const [wanted, given] = [prefix.toLowerCase(), value.toLowerCase()];
  const key = given.startsWith(wanted) ? value.slice(prefix.length) : given === wanted.trim() ? '' : null;
  return { header: auth.header, raw, key, prefix };
}

/** Whether a header holds the key several times. A key may have a comma, so each must come with its scheme. */
export function isRepeatedKey(raw: string, prefix: string): boolean {
  const values = valuesOf(raw);
  if (values.length < 2) return false;
  const scheme = prefix.toLowerCase();
  return scheme === ''
    ? values.every((value) => value === values[0])
    : values.every((value) => value.toLowerCase().startsWith(scheme));
}

/** The values of a header that was sent several times (RFC 9110, section 5.3). */
export function valuesOf(header: string): string[] {
  return header.split(/,\s*/).filter((value) => value !== '');
}
