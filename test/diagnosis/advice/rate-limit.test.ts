import { describe, expect, it } from 'vitest';
import { readRateLimit } from '../../../src/diagnosis/advice/rate-limit.ts';

const CLOCK = Date.parse('2026-03-01T12:00:00Z');

describe('the state of the rate limit', () => {
  it.each<[string, Record<string, string>, object]>([
    [
      'the IETF draft',
      { ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' },
      { limit: 100, remaining: 50, resetMs: 30_000 },
    ],
    [
      'the older draft',
      { 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '3', 'ratelimit-reset': '7' },
      { limit: 100, remaining: 3, resetMs: 7000 },
    ],
    [
      'GitHub, in seconds since 1970',
      { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(CLOCK / 1000 + 90) },
      { limit: 60, remaining: 0, resetMs: 90_000 },
    ],
    [
      'the one of several that is used up',
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '49',
        'anthropic-ratelimit-requests-reset': '2026-03-01T12:00:01Z',
        'anthropic-ratelimit-input-tokens-limit': '40000',
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': '2026-03-01T12:00:30Z',
      },
      { limit: 40_000, remaining: 0, resetMs: 30_000 },
    ],
    [
      'Kong, by the minute',
      { 'x-ratelimit-limit-minute': '5', 'x-ratelimit-remaining-minute': '0', 'ratelimit-reset': '17' },
      { remaining: 0, resetMs: 17_000 },
    ],
    ['Salesforce', { 'sforce-limit-info': 'api-usage=4990/5000' }, { limit: 5000, remaining: 10, resetMs: null }],
    [
      'Atlassian, in ISO 8601',
      { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '2026-03-01T12:05Z' },
      { remaining: 1, resetMs: 300_000 },
    ],
    [
      'Cloudflare, as a date',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'Sun, 01 Mar 2026 12:00:20 GMT' },
      { resetMs: 20_000 },
    ],
    [
      'OpenAI, as a duration',
      {
        'x-ratelimit-limit-requests': '500',
        'x-ratelimit-remaining-requests': '499',
        'x-ratelimit-reset-requests': '6m0s',
      },
      { limit: 500, remaining: 499, resetMs: 360_000 },
    ],
    [
      'OpenAI, in milliseconds',
      { 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': '120ms' },
      { resetMs: 120 },
    ],
    [
      'Anthropic',
      { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': '2026-03-01T12:00:05Z' },
      { remaining: 0, resetMs: 5000 },
    ],
    ['Shopify', { 'x-shopify-shop-api-call-limit': '32/40' }, { limit: 40, remaining: 8, resetMs: null }],
  ])('is read from %s', (_, headers, expected) => {
    expect(readRateLimit(headers, CLOCK)).toMatchObject(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['nonsense', { 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': 'soon' }],
    ['a malformed draft', { ratelimit: 'r=5' }],
  ])('is not read from %s', (_, headers) => {
    expect(readRateLimit(headers, CLOCK)).toBeNull();
  });
});
