import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENVELOPES_IN, narrowest } from '../../../src/diagnosis/envelopes/read-envelope.ts';
import { contentOf } from '../../../src/diagnosis/read/content.ts';
import { withoutAttributes } from '../../../src/diagnosis/read/elements.ts';
import { readError } from '../../../src/diagnosis/read/read-error.ts';
import { parsed } from '../../../src/input/parsed.ts';
import { lowerCaseNames, savedResponse } from '../../../src/model/exchange.ts';
import { casesOf } from '../../accuracy/score.ts';

const FIXTURES = new URL('../../../fixtures/', import.meta.url);

interface Case {
  status?: number | null;
  headers?: Record<string, string>;
  body: unknown;
}

const shaped = readdirSync(new URL('envelopes/', FIXTURES)).flatMap((shape) =>
  readdirSync(new URL(`envelopes/${shape}/`, FIXTURES)).map(
    (file): Case => JSON.parse(readFileSync(new URL(`envelopes/${shape}/${file}`, FIXTURES), 'utf8')),
  ),
);
const labelled = (['public-apis', 'servers', 'assorted'] as const).flatMap((corpus): Case[] =>
  casesOf(corpus, new URL('corpus/', FIXTURES)),
);

/** The parsed bodies, each with what it came with. */
const bodies = [...shaped, ...labelled].flatMap(({ body, status = null, headers = {} }) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = parsed(savedResponse(text, status, lowerCaseNames(headers)));
  const { value } = contentOf(response);
  if (typeof value !== 'object' || value === null) return [];
  const isXml = response.parsed !== undefined;
  return [
    { value: isXml ? withoutAttributes(value) : value, context: response, kind: isXml ? 'xml' : 'json' } as const,
  ];
});

describe('the envelopes', () => {
  it('name a body in any order', () => {
    const nameIn = (lists: typeof ENVELOPES_IN) =>
      bodies.map(({ value, context, kind }) => narrowest(lists[kind], value, context)?.id ?? null);
    const expected = nameIn(ENVELOPES_IN);
    const shuffled = (kind: keyof typeof ENVELOPES_IN) =>
      fc.shuffledSubarray(ENVELOPES_IN[kind], { minLength: ENVELOPES_IN[kind].length });
    fc.assert(
      fc.property(shuffled('json'), shuffled('xml'), (json, xml) => {
        expect(nameIn({ ...ENVELOPES_IN, json, xml })).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('fit together only where one is a special case of the other', () => {
    const unclear = bodies.flatMap(({ value, context, kind }) => {
      const fitting = ENVELOPES_IN[kind].filter(({ fits }) => fits(value, context));
      const wider = new Set(fitting.flatMap(({ narrows = [] }) => narrows));
      const left = fitting.filter(({ id }) => !wider.has(id));
      return left.length > 1 ? [left.map(({ id }) => id)] : [];
    });
    expect(unclear).toEqual([]);
  });

  it.each<[string, unknown, number | null]>([
    ['a number as code beside a map of fields', { code: 1001, message: 'Not valid.', errors: { mail: ['bad'] } }, 400],
    ['a sentence beside a status', { error: 'The region is not known.', status: 400 }, 400],
    ['a link to more', { code: 7, message: 'Not there.', more_info: 'https://api.example/errors/7' }, 404],
    ['a list of errors in an object', { errors: [{ errorCode: 'E7', message: 'Not there.' }] }, 404],
    ['a sentence beside ok', { ok: false, error: 'The board is archived.' }, 400],
    ['a wait beside a message', { code: 7, message: 'Too fast.', retry_after: 3 }, 429],
  ])('name no service by %s', (_, body, status) => {
    expect(readError(JSON.stringify(body), undefined, { headers: {}, status }).envelope).toBe('generic');
  });
});
