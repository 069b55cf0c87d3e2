import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { counterInto, type TriageReading } from '../../src/commands/triage/triage.ts';
import { emptyTally, toPartial } from '../../src/triage/tally.ts';
import { growthOf, LINEAR } from '../helpers/cpu-time.ts';

const READING: TriageReading = {
  api: undefined,
  preferred: null,
  layers: [],
  keys: [],
  fields: {},
  since: null,
  until: null,
  now: 0,
};

const START = 1_767_225_600_000;

function counted(text: string) {
  const tally = emptyTally();
  const splitter = counterInto(tally, READING, builtIn);
  splitter.push(Buffer.from(text));
  splitter.end();
  return toPartial(tally);
}

/** What people see of the counts: samples are ordered by their text. */
const seen = (text: string) => {
  const { cells, ...rest } = counted(text);
  return { ...rest, cells: cells.map(({ samples, ...cell }) => ({ ...cell, samples: samples.length })) };
};

const RECORDS = Array.from({ length: 60 }, (_, i) => ({
  level: 50,
  time: START + i,
  req: { method: 'GET', url: `/v1/things/${i}` },
  res: { statusCode: [404, 429, 500][i % 3], body: { error: { code: `E${i % 7}`, message: 'It failed' } } },
}));

describe('triage counts the same', () => {
  const lines = seen(RECORDS.map((record) => JSON.stringify(record)).join('\n'));

  it.each([
    ['in a list over several lines', JSON.stringify(RECORDS, null, 2)],
    ['in objects over several lines', RECORDS.map((record) => JSON.stringify(record, null, 1)).join('\n')],
    ['in a list with a line for each', `[\n${RECORDS.map((record) => JSON.stringify(record)).join(',\n')}\n]`],
  ])('%s', (_, text) => {
    expect(seen(text)).toEqual(lines);
  });

  it('in a list on one line, which is one line', () => {
    const { cells, lines: counts } = seen(JSON.stringify(RECORDS));
    expect(counts).toMatchObject({ lines: 1, failed: 1 });
    expect(cells.map(({ kind, count }) => [kind, count])).toEqual(lines.cells.map(({ kind, count }) => [kind, count]));
  });
});

describe('triage reads a HAR by its entries', () => {
  const entries = Array.from({ length: 9 }, (_, i) => ({
    startedDateTime: new Date(START + i * 1000).toISOString(),
    request: { method: 'GET', url: `https://api.example.com/v1/things/${i}`, headers: [] },
    response: {
      status: i % 3 === 0 ? 503 : 200,
      headers: [{ name: 'x-request-id', value: `r-${i}` }],
      content: { text: '{"error":"It failed"}' },
    },
  }));

  it('with the time, the endpoint and the request ID of each', () => {
    const { lines, first, last, cells } = counted(JSON.stringify({ log: { version: '1.2', entries } }, null, 2));
    expect(lines).toMatchObject({ lines: 9, failed: 3, clean: 6 });
    expect([first, last]).toEqual([START, START + 6000]);
    expect(cells.map(({ endpoint, count }) => [endpoint, count])).toEqual([['GET api.example.com/v1/things/{id}', 3]]);
    expect(cells[0]?.samples.map(({ requestId }) => requestId)).toEqual(['r-0', 'r-3', 'r-6']);
  });

  it('on one line in time that grows with their number', async () => {
    const read = (length: number) => {
      const one = { status: 503, headers: [], content: { text: '{"error":"It failed"}' } };
      const many = Array.from({ length }, (_, i) => ({
        request: { method: 'GET', url: `https://api.example.com/things/of-${'abcdefghij'[i % 10]}/${i}x`, headers: [] },
        response: one,
      }));
      const text = JSON.stringify({ log: { version: '1.2', entries: many } });
      expect(counted(text).lines.failed).toBe(1);
    };
    expect(await growthOf(read, 250)).toBeLessThan(LINEAR);
  });
});
