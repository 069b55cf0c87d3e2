import type { RateLimit } from '../../model/diagnosis.ts';
import type { Headers } from '../../model/exchange.ts';
import { SERVICES } from '../../services/index.ts';
import { spanMs } from '../../text/duration.ts';
import { untilReset } from '../../text/moments.ts';

/** Headers of one meaning under their names in the wild: limit, remaining, reset. */
const FAMILIES: [limit: string, remaining: string, reset: string][] = [
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
  ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  ['x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset'],
  ['x-rate-limit', 'x-rate-limit-remaining', 'ratelimit-reset'],
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset-after'],
  ['x-ratelimit-limit-requests', 'x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-limit-tokens', 'x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  ...['second', 'minute', 'hour', 'day'].map((span): [string, string, string] => [
    `x-ratelimit-limit-${span}`,
    `x-ratelimit-remaining-${span}`,
    'ratelimit-reset',
  ]),
  ...SERVICES.flatMap(({ rateLimit = [] }) => rateLimit),
];

const USAGES = SERVICES.flatMap(({ limitUsage }) => limitUsage ?? []);

/**
 * Reads the state of the rate limit; null when no header gives it.
 *
 * @param clock the time of the response in milliseconds since 1970
 */
export function readRateLimit(headers: Headers, clock: number): RateLimit | null {
  // draft-ietf-httpapi-ratelimit-headers: RateLimit: "default";r=50;t=30, RateLimit-Policy: "default";q=100;w=60
  const field = headers.ratelimit;
  const remaining = parameter(field, 'r');
  if (remaining !== null) {
    const seconds = parameter(field, 't');
    const limit = parameter(headers['ratelimit-policy'], 'q');
    return {
      limit,
      remaining,
      resetMs: seconds === null ? null : spanMs(seconds * 1000),
      from: 'RateLimit',
      resetFrom: seconds === null ? null : 'RateLimit',
    };
  }
  const states = FAMILIES.flatMap(([limit, left, reset]) => {
    if (headers[left] === undefined && headers[reset] === undefined) return [];
    const until = headers[reset] === undefined ? null : untilReset(headers[reset], clock);
    const resetMs = until === null ? null : spanMs(until);
    const resetFrom = resetMs === null ? null : reset;
    return [{ limit: first(headers[limit]), remaining: first(headers[left]), resetMs, from: left, resetFrom }];
  }).filter((state) => state.limit !== null || state.remaining !== null || state.resetMs !== null);
  // If several limits are stated, the exhausted one matters.
  const state = states.find(({ remaining }) => remaining === 0) ?? states[0];
  if (state !== undefined) return state;
  return usageIn(headers);
}

/** A limit given as what is used of all that there is, `api-usage=18/5000`. */
function usageIn(headers: Headers): RateLimit | null {
  for (const { header, usedOfAll } of USAGES) {
    const value = headers[header];
    const [, used, all] = value === undefined ? [] : (new RegExp(usedOfAll).exec(value) ?? []);
    if (used === undefined || all === undefined) continue;
    const remaining = Math.max(0, Number(all) - Number(used));
    return { limit: Number(all), remaining, resetMs: null, from: header, resetFrom: null };
  }
  return null;
}

/** A parameter of the first item of a structured field (RFC 9651). */
function parameter(field: string | undefined, name: string): number | null {
  const [, value] = new RegExp(`;\\s*${name}=(\\d{1,15})\\b`).exec(field?.split(',')[0] ?? '') ?? [];
  return value === undefined ? null : Number(value);
}

/** The first number of a header such as `100, 100;w=60`. */
function first(value: string | undefined): number | null {
  const [, number] = /^\s*(\d{1,15})\b/.exec(value ?? '') ?? [];
  return number === undefined ? null : Number(number);
}
