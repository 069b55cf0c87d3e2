import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import type { Linted } from '../../src/catalogs/lint/finding.ts';
import { RULES } from '../../src/catalogs/lint/rules.ts';
import { lint } from '../../src/catalogs/lint.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
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

const catalogs = known.apis.map(({ id }) => ({ id, catalog: known.load(id) as Catalog, cases: casesOf(id) }));

/** The cases that are diagnosed as another entry, and as which. */
const missed = (cases: Case[], api: string | null): string[] =>
  cases.flatMap(({ path, entry, exchange }) => {
    const { id } = diagnose(exchange, builtIn, { api, now: 0 });
    return id === entry ? [] : [`${path} is diagnosed as ${id}`];
  });

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
    expect(lint(catalog, { strict: true, read: (body) => parsed(savedResponse(body)) })).toEqual([]);
    expect(found.map(({ entry, message }) => `${entry}: ${message}`)).toEqual([]);
  });

  it('has a resolution of its own for nine entries of ten', () => {
    const written = readFileSync(new URL(`${id}.yaml`, FOLDER), 'utf8').match(/^ {4}resolution:/gm) ?? [];
    expect(written.length).toBeGreaterThanOrEqual(catalog.entries.length * 0.9);
  });

  it('writes its sentences as sentences, and its reasons so that they go on after a colon', () => {
    for (const { id, title, cause, causes, resolution, retry } of catalog.entries) {
      for (const text of [cause, ...causes.map((item) => item.text), ...resolution].map(wordsOf)) {
        expect(text, id).toMatch(/^\S.*[.!?)"…]$/);
      }
      expect(title, id).not.toMatch(/\.$/);
      expect(wordsOf(retry.reason), id).not.toMatch(/\.$/);
    }
  });

  it('has a case for every entry, and no case without one', () => {
    const ids = catalog.entries.map((entry) => `${id}/${entry.id}`);
    expect([...new Set(cases.map(({ entry }) => entry))].sort()).toEqual(ids.sort());
  });

  it('explains each case where the API is named', () => {
    expect(missed(cases, id)).toEqual([]);
  });

  it('explains each case by its shape alone, where that shape is one of the API', () => {
    // In a shape that others have as well, only a code speaks for the API.
    const coded = new Set(catalog.entries.filter(({ match }) => match.code).map((entry) => `${id}/${entry.id}`));
    const shaped = cases.filter(({ exchange, entry }) => {
      const { envelope, api } = diagnose(exchange, builtIn, { now: 0 });
      return catalog.envelopes?.includes(envelope) && (api === id || coded.has(entry));
    });
    expect(missed(shaped, null)).toEqual([]);
  });
});
