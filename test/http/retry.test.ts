import { describe, expect, it } from 'vitest';
import { backoffMs, decideRetry, retryPlan } from '../../src/http/retry.ts';
import type { RetryAdvice } from '../../src/model/diagnosis.ts';
import type { RetryPolicy } from '../../src/model/settings.ts';

const POLICY: RetryPolicy = {
  base: 1000,
  factor: 2,
  jitter: 500,
  cap: 60_000,
  retries: 4,
  maxWait: 60_000,
  budget: 300_000,
  unsafe: false,
  documented: ['base'],
};

const ADVICE: RetryAdvice = {
  advice: 'backoff',
  reason: 'it may pass',
  afterMs: null,
  afterFrom: null,
  safe: true,
  caution: null,
};

const decide = (
  advice: Partial<RetryAdvice>,
  { attempts = 1, waitedMs = 0, policy = POLICY as RetryPolicy | null, random = 0 } = {},
) => decideRetry({ retry: { ...ADVICE, ...advice } }, { attempts, waitedMs, method: 'POST' }, policy, random);

describe('the backoff', () => {
  it('doubles from the base, adds jitter and stays under the ceiling', () => {
    expect([1, 2, 3, 4, 7].map((attempt) => backoffMs(POLICY, attempt, 0))).toEqual([1000, 2000, 4000, 8000, 60_000]);
    expect(backoffMs(POLICY, 1, 0.5)).toBe(1250);
    expect(backoffMs(POLICY, 7, 0.999)).toBe(60_000);
  });
});

describe('the decision to retry', () => {
  it('waits for the backoff', () => {
    expect(decide({}, { random: 0.5 })).toEqual({
      retry: true,
      waitMs: 1250,
      waitFrom: 'backoff',
      reason: 'it may pass',
    });
  });

  it('waits as long as the server asks, when that is longer', () => {
    expect(decide({ advice: 'wait', afterMs: 7000, afterFrom: 'Retry-After' })).toMatchObject({
      waitMs: 7000,
      waitFrom: 'Retry-After',
    });
    expect(decide({ advice: 'wait', afterMs: 10, afterFrom: 'Retry-After' })).toMatchObject({
      waitMs: 1000,
      waitFrom: 'backoff',
    });
  });

  it.each<[string, Partial<RetryAdvice>, Parameters<typeof decide>[1]]>([
    ['retrying is off', {}, { policy: null }],
    ['the error does not pass by itself', { advice: 'never' }, {}],
    ['something has to change first', { advice: 'after-action' }, {}],
    ['a repetition could do it twice', { safe: false }, {}],
    ['all retries are used up', {}, { attempts: 5 }],
    [
      'the server asks for more than the longest wait',
      { advice: 'wait', afterMs: 61_000, afterFrom: 'Retry-After' },
      {},
    ],
    ['the waits together take too long', {}, { waitedMs: 299_500 }],
  ])('is no when %s', (_, advice, stand) => {
    expect(decide(advice, stand).retry).toBe(false);
  });

  it('never waits less than the server asked, but says when to come back', () => {
    expect(decide({ advice: 'wait', afterMs: 43_200_000, afterFrom: 'Retry-After' })).toMatchObject({
      retry: false,
      comeBackMs: 43_200_000,
    });
  });

  it('repeats what may be done twice when that is allowed', () => {
    expect(decide({ safe: false }, { policy: { ...POLICY, unsafe: true } }).retry).toBe(true);
  });
});

describe('the plan', () => {
  it('adds the longest waits up', () => {
    expect(retryPlan(POLICY)).toEqual({
      retries: 4,
      waitsMs: [1000, 2000, 4000, 8000],
      totalMs: 17_000,
      documented: ['base'],
    });
  });

  it('stays within the budget', () => {
    expect(retryPlan({ ...POLICY, budget: 5000 }).totalMs).toBe(5000);
  });

  it('is empty when retrying is off', () => {
    expect(retryPlan(null)).toEqual({ retries: 0, waitsMs: [], totalMs: 0, documented: [] });
  });
});
