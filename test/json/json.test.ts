import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonDocument } from '../../src/json/document.ts';
import { compareNumbers, isInteger, JsonNumber, numberOf } from '../../src/json/number.ts';
import { compact, indented } from '../../src/json/print.ts';
import { hasLossyNumber, parseJson } from '../../src/json/read.ts';
import { scan } from '../../src/json/scan.ts';
import { stringify } from '../../src/json/stringify.ts';
import { JsonText, jsonOrText, mapLeaves } from '../../src/json/text.ts';
import { runnerSafe, terminalSafe } from '../../src/render/text.ts';

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  scan(text, (_, start, end) => tokens.push(text.slice(start, end)));
  return tokens;
};

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,24})$/);
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,20}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map((parts) => parts.join(''));
const string = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\u0041\\/"', '"\\\\"', '"\\\\\\""', '"__proto__"', '"10"', '"2"', '""', '"\\ud83d\\ude00"'),
);
/**
 * Any JSON text: duplicate and integer-like names, odd escapes, any number, white space between
 * tokens.
 */
const json = fc.letrec<{ value: string }>((tie) => ({
  value: fc
    .tuple(
      space,
      fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.oneof(number, string, fc.constantFrom('true', 'false', 'null')),
        fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
        fc
          .array(fc.tuple(string, space, tie('value')), { maxLength: 4 })
          .map((members) => `{${members.map(([name, gap, value]) => `${name}${gap}:${value}`).join(',')}}`),
      ),
      space,
    )
    .map((parts) => parts.join('')),
})).value;

describe('a document in pieces', () => {
  it('cuts no character, no line break and no command in two, however long its strings are', () => {
    const fills = ['😀', '##[', '\r\n', '"\\', '\0', 'a'];
    for (const fill of fills) {
      for (let offset = 0; offset < 4; offset++) {
        const text = 'x'.repeat(offset) + fill.repeat(100_000);
        const document = new JsonDocument({ text, json: new JsonText(JSON.stringify([text])) });
        const pieces = [...document.pieces()];
        expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_000_000);
        expect(Buffer.concat(pieces.map((piece) => Buffer.from(runnerSafe(terminalSafe(piece))))).toString()).toBe(
          runnerSafe(terminalSafe(pieces.join(''))),
        );
        expect(JSON.parse(pieces.join(''))).toEqual({ text, json: [text] });
      }
    }
  });
});

describe('JSON in its own text', () => {
  it('has the same tokens however it is laid out', () => {
    fc.assert(
      fc.property(json, (text) => {
        const tokens = tokensOf(text);
        expect(tokensOf(compact(text))).toEqual(tokens);
        expect(tokensOf(indented(text, 3))).toEqual(tokens);
        expect(mapLeaves(text, ({ content }) => content)).toBe(text);
        const report = String(new JsonDocument({ body: new JsonText(text), list: [1] }));
        expect(tokensOf(report).slice(3, 3 + tokens.length)).toEqual(tokens);
        expect(JSON.parse(report).body).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is laid out as JSON.stringify does it', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const value: unknown = JSON.parse(text);
        const written = JSON.stringify(value);
        expect(indented(written)).toBe(JSON.stringify(value, null, 2));
        expect(compact(JSON.stringify(value, null, 2))).toBe(written);
        expect(stringify(value)).toBe(written);
        expect(String(new JsonDocument({ value }))).toBe(`${JSON.stringify({ value }, null, 2)}\n`);
      }),
    );
  });

  it('is valid JSON whatever its leaves are changed to', () => {
    fc.assert(
      fc.property(json, fc.string({ unit: 'binary' }), (text, other) => {
        const changed = mapLeaves(text, ({ kind, content }) => (kind === 'name' ? content : other));
        expect(() => JSON.parse(changed)).not.toThrow();
      }),
    );
  });

  it('gives the same values as JSON.parse, but for numbers that would not print as they were written', () => {
    const plain = (value: unknown): unknown =>
      value instanceof JsonNumber
        ? Number(value.text)
        : Array.isArray(value)
          ? value.map(plain)
          : typeof value === 'object' && value !== null
            ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
            : value;
    fc.assert(
      fc.property(json, (text) => {
        expect(plain(parseJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('prints every number as it was written', () => {
    fc.assert(
      fc.property(number, space, (text, gap) => {
        expect(stringify(parseJson(`[${gap}${text}${gap}]`))).toBe(`[${text}]`);
        expect(stringify(parseJson(text))).toBe(text);
      }),
    );
    expect(hasLossyNumber('{"id":123456789012345,"ratio":0.25,"at":"12:00:00.000"}')).toBe(false);
  });

  it.each([
    ['{"a":[{"b":1.10}]}', ['a', '0', 'b'], '1.10'],
    ['{"a":1,"a":{"b": [2, 1e400]}}', ['a', 'b'], '[2,1e400]'],
    ['{"a":{"b":1},"a":{"c":1}}', ['a', 'b'], undefined],
    ['{"x":{"a":1},"10":[[0],[1,{"~/":"\\u0041"}]]}', ['10', '1', '1', '~/'], '"\\u0041"'],
    [' [1, 2] ', [], '[1,2]'],
    ['[1]', ['1'], undefined],
    ['"text"', ['0'], undefined],
  ])('finds in %s what stands at %j', (text, path, found) => {
    expect(new JsonText(text).at(path)?.toString()).toBe(found);
  });

  it('finds what JSON.parse would have there', () => {
    fc.assert(
      fc.property(json, (text) => {
        const walk = (value: unknown, path: string[]): void => {
          expect(JSON.parse(new JsonText(text).at(path)?.text ?? 'missing')).toEqual(value);
          if (typeof value !== 'object' || value === null) return;
          for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
        };
        walk(JSON.parse(text), []);
      }),
      { numRuns: 50 },
    );
  });

  it('takes text that is no JSON as text', () => {
    for (const text of ['', 'not JSON', '{"a":', '1.2.3', '<html>']) expect(jsonOrText(text)).toBe(text);
    expect(String(jsonOrText('\uFEFF{"a": 1}'))).toBe('{"a":1}');
  });

  it('is read and laid out in linear time without overflowing the stack when it is deep or long', () => {
    const deep = `${'[{"a":'.repeat(20_000)}1e400${'}]'.repeat(20_000)}`;
    const long = `[${'{"10":12345678901234567890,"2":"\\"x\\\\"},'.repeat(50_000)}1.10]`;
    for (const text of [deep, long]) {
      const whole = JsonText.parse(text);
      expect(whole?.toString()).toBe(text);
      expect(compact(whole?.indented() ?? '')).toBe(text);
      expect(parseJson(text)).toBeTypeOf('object');
    }
  }, 20_000);
});

describe('numbers', () => {
  it.each([
    ['1', '1.0', 0],
    ['10e-1', '1', 0],
    ['-0', '0.000', 0],
    ['12345678901234567890', '12345678901234567891', -1],
    ['12345678901234567890', '1234567890123456789e1', 0],
    ['1e400', '1e399', 1],
    ['-1e400', '-1e399', -1],
    ['0.1000000000000000055511151231257827', '0.1', 1],
    ['0.10', '0.1', 0],
    ['-1', '1', -1],
    ['99', '100.0', -1],
  ])('compare %s and %s by their exact decimal values', (a, b, order) => {
    expect(Math.sign(compareNumbers(numberOf(a), numberOf(b)))).toBe(order);
    expect(Math.sign(compareNumbers(numberOf(b), numberOf(a)))).toBe(0 - order);
  });

  it('are equal when they are negative, too', () => {
    expect(compareNumbers(numberOf('-28.000e+0'), numberOf('-28.0'))).toBe(0);
  });

  it('compare like JavaScript where that is exact', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.constantFrom('', '.0', 'e0', '.000e+0'), (a, b, end) => {
        expect(Math.sign(compareNumbers(numberOf(`${a}${end}`), numberOf(`${b}${end}`)))).toBe(Math.sign(a - b));
      }),
    );
  });

  it.each([
    ['1.0', true],
    ['1e400', true],
    ['12345678901234567890', true],
    ['1.5', false],
    ['12345678901234567890.5', false],
    ['15e-1', false],
  ])('tell whether %s is an integer', (text, is) => {
    expect(isInteger(numberOf(text))).toBe(is);
  });
});
