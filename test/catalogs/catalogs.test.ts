import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { lint } from '../../src/catalogs/lint.ts';
import { apiOption } from '../../src/commands/options.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { statusPhrase } from '../../src/diagnosis/status.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import { wordsOf } from '../../src/model/catalog-text.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

const fixtures = readdirSync(FIXTURES)
  .filter((folder) => builtIn.apis.some(({ id }) => id === folder))
  .flatMap((catalog) =>
    readdirSync(new URL(`${catalog}/`, FIXTURES)).map((file) => ({
      // expired-api-key.reworded.json belongs to the entry expired-api-key.
      id: `${catalog}/${file.split('.')[0]}`,
      path: `${catalog}/${file}`,
      text: readFileSync(new URL(`${catalog}/${file}`, FIXTURES), 'utf8'),
    })),
  );

const everyCatalog = [...builtIn.apis, builtIn.http, builtIn.network, builtIn.gateways, ...builtIn.codes];

it('names every API that is built in where the help explains --api', () => {
  expect(apiOption().description).toBe(`the API: one of the config, ${builtIn.apis.map(({ id }) => id).join(', ')}`);
});

describe.each(everyCatalog.map((catalog) => ({ id: catalog.id, catalog })))('the catalog $id', ({ catalog }) => {
  it('has nothing that the lint objects to', () => {
    expect(lint(catalog, { strict: true })).toEqual([]);
  });

  it('writes its sentences as sentences, and its reasons so that they go on after a colon', () => {
    for (const { id, title, cause, causes, resolution, retry } of catalog.entries) {
      for (const text of [cause, ...causes.map((item) => item.text), ...resolution].map(wordsOf)) {
        expect(text, id).toMatch(/^[^\s].*([.!?)]|….*|errprobe …|identity"|-showcerts\.)$/);
      }
      expect(title, id).not.toMatch(/\.$/);
      expect(wordsOf(retry.reason), id).not.toMatch(/\.$/);
    }
  });

  it('does not repeat the phrase of a status as the title', () => {
    for (const { id, title, match } of catalog.entries) {
      const phrases = (match.status ?? []).map((status) => statusPhrase(Number(status)).toLowerCase());
      expect(phrases, id).not.toContain(title.toLowerCase());
    }
  });
});

describe('the fixtures', () => {
  it.each(fixtures)('$path is recognised as $id when the API is known', ({ id, text }) => {
    const api = id.split('/')[0] ?? null;
    const [saved] = readSavedErrors(text, 'fixture');
    expect(saved && diagnose(saved.exchange, builtIn, { api, now: 0 }).id).toBe(id);
  });

  it('cover every entry of every API', () => {
    const covered = new Set(fixtures.map(({ id }) => id));
    const missing = builtIn.apis
      .flatMap((catalog) => catalog.entries.map((entry) => `${catalog.id}/${entry.id}`))
      .filter((id) => !covered.has(id));
    expect(missing).toEqual([]);
  });

  it('all belong to an entry that exists', () => {
    const known = new Set(
      builtIn.apis.flatMap((catalog) => catalog.entries.map((entry) => `${catalog.id}/${entry.id}`)),
    );
    expect(fixtures.filter(({ id }) => !known.has(id)).map(({ path }) => path)).toEqual([]);
  });
});
