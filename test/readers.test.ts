import { describe, expect, it } from 'vitest';
import { readSource } from '../src/catalogs/import/source.ts';
import { parseHttpFile } from '../src/checks/http-file.ts';
import { configSchema } from '../src/config/schema.ts';
import { readRetryHint } from '../src/diagnosis/advice/retry-hint.ts';
import { fieldAt, fieldIn } from '../src/diagnosis/read/field-path.ts';
import { readError } from '../src/diagnosis/read/read-error.ts';
import { readRecord } from '../src/input/log-record.ts';
import { readLogText } from '../src/input/log-text.ts';
import { readNetworkText } from '../src/input/network-text.ts';
import { readRawHttp, readVerboseCurl } from '../src/input/raw-http.ts';
import { readSavedErrors } from '../src/input/saved-error.ts';
import { parseXml } from '../src/input/xml.ts';
import { JsonText } from '../src/json/text.ts';
import { visible, wrap } from '../src/render/text.ts';
import { validateSource } from '../src/schema/validate.ts';
import { parseSource } from '../src/schema/yaml.ts';
import { Secrets } from '../src/secrets/secrets.ts';
import { nearest } from '../src/text/nearest.ts';
import { cpuTimer } from './helpers/cpu-time.ts';

type Reader = (text: string) => unknown;

const anything = (read: Reader): Reader => {
  return (text) => {
    try {
      return read(text);
    } catch {
      return null;
    }
  };
};

/** Reads a text as a document to import. */
const imported =
  (path: string): Reader =>
  (text) =>
    readSource({ path, text, values: null }, () => undefined, {});

/** All readers of external text. */
const READERS: Record<string, Reader> = {
  'a saved error': (text) => readSavedErrors(text, 'it'),
  'an error in a body': (text) => readError(text),
  'the text of a log': readLogText,
  'the text of a client': readNetworkText,
  'a response as curl prints it': readRawHttp,
  'what curl -v prints': readVerboseCurl,
  XML: parseXml,
  JSON: (text) => JsonText.parse(text)?.indented(),
  YAML: (text) => parseSource(text).errors,
  'a config': (text) => validateSource(text, configSchema),
  'a .http file': parseHttpFile,
  'the name of a field': fieldAt,
  'a sentence that names a field': fieldIn,
  'a mistyped word': (text) => nearest(text, ['a', 'status', 'x'.repeat(30)]),
  'a message to be shown': (text) => wrap(visible(text), 80),
  'a text with secrets': (text) => new Secrets().redact(text),
  'a page to import, in Markdown': imported('a.md'),
  'a page to import, in HTML': imported('a.html'),
  'a page to import, as text': imported('a.txt'),
  'a list to import': imported('a.csv'),
  'a retry hint': (text) =>
    readRetryHint({ 'retry-after': text, 'x-ratelimit-reset': text }, { retryAfterMs: null, message: text }, 0),
  'a record of a logger': (text) =>
    readRecord({ level: 'error', msg: text, err: { message: text, config: { baseURL: text, url: text } } }),
};

/** Their inputs: repeated units, with whatever has to surround them. */
const HOSTILE: [unit: string, before?: string, after?: string][] = [
  ...[
    '[',
    ']',
    '{',
    '"',
    '\\',
    '/',
    ' ',
    '\n',
    '.',
    '-',
    ':',
    'a',
    '1',
    '%',
    '&',
    '<',
    '>',
    '#',
    '@',
    '=',
    ',',
    '\t',
  ].map((unit): [string] => [unit]),
  ['HTTP/1.1 100 Continue\n\n'],
  ['HTTP/1.1 301 Moved\nA: b\n\n'],
  ['A: b\n', 'HTTP/1.1 400 x\n', '\n{}'],
  ['1\n\n', 'HTTP/1.1 400 x\nTransfer-Encoding: chunked\n\n'],
  ['< HTTP/1.1 200\n'],
  ['> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n'],
  ['{"a":', '', '1'],
  ['{"error":"x"}\n'],
  ['"a":1,', '{', '"b":1}'],
  ['{"field":"a","message":"is wrong"},', '{"errors":[', '{}]}'],
  ['[', '{"errors":[{"field":"', '","message":"x"}]}'],
  ['word ', '{"error":"x","message":"', '"}'],
  [
    '{"request":{"method":"GET","url":"/","headers":[{"name":"a","value":"b"}]},"response":{"status":500}},',
    '{"log":{"entries":[',
    '1]}}',
  ],
  ['<a>'],
  ['<a/>', '<b>', '</b>'],
  ['<!-- '],
  ['&amp;', '<a>', '</a>'],
  ['- '],
  ['- 1\n'],
  ['a: {'],
  ['&a [*a, ', 'a: '],
  ['| 400 | it is bad |\n', '| Code | Meaning |\n|--|--|\n'],
  ['400,it is bad\n', 'code,message\n'],
  ['## 400 Bad\n\nIt is bad.\n\n'],
  ['400 Bad Request\nIt is bad.\n\n'],
  ['<ul><li>'],
  ['<tr><td>400<td>It is bad', '<table>'],
  ['> '],
  ['*a **b '],
  ['### x\nGET http://x/\n\n'],
  ['{{', 'GET '],
  ['status '],
  ['Error '],
  ['try again in '],
  ['eyJ'],
  ['Bearer '],
  ['\u202e'],
];

const textOf = ([unit, before = '', after = '']: (typeof HOSTILE)[number], length: number): string =>
  before + unit.repeat(Math.ceil(length / unit.length)) + after;

/** CPU milliseconds. */
function time(read: Reader, text: string): number {
  const ms = cpuTimer();
  read(text);
  return ms();
}

const LENGTH = 40_000;

/** Readers that take seconds for that, linear as they are. */
const SLOW = [
  'YAML',
  'a config',
  'a page to import, in Markdown',
  'a page to import, in HTML',
  'a page to import, as text',
];

/** Faster readers at that length are not measured again; in milliseconds. */
const SUSPICIOUS = 100;

describe('every reader', () => {
  it.each(Object.entries(READERS))('takes linear time for %s', { timeout: 60_000 }, (name, reader) => {
    const read = anything(reader);
    const length = SLOW.includes(name) ? LENGTH / 2 : LENGTH;
    const slow = HOSTILE.flatMap((hostile) => {
      const [long, short] = [textOf(hostile, length), textOf(hostile, length / 4)];
      if (time(read, long) < SUSPICIOUS) return [];
      // A single run includes compilation and garbage collection, of which there is more in a full heap. Four times the text
      // takes quadratic reading sixteen times as long.
      const least = (text: string) => Math.min(time(read, text), time(read, text), time(read, text));
      const [atLong, atShort] = [least(long), least(short)];
      return atLong < SUSPICIOUS || atLong < 13 * atShort
        ? []
        : [`${JSON.stringify(hostile)}: ${atShort} ms, ${atLong} ms`];
    });
    expect(slow).toEqual([]);
  });
});

it('finds the places of all values of a file in time that grows with their number', () => {
  const text = (count: number) => Array.from({ length: count }, (_, i) => `k${i}: 1`).join('\n');
  const cpuMs = (count: number) => {
    const { locate } = parseSource(text(count));
    const keys = Array.from({ length: count }, (_, i) => `k${i}`);
    return time(() => expect(keys.every((key, i) => locate([key]).line === i + 1)).toBe(true), '');
  };
  cpuMs(100);
  // Searching the map for each key would take seconds.
  expect(cpuMs(30_000)).toBeLessThan(500);
});
