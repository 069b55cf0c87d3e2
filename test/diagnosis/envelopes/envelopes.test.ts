import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { ENVELOPES } from '../../../src/diagnosis/envelopes/read-envelope.ts';
import { NOTHING } from '../../../src/diagnosis/read/documented.ts';
import { readError } from '../../../src/diagnosis/read/read-error.ts';
import { parseXml } from '../../../src/input/xml.ts';
import type { ErrorBody } from '../../../src/model/diagnosis.ts';
import { lowerCaseNames } from '../../../src/model/exchange.ts';

const CORPUS = new URL('../../../fixtures/envelopes/', import.meta.url);

/** An error as received, and the expected reading; what `expected` leaves out is empty. */
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
    const beside = { status, headers: lowerCaseNames(headers) };
    const read =
      typeof body === 'string' && body !== ''
        ? readError(parseXml(body), undefined, { ...beside, parsed: parseXml(body) })
        : readError(body === '' ? '' : JSON.stringify(body), undefined, beside);
    const { parts: _, ...said } = read;
    expect(said).toEqual({ ...NOTHING, ...expected });
  });

  it('has at least two cases of every envelope', () => {
    const counts = ENVELOPES.map(({ id }) => [id, cases.filter(({ envelope }) => envelope === id).length] as const);
    expect(counts.filter(([, count]) => count < 2)).toEqual([]);
  });

  it('has every envelope that an entry of a catalog names', () => {
    const known = new Set([...ENVELOPES.map(({ id }) => id), 'generic']);
    const named = builtIn.codes.flatMap(({ entries }) => entries.flatMap(({ match }) => match.envelope ?? []));
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has no case of an envelope that does not exist', () => {
    const known = new Set([...ENVELOPES.map(({ id }) => id), 'generic']);
    expect(cases.filter(({ envelope }) => !known.has(envelope))).toEqual([]);
  });
});
