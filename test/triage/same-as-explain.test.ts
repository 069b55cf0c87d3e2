import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { explain } from '../../src/commands/explain/explain.ts';
import { counterInto, type TriageReading } from '../../src/commands/triage/triage.ts';
import { apisOf } from '../../src/config/apis.ts';
import type { Effects } from '../../src/model/effects.ts';
import { UsageError } from '../../src/model/errors.ts';
import { Secrets } from '../../src/secrets/secrets.ts';
import { countedErrorOf } from '../../src/triage/counted-error.ts';
import { emptyTally, toPartial } from '../../src/triage/tally.ts';
import { type Fixture, fixtures, isOfKnownApi } from '../helpers/fixtures.ts';
import { isThorough } from '../helpers/thorough.ts';

const APIS = apisOf(builtIn, []);

const NOW = Date.parse('2026-03-01T12:00:00Z');
const reading: TriageReading = {
  api: undefined,
  preferred: null,
  layers: [],
  keys: [],
  fields: {},
  since: null,
  until: null,
  now: NOW,
};

/** The forms of errors in logs. */
const FORMS: Record<string, (error: Fixture, id: number) => unknown> = {
  body: ({ body }) => body,
  dump: ({ status, headers, body }) => ({ status: status ?? 500, headers, body }),
  text: ({ status, body }, id) =>
    `2026-03-01T12:00:0${id % 10}.123Z ERROR request ${uuid(id)} failed: HTTP ${status ?? 500} ${asText(body)}`,
  sentence: ({ body }, id) =>
    `2026-03-01T12:00:0${id % 10}.123Z ERROR [worker-${id}] An error occurred (${id % 2 ? 'Throttling' : 'Access'}Exception) when calling the List operation: ${asText(body).replaceAll(/[{}[\]]/g, '')}`,
  level: ({ body }, id) => `Mar  1 12:00:00 host-1 jobs[${id}]: ERROR ${asText(body).replaceAll(/[^a-z ]/gi, '')}`,
  inspect: ({ status, body }) =>
    `API error [${status ?? 500}]: ${inspect(body, { depth: 9, breakLength: Number.POSITIVE_INFINITY })}`,
  pino: ({ status, body }, id) => ({
    level: 50,
    time: NOW + id,
    pid: id,
    hostname: `api-${id}`,
    reqId: uuid(id),
    req: { method: 'GET', url: `/v1/things/${id}` },
    res: { statusCode: status ?? 500, body },
    msg: `failed ${id}`,
  }),
  winston: ({ status, body }, id) => ({
    timestamp: new Date(NOW + id).toISOString(),
    level: 'error',
    message: 'call failed',
    status: status ?? 500,
    method: 'POST',
    url: `https://api.raptormaps.com/cyber-assets/${id}`,
    response_body: asText(body),
  }),
  axios: ({ status, body }, id) => ({
    message: 'Request failed',
    name: 'AxiosError',
    config: { method: 'get', url: `/things/${id}`, baseURL: 'https://api.example.com' },
    response: { status: status ?? 500, data: body },
  }),
  report: ({ status, headers, body }, id) => ({
    schema: 'errprobe/report@1',
    results: [
      {
        name: null,
        request: { method: 'GET', url: `https://api.example.com/a/${id}`, headers: {}, body: null },
        response: { status, headers, body, bytes: 1 },
        failure: null,
        diagnosis: {},
      },
    ],
  }),
};

function asText(body: unknown): string {
  return typeof body === 'string' ? body.replaceAll('\n', ' ') : JSON.stringify(body);
}

function uuid(id: number): string {
  return `3f2a6b1c-9d4e-4f70-8a5b-${(id * 7919).toString(16).padStart(12, '0')}`;
}

/** Variants of an error with other ids and times. */
function anew(line: string, id: number): string {
  return line
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, () => uuid(id))
    .replaceAll(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/g, (_, ms?: string) =>
      ms === undefined ? '2027-01-02T03:04:05Z' : '2027-01-02T03:04:05.678Z',
    );
}

/** CI tries every fixture in every form; otherwise each is tried in a few of them, by turns. */
const lines = fixtures().flatMap((fixture, i) =>
  Object.entries(FORMS).flatMap(([form, write], j) => {
    const [thorough, usual] = isOfKnownApi(fixture) ? [10, 100] : [1, 10];
    if ((i + j) % (isThorough ? thorough : usual) !== 0) return [];
    const value = write(fixture, i);
    return {
      name: `${fixture.name} as ${form}`,
      line: typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value),
    };
  }),
);

/** Several tests ask about the same lines. */
const remembered = new Map<string, Promise<Record<string, number>>>();

/** The counts by kind and advice according to `explain`, or that it cannot read the line. */
function explained(line: string): Promise<Record<string, number>> {
  const known = remembered.get(line) ?? explainAnew(line);
  remembered.set(line, known);
  return known;
}

async function explainAnew(line: string): Promise<Record<string, number>> {
  const stdin = Readable.from([Buffer.from(line)]);
  const { signal } = new AbortController();
  const effects = { cwd: '/nowhere', now: () => NOW, stdin, signal, env: {} } as unknown as Effects;
  const options = { ...reading, input: '-', status: undefined, headers: {}, exitStatus: false, layers: [], apis: APIS };
  const sums: Record<string, number> = {};
  if (line.trim() === '') return sums;
  try {
    const { results } = await explain(options, builtIn, effects, new Secrets());
    for (const { diagnosis } of results)
      add(sums, diagnosis === null ? null : countedErrorOf(diagnosis, (text) => new Secrets().redact(text)));
    return sums;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { unreadable: 1 };
  }
}

function add(sums: Record<string, number>, error: ReturnType<typeof countedErrorOf>): void {
  if (error === null) return;
  const { id, api, status, code, words } = error.kind;
  const key = JSON.stringify([id, api, status, code, words, error.advice]);
  sums[key] = (sums[key] ?? 0) + 1;
}

function triaged(all: string[]): Record<string, number> {
  const tally = emptyTally();
  const counter = counterInto(tally, reading, builtIn);
  counter.push(Buffer.from(all.join('\n')));
  counter.end();
  const sums: Record<string, number> = {};
  for (const { kind, advice } of toPartial(tally).cells) {
    const { id, api, status, code, words } = kind;
    for (const [name, count] of Object.entries(advice)) {
      if (count === 0) continue;
      const key = JSON.stringify([id, api, status, code, words, name]);
      sums[key] = (sums[key] ?? 0) + count;
    }
  }
  return tally.counts.unreadable > 0 ? { ...sums, unreadable: tally.counts.unreadable } : sums;
}

async function expected(all: string[]): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const line of all) {
    for (const [key, count] of Object.entries(await explained(line))) sums[key] = (sums[key] ?? 0) + count;
  }
  return sums;
}

describe('triage says of a line what explain says', { timeout: 300_000 }, () => {
  it('alone', async () => {
    for (const { name, line } of lines) {
      expect({ name, ...triaged([line]) }).toEqual({ name, ...(await explained(line)) });
    }
  });

  it('after lines of the same form with other ids and times', async () => {
    for (const { name, line } of lines) {
      const all = [anew(line, 1), anew(line, 2), line];
      expect({ name, ...triaged(all) }).toEqual({ name, ...(await expected(all)) });
    }
  });

  it('among all others, in any order', async () => {
    const sums = new Map<string, Record<string, number>>();
    for (const { line } of lines) sums.set(line, await explained(line));
    fc.assert(
      fc.property(fc.shuffledSubarray(lines), (some) => {
        const total: Record<string, number> = {};
        for (const { line } of some) {
          for (const [key, count] of Object.entries(sums.get(line) ?? {})) total[key] = (total[key] ?? 0) + count;
        }
        expect(triaged(some.map(({ line }) => line))).toEqual(total);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('of ids of any length, where a limit of length decides', async () => {
    // A text of more than 300 characters is not a message.
    const id = (length: number) => 'a1b2c3d4e5f6a7b8'.repeat(20).slice(0, length);
    const lengths = [20, 40, 200, 255, 256, 276, 300];
    const all = lengths.flatMap((length) => {
      const message = `${'Key x'.padEnd(270, ' word')} ${id(length)}`;
      const own = `${'Key'.padEnd(30, ' y')} ${id(length)}`;
      return [message, own].flatMap((text) => [
        text,
        JSON.stringify({ odd: text }),
        `ERROR 500 ${JSON.stringify({ odd: text })}`,
      ]);
    });
    expect(triaged(all)).toEqual(await expected(all));
    expect(triaged(all.toReversed())).toEqual(await expected(all));
  });

  it('of texts in quotes and brackets of any kind', async () => {
    const all = ['"', '(', 'a', '4'].map((mark) => JSON.stringify({ error: `${mark}${uuid(1)}${mark}` }));
    expect(triaged(all)).toEqual(await expected(all));
  });

  it('of many lines that differ in short ids, numbers and words', async () => {
    const names = [
      'request_id',
      'requestId',
      'x-request-id',
      'trace',
      'id',
      'user',
      'code',
      'status',
      'detail',
      'retryable',
    ];
    const ids = fc.oneof(
      fc.nat().map((n) => `req_${n}`),
      fc.nat(1000),
      fc.nat(1000).map(String),
      fc.nat().map((n) => n.toString(16)),
      fc.base64String({ minLength: 4, maxLength: 12 }),
      fc.ulid(),
      fc.uuid(),
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.constantFrom('KEY_LOCKED', 'not_found', '429', 503, 'error', 'AADSTS50076', 'https://a.example/docs'),
    );
    const some = lines.filter(({ line }) => line.startsWith('{'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...some),
        fc.subarray(names, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.array(fc.tuple(ids, ids, ids), { minLength: 70, maxLength: 90 }),
        async ({ line }, members, isOuter, values) => {
          // Strings only: a number makes another shape, of which there would be too few lines.
          const all = values.map((each) => withMembers(line, isOuter, members, each.map(String)));
          expect(triaged(all)).toEqual(await expected(all));
        },
      ),
      { numRuns: isThorough ? 40 : 10, endOnFailure: true },
    );
  });

  it.each([
    ['an id', '86400b86400a86400', '999999999999'],
    ['an id of the same length', '8640b8640a864000', '1767225600123456'],
  ])('of a wait that is %s and of one that is a number', async (_, id, number) => {
    const all = [id, number, id, number].map((wait) =>
      JSON.stringify({ res: { statusCode: 429, body: { message: `try again in ${wait} seconds` } } }),
    );
    expect(triaged(all)).toEqual(await expected(all));
  });

  it('of many messages that differ in a number or an id', async () => {
    const value = fc.oneof(
      fc.nat(1000).map(String),
      fc.nat().map((n) => `k_${n}`),
      fc.nat().map((n) => n.toString(16)),
      fc.constantFrom('429', '503', 'AADSTS50076', '0', '-1', '9'.repeat(12)),
    );
    const text = fc.constantFrom(
      ...['Key # is locked', 'try again in # seconds', 'HTTP # happened', 'list has # items, max #', 'status code #'],
      ...['Domain # is already in use', '#', 'retry after #', 'error code: #', 'cannot transition from # to #'],
    );
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('message', 'error', 'detail', 'code', 'msg'),
        fc.boolean(),
        fc.array(value, { minLength: 70, maxLength: 90 }),
        async (message, name, isRecord, all) => {
          const written = all.map((each) => {
            const body = { error: 'ValidationError', [name]: message.replaceAll('#', each) };
            return JSON.stringify(isRecord ? { level: 50, res: { statusCode: 429, body } } : body);
          });
          expect(triaged(written)).toEqual(await expected(written));
        },
      ),
      { numRuns: isThorough ? 40 : 10, endOnFailure: true },
    );
  });

  it('whatever stands in the place of its values', async () => {
    const values = fc.oneof(
      fc.constantFrom<unknown>(
        404,
        200,
        '503',
        'ERROR',
        'info',
        null,
        true,
        '',
        1767225600,
        'try again in 5s',
        'ECONNREFUSED',
      ),
      fc.uuid(),
      fc.string(),
      fc.integer(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const some = lines.filter(({ line }) => line.startsWith('{'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...some), fc.nat(), values), { minLength: 2, maxLength: 6 }),
        async (changes) => {
          const all = changes.flatMap(([{ line }, at, value]) => [line, replaced(line, at, value)]);
          expect(triaged(all)).toEqual(await expected(all));
        },
      ),
      { numRuns: isThorough ? 120 : 60, endOnFailure: true },
    );
  });
});

/** A line of JSON with additional members, at the top or in the innermost object. */
function withMembers(line: string, isOuter: boolean, names: string[], values: unknown[]): string {
  const value = JSON.parse(line) as Record<string, unknown>;
  let inner = value;
  while (!isOuter) {
    const next = Object.values(inner).find((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
    if (next === undefined) break;
    inner = next as Record<string, unknown>;
  }
  for (const [i, name] of names.entries()) inner[name] = values[i];
  return JSON.stringify(value);
}

/** A line of JSON with one of its leaves replaced. */
function replaced(line: string, at: number, value: unknown): string {
  let leaves = 0;
  JSON.parse(line, (_, inner: unknown) => {
    if (typeof inner !== 'object') leaves++;
    return inner;
  });
  let left = at % Math.max(1, leaves);
  return JSON.stringify(
    JSON.parse(line, (_, inner: unknown) => (typeof inner === 'object' ? inner : left-- === 0 ? value : inner)),
  );
}
