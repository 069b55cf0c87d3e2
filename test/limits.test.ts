import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isoTime, LONGEST_TIMER, parseDuration, timerMs } from '../src/text/duration.ts';
import { serve } from './helpers/server.ts';
import { emptyFolder, run } from './helpers/terminal.ts';

const LONG = '800h';

/** A folder with a file of checks for a URL. */
function checksFor(url: string, count: number): string {
  const cwd = emptyFolder();
  const checks = Array.from({ length: count }, (_, i) => ({ name: `check ${i}`, request: `GET ${url}/${i}` }));
  writeFileSync(join(cwd, 'errprobe.checks.json'), JSON.stringify({ checks }));
  return cwd;
}

describe('a limit that is longer than a timer can be', () => {
  it.each([
    ['600h', LONGEST_TIMER],
    ['999999999999999999h', LONGEST_TIMER],
    ['24.9h', 24.9 * 3_600_000],
    ['500h', 500 * 3_600_000],
  ])('is cut to the longest timer: %s', (written, ms) => {
    expect(timerMs(parseDuration(written) ?? 0)).toBe(ms);
  });

  it('does not end an attempt at once', async () => {
    const { url } = await serve((_, response) => response.end('{}'));
    expect((await run(['call', 'GET', url, '--timeout', LONG])).code).toBe(0);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), `timeout: ${LONG}`);
    expect((await run(['call', 'GET', url], { cwd })).code).toBe(0);
  });

  it('is never handed to a timer', async () => {
    const slept: number[] = [];
    const sleep = async (ms: number, signal: AbortSignal) => {
      slept.push(ms);
      if (ms > 60_000) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    const { url } = await serve((_, response) => response.end('{}'));
    const { code } = await run(['check', '--time-limit', LONG], { cwd: checksFor(url, 1), sleep });
    expect({ code, slept }).toEqual({ code: 0, slept: [LONGEST_TIMER] });
  });

  it('does not let a call be repeated before the server wants it', async () => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '2592000' }).end('{}'),
    );
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), 'retry: { budget: 2000h }');
    const { code, waits } = await run(['call', 'GET', url, '--retry', '--max-wait', LONG], { cwd });
    expect({ code, waits, sent: requests.length }).toEqual({ code: 7, waits: [], sent: 1 });
  });
});

describe('a wait that no date can express', () => {
  it.each<[string, Record<string, string>, string]>([
    ['Retry-After', { 'retry-after': '9000000000000' }, '{}'],
    ['Retry-After of many digits', { 'retry-after': '9'.repeat(60) }, '{}'],
    ['Retry-After of more digits than a number has', { 'retry-after': '9'.repeat(400) }, '{}'],
    ['Retry-After-Ms of as many', { 'retry-after-ms': '9'.repeat(400) }, '{}'],
    ['X-RateLimit-Reset of as many', { 'x-ratelimit-reset': '9'.repeat(400) }, '{}'],
    ['X-RateLimit-Reset in as many hours', { 'x-ratelimit-reset': `${'9'.repeat(400)}h` }, '{}'],
    ['a member of as many digits', {}, `{"code":"x","message":"slow down","retry_after":${'9'.repeat(400)}}`],
    ['a text of as many digits', {}, `{"code":"x","message":"slow down","retry_after":"${'9'.repeat(400)}"}`],
    ['a message of as many digits', {}, `{"error":"slow","message":"try again in ${'9'.repeat(400)} seconds"}`],
    ['RateLimit', { ratelimit: '"a";r=0;t=999999999999999' }, '{}'],
    ['X-Retry-In', { 'x-retry-in': '99999999999999999999h' }, '{}'],
    ['a date', { date: 'Thu, 01 Jan 1970 00:00:00 GMT', 'retry-after': 'Fri, 12 Sep 275760 00:00:00 GMT' }, '{}'],
    ['retry_after', {}, '{"code":"x","message":"slow down","retry_after":1e300}'],
    ['retry_after without end', {}, '{"code":"x","message":"slow down","retry_after":1e400}'],
    ['a message', {}, `{"error":"slow","message":"try again in ${'9'.repeat(30)} hours"}`],
  ])('is kept in words: %s', async (_, headers, body) => {
    const { url, requests } = await serve((_request, response) => response.writeHead(429, headers).end(body));
    for (const more of [[], ['--retry']]) {
      const { code, stdout, waits } = await run(['call', 'GET', url, ...more]);
      expect({ code, stdout, waits }).toEqual({ code: 7, stdout: body, waits: [] });
    }
    expect(requests).toHaveLength(2);
    const { code, stdout } = await run(['check', '--format', 'json'], { cwd: checksFor(url, 1) });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).results[0].check.outcome).not.toBe('error');
  });

  it('is told from one that can be expressed', () => {
    const last = Date.parse('9999-12-31T23:59:59.999Z');
    expect(isoTime(last)).toBe('9999-12-31T23:59:59.999Z');
    expect(isoTime(last + 1)).toBeNull();
    expect(isoTime(Number.POSITIVE_INFINITY)).toBeNull();
  });
});

describe('a timer', () => {
  it('is set only where its delay is known to be short enough', () => {
    const src = fileURLToPath(new URL('../src', import.meta.url));
    const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /\bset(?:Timeout|Interval)\(|AbortSignal\.timeout/.test(readFileSync(join(src, file), 'utf8')));
    // The process's sleep, clamped waits, a constant patience, and the constant redrawing of a countdown and of a line.
    expect(found.sort()).toEqual([
      ...['cli.ts', 'clients/answer.ts', 'clients/retrying.ts', 'http/time-limit.ts', 'input/files.ts'],
      ...['terminal/spinner.ts', 'terminal/waiting.ts'],
    ]);
  });
});

describe('many jobs at once', () => {
  it('are no leak of listeners', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => warnings.push(name);
    process.on('warning', onWarning);
    const held: ServerResponse[] = [];
    // None is answered before all have arrived.
    const { url } = await serve((_, response) => {
      held.push(response);
      if (held.length === 20) for (const one of held) one.end('{}');
    });
    const { code } = await run(['check', '--jobs', '20'], { cwd: checksFor(url, 20) });
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect({ code, warnings }).toEqual({ code: 0, warnings: [] });
  });
});
