import { describe, expect, it } from 'vitest';
import { jsonSource } from '../../src/schema/json-source.ts';
import { parseSource } from '../../src/schema/yaml.ts';
import { growthOf, LINEAR } from '../helpers/cpu-time.ts';

const TEXTS = [
  '{"checks":[{"name":"a","request":"GET /x","expect":{"status":200,"json":{"/0/id":"b"}}}]}',
  '{\n  "10": 1,\n  "9": 2.50,\n  "a": [ 1e3, -0, 12345678901234567890, null, true, false ],\n  "b": {}\n}\n',
  '[ ]',
  '{"a\\u0062":"\\"x\\\\\\n\\ud83d\\ude00", "":{"":[[["deep"]]]}}',
  '{"text":"[1, {2: \\"}\\"}]","é":"“”"}',
  '{"n": 0.1, "m": 1.0, "e": 1E+2, "big": 9007199254740993}',
];

const PATHS: PropertyKey[][] = [
  [],
  ['checks'],
  ['checks', 0],
  ['checks', 0, 'name'],
  ['checks', 0, 'expect', 'json', '/0/id'],
  ['checks', 0, 'nothing', 'such'],
  ['checks', 7],
  ['10'],
  ['9'],
  ['a'],
  ['a', 0],
  ['a', 2],
  ['ab'],
  ['', '', 0, 0, 0],
  ['text'],
  ['é'],
  ['m'],
  ['big'],
];

describe('a file of JSON', () => {
  it.each(TEXTS)('is read as the parser of YAML reads it: %j', (text) => {
    const [json, yaml] = [jsonSource(text), parseSource(text)];
    expect(json?.value).toEqual(yaml.value);
    for (const path of PATHS) {
      expect([path, json?.locate(path)]).toEqual([path, yaml.locate(path)]);
      expect([path, json?.written(path)]).toEqual([path, yaml.written(path)]);
    }
    const map = json?.written([]);
    if (map instanceof Map) expect([...map.keys()]).toEqual([...(yaml.written([]) as Map<string, unknown>).keys()]);
  });

  it.each([
    'a: 1',
    '{"a":1,}',
    '{"a":1,"a":2}',
    '"text"',
    '12',
    '',
    '{a: 1}',
    '# {"a":1}',
    '['.repeat(600) + ']'.repeat(600),
  ])('is left to the parser of YAML when it is no plain one: %.20s', (text) => {
    expect(jsonSource(text)).toBeNull();
  });

  it('takes linear time', async () => {
    const read = (length: number) => {
      const text = JSON.stringify({ checks: Array.from({ length }, (_, i) => ({ name: `${i} "\\\n`, n: i })) });
      expect(jsonSource(text)?.locate(['checks', length - 1, 'n']).line).toBe(1);
    };
    expect(await growthOf(read, 4000)).toBeLessThan(LINEAR);
  });
});
