import { describe, expect, it } from 'vitest';
import { schemaErrorsOf } from '../../src/checks/json-schema.ts';
import { JsonText } from '../../src/json/text.ts';
import { UsageError } from '../../src/model/errors.ts';

const errorsOf = (schema: unknown, body: unknown) =>
  schemaErrorsOf(new JsonText(JSON.stringify(schema)))(
    body instanceof JsonText ? body : new JsonText(JSON.stringify(body)),
  );

describe('a JSON Schema', () => {
  it.each([
    ['whose pattern needs exponential time', { pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`],
    [
      'whose items are compared with each other',
      { uniqueItems: true },
      Array.from({ length: 40_000 }, (_, i) => ({ i })),
    ],
    ['that refers to itself', { $ref: '#' }, 1],
    [
      'for a body that is too deep',
      { properties: { a: { $ref: '#' } } },
      new JsonText(`${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`),
    ],
  ])('%s is an error of the check', (_, schema, body) => {
    expect(() => errorsOf(schema, body)).toThrow(UsageError);
  });

  it.each([
    ['with numbers that are compared exactly', { minimum: 1, properties: { a: { pattern: '^(a+)+$' } } }],
    ['without', { properties: { a: { pattern: '^(a+)+$' } } }],
  ])('ends in time %s', (_, schema) => {
    const body = { n: 1, a: `${'a'.repeat(40)}!` };
    const text = new JsonText(JSON.stringify(body).replace('1', '12345678901234567890'));
    expect(() => schemaErrorsOf(new JsonText(JSON.stringify(schema)))(text)).toThrow(/takes longer than/);
  });

  it('is also checked where it is marked as one that Ajv validates later', () => {
    expect(errorsOf({ $async: true, type: 'string' }, 1)).toEqual(['the body must be string']);
  });

  it('of which a body breaks millions of rules tells one error, and keeps no million of them', () => {
    const schema = { items: { allOf: Array.from({ length: 200 }, () => ({ type: 'string' })) } };
    const before = process.memoryUsage().rss;
    const errors = errorsOf(
      schema,
      Array.from({ length: 90_000 }, () => 1),
    );
    expect(errors[0]).toBe('/0 must be string');
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
  });

  it('tells up to five errors, each with its place', () => {
    expect(errorsOf({ items: { type: 'string' } }, [1, 'a', 2, 3, 4, 5, 6])).toEqual(
      [0, 2, 3, 4, 5].map((i) => `/${i} must be string`),
    );
  });

  it.each([[null], [[]], ['x'], [{ pattern: '(' }], [{ type: 'x' }]])('that is none (%j) is refused', (schema) => {
    expect(() => errorsOf(schema, 1)).toThrow(/^invalid JSON Schema: /);
  });
});
