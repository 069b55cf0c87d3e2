import type { ErrorBody } from '../../model/diagnosis.ts';
import type { Headers } from '../../model/exchange.ts';
import { spanMs } from '../../text/duration.ts';
import { clockOf, decimal, parseDate, untilReset } from '../../text/moments.ts';
import { readRateLimit } from './rate-limit.ts';

/** How long the server asked to wait, and where it said so. */
export interface RetryHint {
  ms: number;
  from: string;
}

/** A sentence that says that the same request may succeed: `Retrying the job may solve the problem.` */
export const RETRYING_MAY_HELP =
  /\b(?:retrying|trying again)(?: (?:the|this|your|that|it)(?: \w+)?)?(?: later)? (?:may|might|should|could|can) (?:also |well |possibly |probably )?(?:solve|resolve|fix|help|succeed|work)\b/i;

/**
 * Reads how long the server asks to wait.
 *
 * Retry-After (RFC 9110, section 10.2.3) is taken in seconds, also with a fraction as several APIs send it, or as a
 * date, which is measured against the response's own Date so that the local clock does not matter. The millisecond
 * forms are more exact and come first; rate-limit fields speak only where nothing else does.
 *
 * @param headers names in lower case
 * @param error what the body says: a time of its own, or a message that names one
 * @param now the local time in milliseconds, used only when the response has no Date
 */
export function readRetryHint(
  headers: Headers,
  error: Pick<ErrorBody, 'retryAfterMs' | 'message'> | null,
  now: number,
): RetryHint | null {
  const hint = hintIn(headers, error, now);
  return hint === null ? null : { ...hint, ms: spanMs(hint.ms) };
}

function hintIn(
  headers: Headers,
  error: Pick<ErrorBody, 'retryAfterMs' | 'message'> | null,
  now: number,
): RetryHint | null {
  const clock = clockOf(headers, now);
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms', 'x-amz-retry-after', 'grpc-retry-pushback-ms']) {
    const ms = decimal(headers[name]);
    if (ms !== null) return { ms, from: name };
  }
  // Traefik, beside a Retry-After that is rounded up.
  const retryIn = headers['x-retry-in'] === undefined ? null : untilReset(headers['x-retry-in'], clock);
  if (retryIn !== null) return { ms: retryIn, from: 'x-retry-in' };
  const retryAfter = headers['retry-after'];
  if (retryAfter !== undefined) {
    const seconds = decimal(retryAfter);
    if (seconds !== null) return { ms: Math.round(seconds * 1000), from: 'Retry-After' };
    const at = parseDate(retryAfter);
    if (at !== null) return { ms: Math.max(0, at - clock), from: 'Retry-After' };
  }
  if (error !== null && error.retryAfterMs !== null) return { ms: error.retryAfterMs, from: 'the body' };
  const inText = waitInText(error?.message ?? '');
  if (inText !== null) return { ms: inText, from: 'the message' };

  const limit = readRateLimit(headers, clock);
  // Something that remains is no reason to wait; where only a reset is known, that is all there is.
  if (limit === null || limit.resetMs === null || (limit.remaining ?? 0) > 0) return null;
  return { ms: limit.resetMs, from: limit.resetFrom ?? limit.from };
}

/** `Try again in 28 seconds`, `retry after 35`, `try again in 6m0s`, `Expected available in 12 seconds`. */
const WAIT =
  /\b(?:(?:try again|retry|available|reset)s?(?: again)? ?(?:in|after|:)|wait(?: for)?|(?:the|your|this) request(?: again)? (?:in|after)) (\d[\w.]*)([ ,;)]*)(\w*)/i;

const UNITS: [word: RegExp, ms: number][] = [
  [/^(?:ms|milliseconds?)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hours?)$/i, 3_600_000],
];

/** How long a message asks to wait, in milliseconds; a number at the end of a sentence is seconds. */
function waitInText(message: string): number | null {
  const [, written = '', between = '', word = ''] = (/\d/.test(message) && WAIT.exec(message.slice(0, 2000))) || [];
  const amount = written.replace(/\.$/, '');
  if (!/^\d+(?:\.\d+)?$/.test(amount)) return amount === '' ? null : untilReset(amount, 0);
  const unit = UNITS.find(([name]) => name.test(word))?.[1];
  if (unit !== undefined && between === ' ') return Math.round(Number(amount) * unit);
  return word === '' || between !== ' ' || written.endsWith('.') ? Number(amount) * 1000 : null;
}
