import type { Entry } from '../catalog/catalog.ts';
import { valueAt } from '../catalog/pointer.ts';
import { parseJson } from '../json/read.ts';
import type { ErrorBody, RetryAdvice } from './diagnosis.ts';
import type { Exchange, Response } from './exchange.ts';
import { readRetryHint } from './retry-hint.ts';

/** RFC 9110, section 9.2.2, and QUERY of RFC 10008: sending one again has no further effect. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PUT', 'DELETE']);

/** Statuses that say that the request was not processed (RFC 9110, 15.5.9 and 15.5.20; RFC 8470; RFC 6585). */
const NOT_PROCESSED = new Set([408, 421, 425, 429]);

/** Phases of a failure in which no byte of the request has been sent. */
const BEFORE_SENDING = new Set(['dns', 'connect', 'tls']);

/**
 * Whether trying again can help, and whether it is free of risk.
 *
 * The server's express word counts most, then the entry, which says what kind of error it is. How long to wait is the
 * response's to say; a time alone never makes an error worth retrying that the entry says is not.
 */
export function retryAdvice(
  entry: Entry | null,
  exchange: Exchange,
  error: ErrorBody | null,
  now: number,
): RetryAdvice {
  const { response } = exchange;
  const documented = entry?.retry.after === undefined ? null : { ms: entry.retry.after, from: 'the documentation' };
  const hint = response === null ? null : (readRetryHint(response.headers, error, now) ?? documented);
  const wait = {
    afterMs: hint?.ms ?? null,
    afterFrom: hint?.from ?? null,
    safe: isSafeToRepeat(exchange, hint !== null),
  };

  const word = response === null ? null : serverWord(response);
  if (word?.retry === false) return { advice: 'never', reason: `the server says so (${word.from})`, ...wait };
  const { advice, reason: why } = entry?.retry ?? UNKNOWN;
  const known = { advice, reason: why };
  const helps = known.advice === 'backoff' || known.advice === 'wait';
  if (!helps && word === null) return { ...known, ...wait };
  const reason = helps ? known.reason : `the server says so (${word?.from})`;
  if (hint !== null) return { advice: 'wait', reason, ...wait };
  // A documented wait without the header that it is documented with is a backoff; looked up alone, it stays a wait.
  return { advice: response === null ? known.advice : 'backoff', reason, ...wait };
}

const UNKNOWN = { advice: 'never' as const, reason: 'nothing is known about this error' };

/** What the server itself says about trying again: it knows better than any rule. */
function serverWord({ headers, body }: Response): { retry: boolean; from: string } | null {
  for (const name of ['x-should-retry', 'stripe-should-retry']) {
    if (headers[name] === 'true' || headers[name] === 'false') return { retry: headers[name] === 'true', from: name };
  }
  // gRFC A6: a pushback that is negative or no number forbids retrying.
  const pushback = headers['grpc-retry-pushback-ms'];
  if (pushback !== undefined && !/^\d+$/.test(pushback)) return { retry: false, from: 'grpc-retry-pushback-ms' };
  const value = parseJson(body);
  const retryable = valueAt(value, '/cloudflare_error') === true ? valueAt(value, '/retryable') : undefined;
  if (typeof retryable === 'boolean') return { retry: retryable, from: 'retryable in the body' };
  return valueAt(value, '/error/is_transient') === true ? { retry: true, from: 'is_transient in the body' } : null;
}

/**
 * True when repeating the request cannot do a thing twice: its method is idempotent, it carries an idempotency key,
 * the answer says that nothing was done (408, 421, 425, 429; 503 with a time to come back), or nothing of it was ever sent.
 */
function isSafeToRepeat({ request, response, failure }: Exchange, hinted: boolean): boolean {
  if (request !== null && (IDEMPOTENT.has(request.method) || request.headers['idempotency-key'] !== undefined))
    return true;
  // RFC 9113, section 8.7: a refused stream was not processed at all.
  if (failure !== null) return BEFORE_SENDING.has(failure.phase) || failure.code === 'NGHTTP2_REFUSED_STREAM';
  const status = response?.status;
  return status !== null && status !== undefined && (NOT_PROCESSED.has(status) || (status === 503 && hinted));
}
