import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readError } from '../../../src/diagnosis/read/read-error.ts';
import { isNumber } from '../../../src/json/number.ts';
import { parseJson } from '../../../src/json/read.ts';
import { lowerCaseNames } from '../../../src/model/exchange.ts';
import { casesOf } from '../../accuracy/score.ts';

const FIXTURES = new URL('../../../fixtures/', import.meta.url);

interface Case {
  name: string;
  status?: number | null;
  headers?: Record<string, string>;
  body: unknown;
}

const shaped = readdirSync(new URL('envelopes/', FIXTURES)).flatMap((envelope) =>
  readdirSync(new URL(`envelopes/${envelope}/`, FIXTURES)).map((file): Case => {
    const one = JSON.parse(readFileSync(new URL(`envelopes/${envelope}/${file}`, FIXTURES), 'utf8'));
    return {
      ...one,
      name: `${envelope}/${file}`,
      body: typeof one.body === 'string' ? one.body : JSON.stringify(one.body),
    };
  }),
);
const cases = [
  ...shaped,
  ...(['public-apis', 'servers', 'assorted'] as const).flatMap((corpus): Case[] =>
    casesOf(corpus, new URL('corpus/', FIXTURES)),
  ),
];
/** The errors whose body is an object of JSON. */
const errors = cases.flatMap(({ name, body, status = null, headers = {} }) => {
  const value = parseJson(String(body));
  if (typeof value !== 'object' || value === null || Array.isArray(value) || (status !== null && status < 300))
    return [];
  return [{ name, value: value as Record<string, unknown>, context: { status, headers: lowerCaseNames(headers) } }];
});

/** The same with its members the other way round, at any depth. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isNumber(value)) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}

const UNRELATED = { region: 'eu-west-1', plan: null, api_version: 3, zone_active: true, limits: { rows: 7 } };

describe('the code and the request id of an error', () => {
  it.each<[string, (value: Record<string, unknown>) => unknown]>([
    ['the order of its members', reversed],
    [
      'members that have nothing to do with it',
      (value) => ({ ...UNRELATED, ...value, ...{ edition: 'b', flags: [] } }),
    ],
  ])('do not depend on %s', (_, change) => {
    const changed = errors.flatMap(({ name, value, context }) => {
      const [before, after] = [value, change(value)].map((body) => {
        const { envelope, code, requestId } = readError(body, undefined, context);
        // Its numbers are those of gRPC, which it is known by only as it has no other members.
        return envelope === 'grpc-gateway' ? '' : JSON.stringify({ code, requestId });
      });
      return before === after || before === '' ? [] : [`${name}: ${before} became ${after}`];
    });
    expect(changed).toEqual([]);
  });
});
