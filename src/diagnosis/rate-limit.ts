import type { Headers } from './exchange.ts';
import { untilReset } from './retry-hint.ts';

/** How much of a limit is used, as far as the headers tell. */
export interface RateLimit {
  limit: number | null;
  remaining: number | null;
  /** Milliseconds until the limit is reset, counted from the response. */
  resetMs: number | null;
  /** The header that says so. */
  from: string;
}

/** Headers of one meaning under their names in the wild: limit, remaining, reset. */
const FAMILIES: [limit: string, remaining: string, reset: string][] = [
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
  ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  ['x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset'],
  ['x-rate-limit', 'x-rate-limit-remaining', 'ratelimit-reset'],
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset-after'],
  ['x-ratelimit-limit-requests', 'x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  [
    'anthropic-ratelimit-requests-limit',
    'anthropic-ratelimit-requests-remaining',
    'anthropic-ratelimit-requests-reset',
  ],
  ['x-hubspot-ratelimit-max', 'x-hubspot-ratelimit-remaining', 'x-hubspot-ratelimit-interval-milliseconds'],
];

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
    return { limit, remaining, resetMs: seconds === null ? null : seconds * 1000, from: 'RateLimit' };
  }
  for (const [limit, left, reset] of FAMILIES) {
    if (headers[left] === undefined && headers[reset] === undefined) continue;
    const resetMs = headers[reset] === undefined ? null : untilReset(headers[reset], clock);
    const state = { limit: first(headers[limit]), remaining: first(headers[left]), resetMs, from: left };
    if (state.limit !== null || state.remaining !== null || state.resetMs !== null) return state;
  }
  // Shopify: 32 of 40 are used.
  const [, used, size] = /^(\d+)\/(\d+)$/.exec(headers['x-shopify-shop-api-call-limit'] ?? '') ?? [];
  if (used === undefined || size === undefined) return null;
  const from = 'x-shopify-shop-api-call-limit';
  return { limit: Number(size), remaining: Math.max(0, Number(size) - Number(used)), resetMs: null, from };
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
