import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnoseSaved } from '../../src/commands/explain/explain.ts';
import { apisOf } from '../../src/config/apis.ts';
import { LineSplitter } from '../../src/input/split-lines.ts';
import { LogReader } from '../../src/triage/log-reader.ts';
import { emptyTally } from '../../src/triage/tally.ts';

const APIS = apisOf(builtIn, []);

const LINES = 5000;

/** The number of full diagnoses needed to read lines, and of errors found in them. */
function read(lineOf: (i: number) => string) {
  const tally = emptyTally();
  let diagnoses = 0;
  const options = { api: undefined, preferred: null, layers: [], apis: APIS };
  const reader = new LogReader(tally, {
    diagnose: (exchange) => {
      diagnoses++;
      return diagnoseSaved(exchange, options, builtIn, 0);
    },
    hideCut: (text: string) => text,
    redact: (text) => text,
    isKnownWord: () => false,
    byPath: false,
    fields: {},
    since: null,
    until: null,
  });
  const splitter = new LineSplitter(reader, 1e6);
  for (let i = 0; i < LINES; i++) splitter.push(Buffer.from(`${lineOf(i)}\n`));
  splitter.end();
  return { diagnoses, failed: tally.counts.failed, cells: tally.table.cells.size };
}

const hash = (i: number) => Math.imul(i + 1, 2654435761) >>> 0;
const base64 = (i: number) => Buffer.from(`${hash(i)}`).toString('base64');
const word = (i: number) => [...String(hash(i))].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const IDS: [form: string, id: (i: number) => string | number][] = [
  ['short ids', (i) => `req_${i}`],
  ['numbers', (i) => i],
  ['digits', (i) => String(i)],
  ['words', word],
  ['hex', (i) => hash(i).toString(16)],
  ['base64', base64],
  ['ULIDs', (i) => `01HZXK3Q7N8YV6F3M2P9${String(i).padStart(6, '0')}`],
];

const LOCKED = { code: 'KEY_LOCKED', message: 'Key is locked' };
const PLACES: [place: string, line: (id: string | number, i: number) => unknown][] = [
  ['in the error', (id) => ({ error: { ...LOCKED, request_id: id } })],
  ['beside the error', (id) => ({ error: LOCKED, trace: id })],
  ['under two names', (id, i) => ({ error: { ...LOCKED, request_id: id, correlationId: `c-${i}` } })],
  [
    'in the body of a record',
    (id, i) => ({
      level: 50,
      time: 1767225600000 + i,
      req: { method: 'GET', url: `/v1/keys/${i}` },
      res: { statusCode: 409, body: { error: { ...LOCKED, requestId: id } } },
    }),
  ],
  [
    'in a header of a record',
    (id) => ({
      level: 50,
      res: { statusCode: 503, headers: { 'x-request-id': id, date: 'Sat, 21 Nov 2026 16:02:38 GMT' }, body: LOCKED },
    }),
  ],
];

describe('triage diagnoses a few of the lines that differ only in what is copied', () => {
  it.each(PLACES.flatMap(([place, line]) => IDS.map(([form, id]) => [form, place, id, line] as const)))(
    '%s %s',
    (_form, _place, id, line) => {
      const { diagnoses, failed, cells } = read((i) => JSON.stringify(line(id(i), i)));
      expect(failed).toBe(LINES);
      expect(cells).toBeLessThanOrEqual(1);
      expect(diagnoses).toBeLessThan(300);
    },
  );

  it('numbers in a message', () => {
    const { diagnoses } = read((i) =>
      JSON.stringify({ error: 'ValidationError', message: `list has ${i + 101} items, max 100` }),
    );
    expect(diagnoses).toBeLessThan(300);
  });

  it('short ids in hexadecimal in a message', () => {
    const { diagnoses } = read((i) =>
      JSON.stringify({ status: 500, body: { message: `job ${hash(i).toString(16).padStart(8, '0')} went wrong` } }),
    );
    expect(diagnoses).toBeLessThan(300);
  });

  it('numbered codes, and counts each code', () => {
    const { diagnoses, cells } = read((i) =>
      JSON.stringify({ status: 500, body: { code: `C${i % 1000}`, message: 'It failed', requestId: `r-${i}` } }),
    );
    expect(cells).toBe(1000);
    expect(diagnoses).toBeLessThan(300);
  });

  it('but all of those that differ in their code', () => {
    const { cells } = read((i) => JSON.stringify({ error: { code: `E_${word(i % 500)}`, message: 'It failed' } }));
    expect(cells).toBe(500);
  });
});
