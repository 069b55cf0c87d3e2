import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorBody } from '../../src/diagnosis/diagnosis.ts';
import { ENVELOPES } from '../../src/diagnosis/envelopes/read.ts';
import { lowerCaseNames } from '../../src/diagnosis/exchange.ts';
import { NOTHING, readError } from '../../src/diagnosis/read-error.ts';

const CORPUS = new URL('../../fixtures/envelopes/', import.meta.url);

/** An error as it came, and what has to be read out of it; what `expected` leaves out is empty. */
interface Case {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
  expected: Partial<ErrorBody>;
}

const cases = readdirSync(CORPUS).flatMap((envelope) =>
  readdirSync(new URL(`${envelope}/`, CORPUS)).map((file) => ({
    path: `${envelope}/${file}`,
    envelope,
    value: JSON.parse(readFileSync(new URL(`${envelope}/${file}`, CORPUS), 'utf8')) as Case,
  })),
);

describe('the corpus of envelopes', () => {
  it.each(cases)('$path is read', ({ value: { status = null, headers = {}, body, expected } }) => {
    const read = readError(JSON.stringify(body), undefined, { status, headers: lowerCaseNames(headers) });
    expect(read).toEqual({ ...NOTHING, ...expected });
  });

  it('has at least two cases of every envelope', () => {
    const counts = ENVELOPES.map(({ id }) => [id, cases.filter(({ envelope }) => envelope === id).length] as const);
    expect(counts.filter(([, count]) => count < 2)).toEqual([]);
  });

  it('has no case of an envelope that does not exist', () => {
    const known = new Set(ENVELOPES.map(({ id }) => id));
    expect(cases.filter(({ envelope }) => !known.has(envelope))).toEqual([]);
  });

  it('fits no envelope twice but where an earlier one is meant to win', () => {
    // A body that only its own envelope and the generic one take is read alike wherever the envelope stands.
    const alone = cases.filter(({ value }) => {
      const beside = { status: value.status ?? null, headers: lowerCaseNames(value.headers ?? {}) };
      return ENVELOPES.filter(({ id, fits }) => id !== 'generic' && fits(value.body, beside)).length <= 1;
    });
    expect(alone.length / cases.length).toBeGreaterThan(0.8);
  });
});
