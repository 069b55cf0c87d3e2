import { builtIn } from '../../../src/catalogs/index.ts';
import type { Context, RequestContext } from '../../../src/diagnosis/context.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { NOTHING_SENT } from '../../../src/diagnosis/evidence/facts.ts';
import type { Diagnosis } from '../../../src/model/diagnosis.ts';
import { lowerCaseNames, savedResponse } from '../../../src/model/exchange.ts';

/** A key as the APIs issue them, and one of no known service. */
export const KEY = 'k-3f9a7c21d0e8b645';
export const TENANT = '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11';
export const PROFILE = '3f2b8c1e-5d4a-4c6b-9e7f-0a1b2c3d4e5f';

/** The differences from a correct request; a header of `null` is not sent. */
export interface Asked {
  /** `POST /profiles` */
  call: string;
  /** The text sent instead of the key. */
  key?: string;
  headers?: Record<string, string | null>;
  /** A text is sent unchanged, anything else as JSON. */
  body?: unknown;
  sent?: Partial<RequestContext>;
}

export interface Answered {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request and its response; `what` describes the situation. */
export interface Situation {
  what: string;
  /** The id of a catalog, or null for an unknown API. */
  api: string | null;
  asked: Asked;
  answered: Answered;
  /**
   * The evidence that a cause must have; in a harmless situation, what may nevertheless be
   * confirmed.
   */
  evidence: RegExp | null;
}

/** Responses in the words of the four documents. */
export const says = {
  rc: (status: number, error: string, message: string): Answered => ({ status, body: { error, message } }),
  ep: (status: number, error: string, message: string, code?: string): Answered => ({
    status,
    body: { ...(code === undefined ? {} : { code }), error, message, status },
  }),
  cc: (status: number, body: unknown): Answered => ({
    status,
    body: typeof body === 'string' ? { detail: body } : body,
  }),
  vi: (status: number, code: string, message: string): Answered => ({
    status,
    body: { error: { code, message, request_id: 'req_01HZXK3Q7N8YV6F3M2P9JABCDE' } },
  }),
};

/** The diagnosis of a situation, as `call` would make it. */
export function diagnosisOf({ api, asked, answered }: Situation): Diagnosis {
  const catalog = builtIn.apis.find(({ id }) => id === api);
  const [method = 'GET', path = '/'] = asked.call.split(/ (.*)/s);
  const auth = catalog?.auth ?? null;
  const name = auth?.header ?? 'Authorization';
  const { body } = asked;
  const wanted: Record<string, string | null> = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    [name.toLowerCase()]: (auth?.value ?? 'Bearer {key}').replace('{key}', () => asked.key ?? KEY),
    ...Object.fromEntries((catalog?.requiredHeaders ?? []).map((header) => [header.name.toLowerCase(), TENANT])),
    ...Object.fromEntries(Object.entries(asked.headers ?? {}).map(([header, value]) => [header.toLowerCase(), value])),
  };
  const headers = Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => !!entry[1]));
  const context: Context = {
    api: catalog?.id ?? null,
    now: Date.parse('2026-03-01T12:00:00Z'),
    sent: { ...NOTHING_SENT, auth, origins: { [name.toLowerCase()]: auth?.env ?? '--header' }, ...asked.sent },
  };
  const text = typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body ?? '');
  const response = savedResponse(answered.body === undefined ? '' : text, answered.status, {
    'content-type': 'application/json',
    ...lowerCaseNames(answered.headers ?? {}),
  });
  const request = {
    method,
    url: `https://api.example${path}`,
    headers,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  };
  return diagnose({ request, response, failure: null }, builtIn, context);
}

/** The outcome of a situation: `false` if something untrue was confirmed. */
export type Outcome = 'right' | 'possible' | 'missed' | 'false';

export function outcomeOf(situation: Situation): Outcome {
  const { causes } = diagnosisOf(situation);
  const { evidence } = situation;
  const fits = (said: string | null) => said !== null && evidence?.test(said) === true;
  const confirmed = causes.filter(({ verdict }) => verdict === 'confirmed');
  if (confirmed.some((cause) => !fits(cause.evidence))) return 'false';
  if (confirmed.length > 0) return 'right';
  return causes.some((cause) => cause.verdict === 'possible' && fits(cause.evidence)) ? 'possible' : 'missed';
}

/** A situation in one line. Without evidence it is harmless. */
export const of = (
  what: string,
  api: string | null,
  asked: Asked,
  answered: Answered,
  evidence: RegExp | null = null,
): Situation => ({ what, api, asked, answered, evidence });

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answered => ({
  status,
  body,
  headers,
});

/** FastAPI's response to an invalid request. */
export const fast = (...detail: object[]): Answered => json(422, { detail });

/** RFC 9457 */
export const problem = (status: number, body: object): Answered =>
  json(status, { type: 'about:blank', status, ...body }, { 'Content-Type': 'application/problem+json' });

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const jwt = (claims: object): string =>
  `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;

export const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

/** A valid body for POST /profiles. */
export const PROFILE_BODY = {
  customer_id: 'C-1',
  customer_name: 'Ann Lee',
  date_of_birth: '1941-05-06',
  enrollment_reason: 'AGE',
};

export const [RC, EP, CC, VI] = ['raptor-comply', 'elder-protection', 'cryptocomply', 'victims'];

/** The time of the situations, in seconds since 1970. */
export const NOW_SECONDS = Date.parse('2026-03-01T12:00:00Z') / 1000;
