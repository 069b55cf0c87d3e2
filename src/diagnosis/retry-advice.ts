import type { Entry } from '../catalog/catalog.ts';
import type { RetryAdvice } from './diagnosis.ts';
import type { Exchange } from './exchange.ts';
import { readRetryHint } from './retry-hint.ts';

/** RFC 9110, section 9.2.2, and QUERY of RFC 10008: sending one again has no further effect. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PUT', 'DELETE']);

/** Phases of a failure in which no byte of the request has been sent. */
const BEFORE_SENDING = new Set(['dns', 'connect', 'tls']);

/**
 * Whether trying again can help, and whether it is free of risk.
 *
 * The entry says what kind of error it is; the response says how long to wait. A hint never makes an error worth
 * retrying that the entry says is not.
 */
export function retryAdvice(entry: Entry | null, exchange: Exchange, bodyMs: number | null, now: number): RetryAdvice {
  const hint = exchange.response === null ? null : readRetryHint(exchange.response.headers, bodyMs, now);
  const safe = isSafeToRepeat(exchange, hint !== null);
  if (entry === null) {
    const reason = 'nothing is known about this error';
    return { advice: 'never', reason, afterMs: null, afterFrom: null, safe };
  }
  const { advice, reason } = entry.retry;
  const retryable = advice === 'backoff' || advice === 'wait';
  return {
    // Without a hint there is nothing to wait for but time.
    advice: retryable
      ? hint === null && exchange.response !== null
        ? 'backoff'
        : hint === null
          ? advice
          : 'wait'
      : advice,
    reason,
    afterMs: hint?.ms ?? null,
    afterFrom: hint?.from ?? null,
    safe,
  };
}

/**
 * True when repeating the request cannot do a thing twice: its method is idempotent, it carries an idempotency key,
 * the answer says that nothing was done (429; 503 with a time to come back), or nothing of it was ever sent.
 */
function isSafeToRepeat({ request, response, failure }: Exchange, hinted: boolean): boolean {
  if (request !== null && (IDEMPOTENT.has(request.method) || request.headers['idempotency-key'] !== undefined))
    return true;
  if (failure !== null) return BEFORE_SENDING.has(failure.phase);
  const status = response?.status;
  return status === 429 || (status === 503 && hinted);
}
