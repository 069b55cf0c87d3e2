import type { Actor } from '../diagnosis/advice/actors.ts';
import type { Diagnosis, RetryAdvice } from '../model/diagnosis.ts';
import type { Request } from '../model/exchange.ts';

import { inTime } from '../text/duration.ts';
import { marked } from './error/mark.ts';

/** Who has to act, in words. */
export const ACTORS: Record<Actor, string> = {
  caller: 'you: change the requests',
  administrator: 'an administrator: the key, its permissions or its plan',
  provider: 'the provider of the API',
  network: 'whoever runs the network in between',
  unknown: 'unknown',
};

/**
 * Whether to retry, in a few words. `afterMs` (milliseconds) is omitted when the verdict covers
 * errors with different waits.
 */
export function retryVerdict({
  advice,
  afterMs = null,
  afterFrom = null,
}: Pick<RetryAdvice, 'advice'> & Partial<Pick<RetryAdvice, 'afterMs' | 'afterFrom'>>): string {
  switch (advice) {
    case 'never':
      return 'No';
    case 'backoff':
      return 'Yes, with exponential backoff';
    case 'wait':
      return afterMs === null ? 'Yes, after the wait the server specifies' : `Yes, ${inTime(afterMs)} (${afterFrom})`;
    case 'after-action':
      return 'Not yet';
  }
}

/** Whether to retry and why, in one sentence. All outputs use it. */
export function retrySentence(diagnosis: Diagnosis, request: Request | null): string {
  const { retry, from } = diagnosis;
  if (isRisky(retry, request)) {
    return marked(`With care: ${retry.reason}; ${retry.caution}.`, from.retry, diagnosis);
  }
  return marked(`${retryVerdict(retry)}: ${retry.reason}.`, from.retry, diagnosis);
}

/** True when a retry can help but might carry out the request twice. */
export function isRisky(retry: RetryAdvice, request: Request | null): boolean {
  return request !== null && !retry.safe && (retry.advice === 'backoff' || retry.advice === 'wait');
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `1 check`, `3 checks`, `3 entries`. */
export function counted(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`.replace(/(?<=[^aeiou])ys$/, 'ies')}`;
}

/** True when two sentences differ at most in case, punctuation and white space. */
export function saysTheSame(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return one === other || plain(one) === plain(other);
}

/** How the note of a candidate begins that tells it apart from others. */
export const CONDITION = 'It is this one if ';
