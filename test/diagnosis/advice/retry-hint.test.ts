import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { readRetryHint } from '../../../src/diagnosis/advice/retry-hint.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { savedResponse } from '../../../src/model/exchange.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DATE = 'Sun, 01 Mar 2026 11:00:00 GMT';

describe('a retry hint', () => {
  it.each<[string, Record<string, string>, number | null, string]>([
    ['whole seconds', { 'retry-after': '120' }, 120_000, 'Retry-After'],
    ['a fraction', { 'retry-after': '2.128' }, 2128, 'Retry-After'],
    ['zero', { 'retry-after': '0' }, 0, 'Retry-After'],
    [
      'a date, against the Date of the response',
      { 'retry-after': 'Sun, 01 Mar 2026 11:00:30 GMT', date: DATE },
      30_000,
      'Retry-After',
    ],
    [
      'a date, against the clock when there is no Date',
      { 'retry-after': 'Sun, 01 Mar 2026 12:00:10 GMT' },
      10_000,
      'Retry-After',
    ],
    ['a date in the form of RFC 850', { 'retry-after': 'Sunday, 01-Mar-26 12:00:10 GMT' }, 10_000, 'Retry-After'],
    [
      'a date in the form of asctime, which is UTC',
      { 'retry-after': 'Sun Mar  1 12:00:10 2026' },
      10_000,
      'Retry-After',
    ],
    ['a date that is past', { 'retry-after': 'Sun, 01 Mar 2020 12:00:00 GMT' }, 0, 'Retry-After'],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500, 'retry-after-ms'],
    ['the milliseconds of Azure', { 'x-ms-retry-after-ms': '250' }, 250, 'x-ms-retry-after-ms'],
    ['the RateLimit field when nothing remains', { ratelimit: '"default";r=0;t=30' }, 30_000, 'RateLimit'],
    [
      'seconds until the reset',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '45' },
      45_000,
      'x-ratelimit-reset',
    ],
    [
      'the reset in seconds since 1970',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 60) },
      60_000,
      'x-ratelimit-reset',
    ],
    [
      'the reset of the very header that was sent',
      { 'x-contentful-ratelimit-second-remaining': '0', 'x-contentful-ratelimit-reset': '1' },
      1000,
      'x-contentful-ratelimit-reset',
    ],
    ['more seconds than anybody waits', { 'retry-after': '9000000000000' }, 9e15, 'Retry-After'],
    [
      'more digits than a number keeps',
      { 'retry-after': '1234567890123456789' },
      Number.MAX_SAFE_INTEGER,
      'Retry-After',
    ],
    ['a RateLimit without end', { ratelimit: '"a";r=0;t=999999999999999' }, Number.MAX_SAFE_INTEGER, 'RateLimit'],
    ['hours without end', { 'x-retry-in': `${'9'.repeat(400)}h` }, Number.MAX_SAFE_INTEGER, 'x-retry-in'],
    ['the reset as ISO 8601', { 'ratelimit-reset': '2026-03-01T12:01:00Z' }, 60_000, 'ratelimit-reset'],
  ])('is read from %s', (_, headers, ms, from) => {
    expect(readRetryHint(headers, null, NOW)).toEqual({ ms, from });
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['words', { 'retry-after': 'soon' }],
    ['a negative number', { 'retry-after': '-5' }],
    ['a limit of which something remains', { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '45' }],
    ['a RateLimit field of which something remains', { ratelimit: '"default";r=5;t=30' }],
  ])('is not read from %s', (_, headers) => {
    expect(readRetryHint(headers, null, NOW)).toBeNull();
  });

  it('of any length is one', () => {
    expect(readRetryHint({ 'retry-after': '9'.repeat(400) }, null, NOW)?.ms).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('of the body counts when no header speaks', () => {
    const error = { retryAfterMs: 64_570, message: 'try again in 3 seconds' };
    expect(readRetryHint({}, error, NOW)).toEqual({ ms: 64_570, from: 'the body' });
    expect(readRetryHint({ 'retry-after': '1' }, error, NOW)?.ms).toBe(1000);
  });

  it.each<[string, number | null]>([
    ['Rate limit is exceeded. Try again in 28 seconds.', 28_000],
    ['Request was throttled. Expected available in 12 seconds.', 12_000],
    ['Too Many Requests: retry after 35', 35_000],
    ['Rate limit reached for gpt-4. Please try again in 6m0s. Visit the dashboard.', 360_000],
    ['Please try again in 1.242s.', 1242],
    ['Please try again in 20ms', 20],
    ['Please retry after 6 seconds.', 6000],
    ['You are going too fast, wait 2 minutes', 120_000],
    ['Try again in 1 hour', 3_600_000],
    ['Try again in 3 apples', null],
    ['Please try again later', null],
    ['retry after 2026', 2_026_000],
    ['You may retry 3 times', null],
    ['wait for it', null],
  ])('is read from a message: %s', (message, ms) => {
    expect(readRetryHint({}, { retryAfterMs: null, message }, NOW)?.ms ?? null).toBe(ms);
  });

  it('of an entry counts when nothing else says how long', () => {
    const body =
      '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes.","documentation_url":"https://docs.github.com/x"}';
    const { retry } = diagnose({ request: null, response: savedResponse(body, 403), failure: null }, builtIn, {
      now: NOW,
    });
    expect(retry).toMatchObject({ advice: 'wait', afterMs: 60_000, afterFrom: 'the documentation' });
    const hinted = savedResponse(body, 403, { 'retry-after': '5' });
    expect(diagnose({ request: null, response: hinted, failure: null }, builtIn, { now: NOW }).retry.afterMs).toBe(
      5000,
    );
  });

  it('follows from what a query of Shopify costs', () => {
    const body = JSON.stringify({
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { requestedQueryCost: 752, throttleStatus: { currentlyAvailable: 666, restoreRate: 50 } } },
    });
    expect(
      diagnose({ request: null, response: savedResponse(body, 200), failure: null }, builtIn, { now: NOW }),
    ).toMatchObject({
      id: 'protocols/graphql-rate-limited',
      retry: { advice: 'wait', afterMs: 1720, afterFrom: 'the body' },
    });
  });
});
