import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DetailedPeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { certificateOf } from '../../src/http/certificate.ts';
import { parseJson } from '../../src/json/read.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { someFixtures } from '../helpers/fixtures.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const deep = '['.repeat(20_000) + ']'.repeat(20_000);

/** A working directory with files in it. */
function folder(files: Record<string, string>): string {
  const cwd = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

describe('a saved error of which one part is not what it should be', () => {
  const har = (entry: string) => `{"log":{"entries":[${entry}]}}`;
  const report = (result: string) => `{"schema":"errprobe/report@1","results":[{"diagnosis":{},${result}}]}`;

  it.each<[string, string]>([
    ['a header that is null', har('{"request":{"method":"GET","url":"x","headers":[null]},"response":{"status":500}}')],
    ['a failure without a message', har('{"response":{"_failure":{"code":"ENOTFOUND"}}}')],
    ['a failure that is a text', har('{"response":{"_failure":"x"}}')],
    ['an empty failure', har('{"response":{"_failure":{}}}')],
    ['a failure of numbers', har('{"response":{"_failure":{"phase":1,"code":2,"message":3}}}')],
    ['a phase that does not exist', har('{"response":{"_failure":{"phase":"x","code":"E","message":"m"}}}')],
    [
      'names that are numbers',
      har('{"response":{"_failure":{"code":"CERT_HAS_EXPIRED","certificate":{"names":[0.5]}}}}'),
    ],
    ['a certificate that is true', har('{"response":{"_failure":{"code":"CERT_HAS_EXPIRED","certificate":true}}}')],
    ['a response that is a text', har('{"request":1,"response":"x"}')],
    ['an attempt that is null', report('"attempts":[null]')],
    ['a time that does not exist', report('"attempts":[{"at":"+999999-01-01"}],"timings":{"total":"a"}')],
    ['a failure without a code', report('"failure":{"phase":"dns"}')],
    ['a deep body in a report', report(`"response":{"status":500,"body":${deep}}`)],
    ['a deep body in a record', `{"level":"error","res":{"statusCode":500,"body":${deep}}}`],
    ['a deep body of an exception', `{"level":"error","err":{"response":{"status":500,"data":${deep}}}}`],
  ])('%s costs only that part', async (_, input) => {
    for (const argv of [['explain'], ['explain', '--format', 'json'], ['report'], ['triage', '--format', 'json']]) {
      const { code, stderr } = await run(argv, { input });
      expect([0, 1, 2], `${argv.join(' ')}: ${stderr}`).toContain(code);
    }
  });

  it('does not keep the other lines of a log from being counted', async () => {
    const bad = har('{"request":{"method":"GET","url":"x","headers":[null]},"response":{"status":500}}');
    const { code, stdout } = await run(['triage', '--format', 'json'], {
      input: `${bad}\n{"level":"error","status":503}\n`,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).lines).toMatchObject({ lines: 2, failed: 2 });
  });
});

describe('a body of which one value is an object that cannot be made a text', () => {
  const HOSTILE = { toString: 1, valueOf: 1 };

  /** Copies of the value, each with one part replaced by the hostile object. */
  function* each(value: unknown): Generator<unknown> {
    yield HOSTILE;
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      for (const other of each(inner)) {
        yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
      }
    }
  }

  it('is diagnosed all the same, whichever value of whichever fixture it is', () => {
    for (const { name, status, headers, body } of someFixtures()) {
      for (const changed of each(typeof body === 'string' ? parseJson(body) : body)) {
        const response = savedResponse(JSON.stringify(changed), status, headers);
        const look = () => diagnose({ request: null, response, failure: null }, builtIn, { now: 0 });
        expect(look, `${name}: ${response.body}`).not.toThrow();
      }
    }
  });
});

describe('one header of an answer', () => {
  it.each([
    ['retry-after', '9000000000000'],
    ['retry-after', '99999999999999999'],
    ['retry-after', 'Fri, 12 Sep 275760 00:00:00 GMT'],
    ['ratelimit', '"a";r=0;t=999999999999999'],
    ['x-retry-in', '99999999999999999999h'],
  ])('%s: %s does not end the call, and nothing is sent again', async (name, value) => {
    const { url, requests } = await serve((_, response) => response.writeHead(429, { [name]: value }).end('{}'));
    const { code, waits } = await run(['call', 'GET', url, '--retry', '--format', 'json']);
    expect(code).toBe(7);
    expect(waits).toEqual([]);
    expect(requests).toHaveLength(1);
  });
});

describe('what goes wrong in one check', () => {
  it('is the error of that check alone, where a captured value has braces', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"next":"{id}"}'),
    );
    const cwd = folder({
      'c.yaml': `checks:
  - { name: a, request: "GET ${url}/a", capture: { n: /next } }
  - { name: b, request: { path: "${url}/x/\${n}" } }
  - { name: c, request: "GET ${url}/c" }
`,
    });
    const { code, stdout } = await run(['check', 'c.yaml', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    const outcomes = JSON.parse(stdout).results.map(({ check }: { check: { outcome: string } }) => check.outcome);
    expect(outcomes).toEqual(['passed', 'error', 'passed']);
  });

  it('is said of a .http file, too', async () => {
    const cwd = folder({ 'c.http': 'GET http://127.0.0.1:9/a?filter={id}\n' });
    const { code, stdout } = await run(['check', 'c.http'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('params does not define id');
  });
});

describe('a certificate', () => {
  it('with a date that does not exist is told of by its code alone', () => {
    const name = { CN: 'x.example' };
    const leaf = { raw: Buffer.of(1), subject: name, issuer: name, valid_from: 'Jan  1 00:00:00 2026 GMT' };
    const certificate = (valid_to: string) =>
      certificateOf({ ...leaf, valid_to } as unknown as DetailedPeerCertificate);
    expect(certificate('Bad time value')).toBeNull();
    expect(certificate('Jan  1 00:00:00 2027 GMT')?.validTo).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('a file of the project', () => {
  it.each<[string, string]>([
    [
      'aliases that stand for more and more',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n`,
    ],
    ['an alias without an anchor', 'apis: { victims: { key: *Zk9Key4242abcdXYZ } }\n'],
    ['a base URL without a host', 'apis: { victims: { baseUrl: "https://" } }\n'],
    ['keys that are maps', '{ { a: 1 }: 2, [b]: 3 }\n'],
    ['brackets of any depth', `a: ${deep}\n`],
    ['maps of any depth on one line', `a: { ${'b: '.repeat(30_000)}\n`],
    ['endlessly many mistakes', `a: ${'!!x '.repeat(5000)}b\n`],
    ['a key without end', `"${'k'.repeat(4_500_000)}": 1\n`],
    ['endlessly many values', `apis: { victims: { headers: {${' a: b,'.repeat(60_000)} } } }\n`],
    ['endlessly many lines', `api: victims\n${'\n'.repeat(200_000)}`],
  ])('with %s is refused in one message', async (_, text) => {
    const cwd = folder({ '.errproberc.yaml': text });
    const { code, stderr } = await run(['doctor', 'victims'], { cwd });
    expect([1, 2]).toContain(code);
    expect(stderr.length).toBeLessThan(2000);
    expect(stderr).not.toContain('Zk9Key');
  });

  it('of many unknown keys is refused with the first of them', async () => {
    const text = Array.from({ length: 2000 }, (_, i) => `k${i}: 1`).join('\n');
    const { code, stderr } = await run(['explain', '429'], { cwd: folder({ '.errproberc.yaml': text }) });
    expect(code).toBe(2);
    expect(stderr.match(/unknown key/g)).toHaveLength(20);
  });

  it('in which a key stands twice is refused with its place', async () => {
    const cwd = folder({ '.errproberc.yaml': 'api: victims\nretry: {}\napi: cryptocomply\n' });
    const { code, stderr } = await run(['explain', '429'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/:3:1: Map keys must be unique/);
  });
});

describe('a partial triage', () => {
  const partial = (more: object) =>
    JSON.stringify({
      schema: 'errprobe/triage-partial@1',
      lines: { lines: 1, failed: 1, clean: 0, outside: 0, unreadable: 0, notUtf8: 0 },
      unreadable: {},
      problems: [],
      folded: 0,
      interval: 1000,
      first: 0,
      last: 1,
      cells: [],
      ...more,
    });

  it.each([{ last: 8.64e15 + 1 }, { first: -1e300 }, { first: 2, last: 1 }, { interval: 1e300 }])(
    'with a time that cannot be is refused: %j',
    async (more) => {
      const { code, stderr } = await run(['triage', '--merge', 'p.json'], { cwd: folder({ 'p.json': partial(more) }) });
      expect(code).toBe(2);
      expect(stderr).toContain('is not what --partial writes');
    },
  );
});

describe('what the clock and long texts do', () => {
  it('gives no negative times when the clock goes back', async () => {
    const { url } = await serve((_, response) => response.writeHead(500).end('{}'));
    let now = Date.parse('2026-03-01T12:00:00Z');
    const clock = () => {
      now -= 1000;
      return now;
    };
    const { stdout } = await run(['call', 'GET', url, '--format', 'json'], { now: clock });
    expect(JSON.parse(stdout).results[0].attempts[0].ms).toBe(0);
  });

  it('shows the beginning of a long message, and that it was cut', async () => {
    const input = `{"error":"x","message":"${'word '.repeat(40_000)}"}`;
    const { stdout } = await run(['explain'], { input });
    expect(stdout.length).toBeLessThan(10_000);
    expect(stdout).toMatch(/cut, \d+\s+more\s+characters/);
  });

  it('answers a path that is no URL as any other path', async () => {
    const { code } = await run(['call', 'GET', '//[', '--mock']);
    expect(code).not.toBe(70);
  });
});
