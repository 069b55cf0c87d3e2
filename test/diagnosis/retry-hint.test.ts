import { describe, expect, it } from 'vitest';
import { readRetryHint } from '../../src/diagnosis/retry-hint.ts';

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
    ['a number beyond reason', { 'retry-after': '9'.repeat(400) }],
  ])('is not read from %s', (_, headers) => {
    expect(readRetryHint(headers, null, NOW)).toBeNull();
  });

  it('of the body counts when no header speaks', () => {
    expect(readRetryHint({}, 64_570, NOW)).toEqual({ ms: 64_570, from: 'the body' });
    expect(readRetryHint({ 'retry-after': '1' }, 64_570, NOW)?.ms).toBe(1000);
  });
});
