import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { type Exchange, type Request, savedResponse } from '../../src/model/exchange.ts';
import { exitOfDiagnosis, type Report, type Result } from '../../src/model/report.ts';
import { renderPretty } from '../../src/render/error/pretty.ts';
import type { ColorLevel } from '../../src/render/style.ts';
import { run } from '../helpers/terminal.ts';

const request = (changes: Partial<Request> = {}): Request => ({
  method: 'GET',
  url: 'https://api.raptormaps.com/cyber-assets',
  headers: { 'x-request-id': '5b0c9ed1-6d4c-4a3e-9a55-0f6c8f2f3a10' },
  body: null,
  ...changes,
});

function report(exchange: Exchange, api: string | null, changes: Partial<Result> = {}): Report {
  const diagnosis = diagnose(exchange, builtIn, { api, now: 0 });
  return {
    schema: 'errprobe/report@1',
    command: 'call',
    ok: false,
    exit: exitOfDiagnosis(diagnosis),
    error: null,
    results: [
      {
        name: null,
        request: exchange.request,
        response: null,
        failure: exchange.failure,
        diagnosis,
        attempts: [],
        flaky: false,
        timings: { dns: null, connect: 1, tls: null, firstByte: 2, download: null, total: 182 },
        plan: null,
        ...changes,
      },
    ],
  };
}

const body = (value: unknown, status: number, headers = {}) => savedResponse(JSON.stringify(value), status, headers);

const cases: Record<string, Report> = {
  'expired-key': report(
    {
      request: request(),
      response: body({ error: 'Unauthorized', message: 'API key has expired' }, 401),
      failure: null,
    },
    'raptor-comply',
  ),
  'array-length': report(
    {
      request: request({ method: 'POST', url: 'https://victims.example/v1/victims/search' }),
      response: body(
        {
          error: {
            code: 'VALIDATION_ERROR',
            message: 'domains: list has 120 items, max 100',
            request_id: 'req_01HZXK3Q7N8YV6F3M2P9JABCDE',
          },
        },
        400,
      ),
      failure: null,
    },
    'victims',
  ),
  fields: report(
    {
      request: request({ method: 'POST', url: 'https://crypto.example/api/addresses' }),
      response: body(
        {
          blockchain: ['This field is required.'],
          non_field_errors: ['Address already registered in this organization.'],
        },
        400,
      ),
      failure: null,
    },
    'cryptocomply',
  ),
  undocumented: report(
    {
      request: request({ url: `https://victims.example/v1/victims/${'9'.repeat(70)}` }),
      response: body({ error: { code: 'KEY_FROZEN', message: 'Frozen', request_id: 'req_1' } }, 403),
      failure: null,
    },
    'victims',
  ),
  'unsafe-post': report(
    {
      request: request({ method: 'POST' }),
      response: body(
        { error: 'Internal Server Error', message: 'An unexpected error occurred. Please try again later.' },
        500,
      ),
      failure: null,
    },
    'raptor-comply',
  ),
  'no-answer': report(
    {
      request: request(),
      response: null,
      failure: { phase: 'connect', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:9' },
    },
    'raptor-comply',
  ),
  'long-message': report(
    {
      request: request(),
      response: body(
        {
          error: 'Forbidden',
          message: `You may not do this: ${'it is forbidden by a rule that somebody wrote, '.repeat(4)}sorry`,
        },
        403,
      ),
      failure: null,
    },
    'raptor-comply',
  ),
};

describe('the pretty output', () => {
  const looks = [80, 120].flatMap((width) => ([0, 1] as ColorLevel[]).map((color) => ({ width, color })));
  it.each(Object.entries(cases).flatMap(([name, value]) => looks.map((look) => ({ name, value, ...look }))))(
    'of $name at $width columns with colour $color is as it was',
    async ({ name, value, width, color }) => {
      const text = renderPretty(value, { width, color, verbose: false });
      await expect(text).toMatchFileSnapshot(`../golden/${name}.${width}${color === 0 ? '' : '.color'}.txt`);
    },
  );

  it.each(Object.entries(cases))('of %s keeps to its width, but for words that are longer', (_, value) => {
    for (const width of [60, 80, 120]) {
      const lines = renderPretty(value, { width, color: 0, verbose: true }).split('\n');
      const long = lines.filter(
        (line) => line.length > width && line.trim().includes(' ') && !/^\s+\S+ https?:\S+$/.test(line),
      );
      expect(long).toEqual([]);
    }
  });

  it.each(Object.entries(cases))('of %s says nothing twice', (_, value) => {
    const lines = renderPretty(value, { width: 500, color: 0, verbose: false })
      .split('\n')
      .map((line) => line.replace(/^\s*(\w+ {2,})?([-\d.]+ )?/, '').trim())
      .filter((line) => line !== '');
    expect(new Set(lines).size).toBe(lines.length);
  });
});

it('the JSON output of a call is as it was', async () => {
  const { stdout } = await run([
    'call',
    'GET',
    '/cyber-assets',
    '--mock',
    '429,expired-api-key',
    '--retry',
    '--format',
    'json',
  ]);
  const stable = stdout
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:0')
    .replaceAll(/"(date)": "[^"]*"/g, '"$1": "Sun, 01 Mar 2026 12:00:00 GMT"')
    .replaceAll(/"(dns|connect|tls|firstByte|download|total)": \d+/g, '"$1": 1');
  await expect(stable).toMatchFileSnapshot('../golden/call.json');
});

it('the output of explain for a code of several APIs is as it was', async () => {
  const { stdout } = await run(['explain', 'RATE_LIMIT_EXCEEDED']);
  await expect(stdout).toMatchFileSnapshot('../golden/explain-code.txt');
});
