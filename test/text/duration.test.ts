import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { retrySentence } from '../../src/render/words.ts';
import { formatDuration, inTime } from '../../src/text/duration.ts';
import { run } from '../helpers/terminal.ts';

describe('when something happens', () => {
  it.each([0, 0.4, -1, -60_000, Number.NEGATIVE_INFINITY])('is now for %d ms', (ms) => {
    expect(inTime(ms)).toBe('now');
  });

  it.each([
    [1, 'in 1 ms'],
    [999.6, 'in 1 s'],
    [12_000, 'in 12 s'],
    [43_200_000, 'in 12 h'],
  ])('is a time to come for %d ms', (ms, text) => {
    expect(inTime(ms)).toBe(text);
  });

  it.each([
    ['0', 'now'],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 'now'],
    ['Sun, 01 Mar 2026 12:00:00 GMT', 'now'],
    ['Sun, 01 Mar 2026 12:00:07 GMT', 'in 7 s'],
  ])('is said of Retry-After: %s', (value, when) => {
    const body = '{"error":{"code":"RATE_LIMIT_EXCEEDED","message":"m","request_id":"r"}}';
    const headers = { 'retry-after': value, date: 'Sun, 01 Mar 2026 12:00:00 GMT' };
    const exchange = { request: null, response: savedResponse(body, 429, headers), failure: null };
    const diagnosis = diagnose(exchange, builtIn, { api: 'victims', now: 0 });
    expect(retrySentence(diagnosis, null)).toMatch(new RegExp(`^Yes, ${when} \\(Retry-After\\)`));
  });

  it('is said of a limit that was reset long ago', async () => {
    const input =
      'HTTP/1.1 429 Too Many Requests\r\nDate: Sun, 01 Mar 2026 12:00:00 GMT\r\nX-RateLimit-Limit: 10\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1700000000\r\n\r\n';
    const { stdout } = await run(['explain'], { input });
    expect(stdout).toMatch(/Limit {2}.*reset now/);
    expect(stdout).not.toMatch(/\bin -?0 ms/);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [1300, '1.3 s'],
    [125_000, '2 min 5 s'],
  ])('of %d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
