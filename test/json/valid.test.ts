import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBounded } from '../../src/json/read.ts';
import { countValues, invalidAt, isJson } from '../../src/json/valid.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('isJson', () => {
  it.each([
    ...[
      '',
      ' ',
      '{',
      '}',
      '[',
      ']',
      '[]',
      '{}',
      '[1,]',
      '[,1]',
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      '{,}',
      '[}',
      '{]',
      '[1}',
    ],
    ...[
      '{"a":1]',
      '1 2',
      '01',
      '-',
      '-0',
      '1.',
      '.5',
      '1e',
      '1e+5',
      'truer',
      'nul',
      '"',
      '"\\x"',
      '"\\u12g4"',
      '"\\u1234"',
    ],
    ...[
      '"a\nb"',
      '"\\"',
      ' [ 1 , { "a" : [ ] } ] ',
      '{"a":1 "b":2}',
      '[1 2]',
      '{1:2}',
      '{"a"::1}',
      '\u00a01',
      '"\u2028"',
      '[[]]]',
    ],
  ])('agrees with JSON.parse on %j', (text) => {
    expect(isJson(text)).toBe(parses(text));
  });

  it('agrees with JSON.parse on whatever is left of JSON that was damaged', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat(3), fc.string({ maxLength: 2 }), (text, at, gone, put) => {
        const from = at % (text.length + 1);
        const damaged = text.slice(0, from) + put + text.slice(from + gone);
        return isJson(text) && isJson(damaged) === parses(damaged);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with JSON.parse on a file', () => {
    expect(isJson(readFileSync('package.json', 'utf8'))).toBe(true);
  });
});

describe('readBounded', () => {
  it.each([
    ['[[],[],[],[]]', 3, [[], []]],
    ['{"a":1,"b":{"c":2,"d":3},"e":4}', 4, { a: 1, b: { c: 2 } }],
    ['{"a":1,"b":{"c":2}}', 3, { a: 1, b: {} }],
    ['[[[[[[1]]]]]]', 3, [[[]]]],
    ['[1,2,3,4]', 1, []],
    ['[1.10,12345678901234567890,3,4]', 2, expect.objectContaining({ length: 1 })],
  ])('reads of %s the first %i values', (text, most, value) => {
    expect(readBounded(text, most)).toEqual({ value, whole: false });
  });

  it('reads all where it is no more, and nothing of what is not JSON further down', () => {
    expect(readBounded('[1,[2],{"a":3}]', 6)).toEqual({ value: [1, [2], { a: 3 }], whole: true });
    expect(readBounded('[[],[],[],[],[}', 2)).toBeUndefined();
    expect(readBounded('\uFEFF[1,2,3]', 2)).toEqual({ value: [1], whole: false });
  });

  it('gives the beginning of any value', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 6 }), (text, most) => {
        const read = readBounded(text, most);
        if (read === undefined) return false;
        return read.whole || (countValues(JSON.stringify(read.value), 1e9)?.values ?? 0) <= most;
      }),
    );
  });
});

describe('invalidAt', () => {
  it('is the end of JSON that was cut, and the first character that is allowed nowhere', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, seed) => {
        const at = seed % (json.length + 1);
        const cut = json.slice(0, at);
        const isWithinNumber = /\d(?:\.|[eE][+-]?)$/.test(cut);
        const found = invalidAt(`${cut}\u0001${json.slice(at)}`);
        return invalidAt(cut) === (parses(cut) ? null : at) && (found === at || isWithinNumber);
      }),
    );
  });

  it.each([
    ['[1, tru', 7],
    ['[1, trux]', 7],
    ['[1.', 3],
    ['[1e+', 4],
    ['[1.x]', 2],
    ['[-', 2],
    ['[-x', 2],
    ['["\\u12', 6],
    ['["\\u1g', 5],
    ['["a\n"]', 3],
    ['{"a" 1}', 5],
    ['{a', 1],
    ['', 0],
    ['[[],'.repeat(3), 12],
  ])('finds in %j the index %i', (text, at) => {
    expect(invalidAt(text)).toBe(at);
  });
});
