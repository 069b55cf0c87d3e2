import { describe, expect, it } from 'vitest';
import { RecordSplitter } from '../../src/input/split-documents.ts';

const LONGEST = 200;

/** The records in a text that comes in pieces of some length. */
function records(text: string, length: number): string[] {
  const found: string[] = [];
  const splitter = new RecordSplitter(
    {
      line: (bytes, from, to) => found.push(bytes.toString('utf8', from, to)),
      tooLong: (beginning) => found.push(`too long: ${beginning.slice(0, 10)}`),
    },
    LONGEST,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) splitter.push(Buffer.from(bytes.subarray(at, at + length)));
  splitter.end();
  return found;
}

const LONG = 'x'.repeat(LONGEST);
const ITEMS = Array.from({ length: 40 }, (_, id) => ({ id, text: 'a "quoted" \\ [text] {é}' }));
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const entry = (id: number) => ({ request: { url: `/${id}` }, response: { status: 500 } });
const wrapped = (id: number) => ({ log: { entries: [entry(id)] } });

const CASES: [what: string, text: string, records: unknown[]][] = [
  ['the lines of a log', '{"a":1}\n[1]\ntext\n', [{ a: 1 }, [1], 'text']],
  ['the lines after a byte order mark', '\ufeff{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ['one line without a line break', '[{"a":1},{"a":2}]', [[{ a: 1 }, { a: 2 }]]],
  ['the items of a list over several lines', pretty(ITEMS), ITEMS],
  ['the items of a list with a line each', `[\n${ITEMS.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`, ITEMS],
  ['the items of a list on one line that is too long', JSON.stringify(ITEMS), ITEMS],
  ['numbers, texts and lists in a list', '[\n1, "a", [2, [3]], -4.5e6, null]\n', [1, 'a', [2, [3]], -4.5e6, null]],
  ['objects one after the other', ITEMS.slice(0, 3).map(pretty).join('\n'), ITEMS.slice(0, 3)],
  [
    'the entries of a HAR, each in a HAR of its own',
    pretty({ log: { version: '1.2', entries: [entry(1), entry(2)], pages: [{ id: 1 }] } }),
    [wrapped(1), wrapped(2)],
  ],
  ['the items of the list in a long object', pretty({ nextToken: 'x', events: ITEMS, more: { a: [1] } }), ITEMS],
  [
    'an object that is not too long',
    pretty({ error: { code: 'A', details: [{ a: 1 }, { a: 2 }] } }),
    [{ error: { code: 'A', details: [{ a: 1 }, { a: 2 }] } }],
  ],
  [
    'a list, and lines after it',
    '[\n{"a":1},\n{"a":2}\n]\n12:00 ERROR it failed\n{"a":3}\n',
    [{ a: 1 }, { a: 2 }, '12:00 ERROR it failed', { a: 3 }],
  ],
  [
    'items around one that is too long',
    `[\n{"a":1},{"b":"${LONG}"},{"a":2}]`,
    [{ a: 1 }, 'too long: {"b":"xxxx', { a: 2 }],
  ],
  ['what is left of a list that breaks off', '[\n{"a":1},\n{"a":', [{ a: 1 }, '{"a":']],
  ['lines where the first was cut', '{"level":50,"msg":"it fai\n{"a":1}\n', ['{"level":50,"msg":"it fai', { a: 1 }]],
  ['lines where the first was cut between members', '{"level":50,\n{"a":1}\n', ['{"level":50,', { a: 1 }]],
  ['lines that are printed objects of JavaScript', "{\n  error: 'x'\n}\n", ['{', "  error: 'x'", '}']],
  [
    'lines that begin with a bracket',
    '[2026-03-01 12:00:00] ERROR a\n[worker] b\n',
    ['[2026-03-01 12:00:00] ERROR a', '[worker] b'],
  ],
  ['nothing', '', []],
];

describe('a stream is split into', () => {
  it.each(CASES)('%s', (_, text, expected) => {
    for (const length of [1, 7, 1000, 100_000]) {
      const found = records(text, length).map((record) => {
        try {
          return JSON.parse(record) as unknown;
        } catch {
          return record;
        }
      });
      expect(found, `pieces of ${length}`).toEqual(expected);
    }
  });
});
