import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import type { Linted } from '../../src/catalogs/lint/finding.ts';
import { RULES } from '../../src/catalogs/lint/rules.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Knowledge } from '../../src/diagnosis/match/general.ts';
import { parsed } from '../../src/input/parsed.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { wordsOf } from '../../src/model/catalog-text.ts';
import { type Exchange, savedResponse } from '../../src/model/exchange.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const FOLDER = new URL('../../src/catalogs/known/', import.meta.url);
const { known } = builtIn;

/** A case of an entry, as `fixtures/<catalog>/<entry>[.case].json` has it. */
interface Case {
  path: string;
  entry: string;
  exchange: Exchange;
}

const folders = new Set(readdirSync(FIXTURES));

function casesOf(id: string): Case[] {
  if (!folders.has(id)) return [];
  return readdirSync(new URL(`${id}/`, FIXTURES)).map((file) => {
    const { status, headers, body } = JSON.parse(readFileSync(new URL(`${id}/${file}`, FIXTURES), 'utf8'));
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
    const response = parsed(savedResponse(body === undefined ? '' : text, status ?? null, headers ?? {}));
    return {
      path: `${id}/${file}`,
      entry: `${id}/${file.split('.')[0]}`,
      exchange: { request: null, response, failure: null },
    };
  });
}

const SENTENCE = /^\S.*[.!?)"…]$/;

/** The knowledge, and which catalogs of well-known APIs were read of it. */
function watched(): { knowledge: Knowledge; read: Set<string> } {
  const read = new Set<string>();
  const load = (id: string) => {
    read.add(id);
    return known.load(id);
  };
  return { knowledge: { ...builtIn, known: { ...known, load } }, read };
}

const catalogs = known.apis.map(({ id }) => ({ id, catalog: known.load(id) as Catalog, cases: casesOf(id) }));

it('indexes every catalog of a well-known API by its file', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
  expect(known.apis.map(({ id }) => `${id}.yaml`)).toEqual(files.sort());
  expect(known.load('no-such-api')).toBeNull();
});

describe.each(catalogs)('the catalog $id', ({ id, catalog, cases }) => {
  it('cites documents with their address, licence and date', () => {
    for (const doc of Object.values(catalog.docs)) {
      expect(doc, doc.title).toMatchObject({
        address: expect.any(String),
        licence: expect.any(String),
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
    }
  });

  it('has nothing that the lint objects to', () => {
    const linted = { catalog, knowledge: builtIn, read: parsed } as Linted;
    const found = [RULES.duplicate, RULES.shadowed, RULES.example].flatMap(({ find }) => find(linted));
    expect(found.map(({ entry, message }) => `${entry}: ${message}`)).toEqual([]);
  });

  it('has a resolution of its own for nine entries of ten', () => {
    const written = readFileSync(new URL(`${id}.yaml`, FOLDER), 'utf8').match(/^ {4}resolution:/gm) ?? [];
    expect(written.length).toBeGreaterThanOrEqual(catalog.entries.length * 0.9);
  });

  it('writes its sentences as sentences, and its reasons so that they go on after a colon', () => {
    // An expectation for each of thousands of sentences would take a second.
    const wrong = catalog.entries.flatMap(({ title, cause, causes, resolution, retry }) => [
      ...[cause, ...causes.map((item) => item.text), ...resolution].map(wordsOf).filter((text) => !SENTENCE.test(text)),
      ...[title, wordsOf(retry.reason)].filter((text) => text.endsWith('.')),
    ]);
    expect(wrong).toEqual([]);
  });

  it('has a case for every entry, and no case without one', () => {
    const ids = catalog.entries.map((entry) => `${id}/${entry.id}`);
    expect([...new Set(cases.map(({ entry }) => entry))].sort()).toEqual(ids.sort());
  });

  it('explains each case where the API is named', () => {
    const others = cases.flatMap(({ path, exchange, entry }) => {
      const found = diagnose(exchange, builtIn, { api: id, now: 0 });
      return found.id === entry ? [] : [`${path} is diagnosed as ${found.id}`];
    });
    expect(others).toEqual([]);
  });

  it('explains each case by its shape alone, where that shape is one of the API, and reads no other catalog', () => {
    // In a shape that others have as well, only a code speaks for the API.
    const coded = new Set(catalog.entries.filter(({ match }) => match.code).map((entry) => `${id}/${entry.id}`));
    const { knowledge, read } = watched();
    const others = cases.flatMap(({ path, exchange, entry }) => {
      read.clear();
      const found = diagnose(exchange, knowledge, { now: 0 });
      if (read.size > 1) return [`${path} took ${[...read].join(' and ')} to be read`];
      const isShaped = catalog.envelopes?.includes(found.envelope) && (found.api === id || coded.has(entry));
      return isShaped && found.id !== entry ? [`${path} is diagnosed as ${found.id}`] : [];
    });
    expect(others).toEqual([]);
  });
});
