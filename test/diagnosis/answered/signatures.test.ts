import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogs/index.ts';
import { SIGNATURES } from '../../../src/diagnosis/answered/signatures.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { parsed } from '../../../src/input/parsed.ts';
import { savedResponse } from '../../../src/model/exchange.ts';

const CORPUS = new URL('../../../fixtures/gateways/', import.meta.url);

/**
 * A response from a layer in front of an API; the file is named after the entry that explains it.
 */
interface Case {
  status: number;
  headers: Record<string, string>;
  body: string;
  expected: { name: string; kind: string; advice: string; code?: string; message?: string; requestId?: string };
}

const cases = readdirSync(CORPUS).flatMap((gateway) =>
  readdirSync(new URL(`${gateway}/`, CORPUS)).map((file) => ({
    path: `${gateway}/${file}`,
    entry: `gateways/${file.split('.')[0]}`,
    value: JSON.parse(readFileSync(new URL(`${gateway}/${file}`, CORPUS), 'utf8')) as Case,
  })),
);

describe('the corpus of gateways', () => {
  it.each(cases)('$path is explained', ({ entry, value: { status, headers, body, expected } }) => {
    const response = parsed(savedResponse(body, status, headers));
    const found = diagnose({ request: null, response, failure: null }, builtIn, { now: 0 });
    expect({
      id: found.id,
      name: found.answeredBy.name,
      kind: found.answeredBy.kind,
      advice: found.retry.advice,
      code: found.code,
      message: found.message,
      requestId: found.requestId,
    }).toEqual({ id: entry, code: null, message: null, requestId: null, ...expected });
  });

  it.each(cases.filter(({ value }) => value.status >= 500 && value.expected.kind === 'gateway'))(
    '$path is explained before an API that documents every 5xx, whose retry rule counts',
    ({ entry, value: { status, headers, body, expected } }) => {
      const response = parsed(savedResponse(body, status, headers));
      const found = diagnose({ request: null, response, failure: null }, builtIn, { api: 'raptor-comply', now: 0 });
      expect([found.id, found.answeredBy.name, found.notes]).toEqual([entry, expected.name, []]);
      expect(['backoff', 'wait']).toContain(found.retry.advice);
      expect(found.from.retry).toBe('documented');
    },
  );

  it('has at least two cases of everyone who can be recognised', () => {
    const names = new Set(SIGNATURES.map(({ name }) => name));
    const count = (name: string) => cases.filter(({ value }) => value.expected.name === name).length;
    expect([...names].filter((name) => count(name) < 2)).toEqual([]);
  });

  it('has no entry for a name that nobody is recognised by', () => {
    const known = new Set(SIGNATURES.flatMap(({ name, kind }) => [name, kind as string]).concat('captive-portal'));
    const named = builtIn.gateways.entries.flatMap(({ match }) => match.answerer ?? []);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
