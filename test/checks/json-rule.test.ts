import { describe, expect, it } from 'vitest';
import { parseRule, unmetRule } from '../../src/checks/json-rule.ts';

const unmet = (written: unknown, value: unknown) => unmetRule(parseRule(written), value, undefined);

describe('a rule for a value', () => {
  it.each<[unknown, unknown]>([
    ['a', 'a'],
    [null, null],
    [
      [1, { b: 2, a: 1 }],
      [1, { a: 1, b: 2 }],
    ],
    [{ equals: { type: 'x' } }, { type: 'x' }],
    [{ type: 'integer' }, 3],
    [{ type: 'array' }, []],
    [{ type: 'object' }, {}],
    [{ type: 'null' }, null],
    [{ matches: 'asset-{}' }, 'asset-7'],
    [{ length: 2 }, 'ab'],
    [{ length: { min: 1 } }, [0]],
    [{ length: { max: 1 } }, { a: 1 }],
    [{ present: true }, null],
    [{ present: false }, undefined],
    [{ type: 'string', length: { min: 2, max: 3 }, matches: 'a{}' }, 'abc'],
  ])('%j holds for %j', (rule, value) => {
    expect(unmet(rule, value)).toBeNull();
  });

  it.each<[unknown, unknown, string, string]>([
    ['a', 'b', '"a"', '"b"'],
    ['1', 1, '"1"', '1'],
    [[1, 2], [1], '[1,2]', '[1]'],
    [{ equals: { a: 1 } }, { a: 1, b: 2 }, '{"a":1}', '{"a":1,"b":2}'],
    [{ equals: {} }, [], '{}', '[]'],
    [{ type: 'integer' }, 1.5, 'integer', '1.5'],
    [{ type: 'object' }, null, 'object', 'null'],
    [{ matches: 'asset-{}' }, 7, 'a string matching "asset-{}"', '7'],
    [{ length: { min: 2 } }, [0], 'length of at least 2', '1'],
    [{ length: 1 }, 7, 'length 1', '7'],
    [{ present: false }, 0, 'no value', '0'],
    [{ type: 'string' }, undefined, 'string', 'no value'],
  ])('%j does not hold for %j', (rule, value, expected, actual) => {
    expect(unmet(rule, value)).toEqual({ expected, actual });
  });

  it.each<[unknown, RegExp]>([
    [{ equal: 1 }, /unknown rule "equal"; did you mean "equals"\?/],
    [{ approximately: 1 }, /unknown rule "approximately"\. To compare with an object/],
    [{ name: 'x' }, /write \{ equals: … \}/],
    [{ type: 'text' }, /type must be one of string, number/],
    [{ length: -1 }, /length must be a number or \{ min, max \}/],
    [{ length: { minimum: 1 } }, /length must be/],
    [{ present: 'yes' }, /present must be true or false/],
    [{ matches: 1 }, /matches must be a string/],
  ])('%j is no rule', (rule, message) => {
    expect(() => parseRule(rule)).toThrow(message);
  });
});
