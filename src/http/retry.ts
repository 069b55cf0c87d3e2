import type { Backoff, DocumentedRetry } from '../model/catalog.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { RetryPlan } from '../model/report.ts';
import type { RetryPolicy } from '../model/settings.ts';
import { formatDuration } from '../text/duration.ts';

/** What holds where neither the user nor the API's document says otherwise. */
const DEFAULT_RETRY: RetryPolicy = {
  base: 1000,
  factor: 2,
  jitter: 500,
  cap: 60_000,
  retries: 3,
  maxWait: 60_000,
  budget: 300_000,
  unsafe: false,
  documented: [],
};

const FIGURES: (keyof Backoff)[] = ['base', 'factor', 'jitter', 'cap', 'retries'];

/** The limits that a user may set; those that are absent or undefined hold as documented or by default. */
export type OwnRetry = { [Name in Exclude<keyof RetryPolicy, 'documented'>]?: RetryPolicy[Name] | undefined };

/** The user's figures override the API's documented ones; errprobe's defaults fill in the rest. */
export function retryPolicy(own: OwnRetry, documented: DocumentedRetry | undefined): RetryPolicy {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const figures = FIGURES.filter((name) => documented?.[name] !== undefined);
  const stated = Object.fromEntries(figures.map((name) => [name, documented?.[name]]));
  const used = figures.filter((name) => !Object.hasOwn(given, name));
  return { ...DEFAULT_RETRY, ...stated, ...given, documented: used };
}

/** The decision after a failed attempt, and its reason in words. */
export type RetryDecision =
  | { retry: true; waitMs: number; waitFrom: string; reason: string }
  | { retry: false; reason: string; comeBackMs: number | null };

/** The state of a call at the time of the decision. */
export interface Progress {
  /** Attempts made. */
  attempts: number;
  /** Total wait so far, in milliseconds. */
  waitedMs: number;
  method: string;
}

/**
 * Decides whether to retry. The diagnosis says whether that can help; this applies limits and
 * arithmetic.
 *
 * The wait is the larger of the computed backoff and the server's request. If it exceeds a limit,
 * the decision is no, with the time to come back: a shorter wait would only be refused again.
 *
 * @param policy null when retrying is off
 * @param random a number from 0 up to 1, for the jitter
 */
export function decideRetry(
  { retry }: Pick<Diagnosis, 'retry'>,
  { attempts, waitedMs, method }: Progress,
  policy: RetryPolicy | null,
  random: number,
): RetryDecision {
  const stop = (reason: string, comeBackMs: number | null = retry.afterMs): RetryDecision => ({
    retry: false,
    reason,
    comeBackMs,
  });
  if (policy === null) return stop('retrying is off');
  if (retry.advice === 'never' || retry.advice === 'after-action') return stop(retry.reason, null);
  if (!retry.safe && !policy.unsafe) {
    return stop(
      `${retry.caution ?? `this ${method} may have been carried out`} (--retry-unsafe repeats it all the same)`,
    );
  }
  // Unless the response says when the quota is renewed, any computed wait is a guess, and far too
  // short.
  if (retry.advice === 'wait' && retry.afterMs === null) return stop('the response does not say how long to wait');
  if (isLastAttempt(attempts, policy))
    return stop(`${policy.retries === 1 ? 'the retry is' : `all ${policy.retries} retries are`} used up`);

  const backoff = backoffMs(policy, attempts, random);
  const hint = retry.afterMs;
  const asked = hint !== null && hint >= backoff;
  const waitMs = Math.round(asked ? hint : backoff);
  const waitFrom = asked ? (retry.afterFrom ?? 'the server') : 'backoff';
  const who = asked
    ? `the server asks to wait ${formatDuration(waitMs)}`
    : `the next wait is ${formatDuration(waitMs)}`;
  if (!(waitMs <= policy.maxWait))
    return stop(`${who}, and the longest wait allowed is ${formatDuration(policy.maxWait)} (--max-wait)`);
  if (!(waitedMs + waitMs <= policy.budget))
    return stop(`${who}, and all waits together may take ${formatDuration(policy.budget)}`);
  return { retry: true, waitMs, waitFrom, reason: retry.reason };
}

/** True for an attempt that cannot be followed by another; `attempt` counts from 1. */
export function isLastAttempt(attempt: number, policy: RetryPolicy | null): boolean {
  // A value that is not a number allows nothing.
  return policy === null || !(attempt <= policy.retries);
}

/** Exponential backoff with added jitter, capped; `attempt` counts from 1. Milliseconds. */
export function backoffMs(policy: RetryPolicy, attempt: number, random: number): number {
  return Math.min(policy.cap, policy.base * policy.factor ** (attempt - 1) + random * policy.jitter);
}

/** The waits of a call that fails to the end: each without jitter, and the maximum in total. */
export function retryPlan(policy: RetryPolicy | null): RetryPlan {
  if (policy === null) return { retries: 0, waitsMs: [], totalMs: 0, documented: [] };
  const attempts = Array.from({ length: policy.retries }, (_, i) => i + 1);
  const waits = (random: number) =>
    attempts.map((attempt) => Math.min(policy.maxWait, backoffMs(policy, attempt, random)));
  const longest = waits(1).reduce((sum, wait) => sum + wait, 0);
  return {
    retries: policy.retries,
    waitsMs: waits(0),
    totalMs: Math.min(policy.budget, longest),
    documented: policy.documented,
  };
}
