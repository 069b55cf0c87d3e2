import { describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/catalogs/import/import.ts';
import { NothingToImport, readSource } from '../../../src/catalogs/import/source.ts';
import { builtIn } from '../../../src/catalogs/index.ts';
import { parseDocuments } from '../../../src/schema/yaml.ts';
import { DOCUMENTS } from '../../fuzz/documents.ts';
import { growthOf, LINEAR } from '../../helpers/cpu-time.ts';

/** Reads a page about an error. */
const readPage = (body: string) =>
  readSource({ path: 'a.md', text: `## 400 Bad\n\nIt is bad.\n\n${body}`, values: null }, () => undefined, {});

describe('a page to import takes time that grows with its length', () => {
  it.each<[string, (count: number) => string]>([
    ['references in one paragraph', (count) => `${'[a][b] [c]\n'.repeat(count)}\n[b]: http://x\n`],
    ['references in one item of a list', (count) => `- a\n${'  [a][b]\n'.repeat(count)}\n[b]: x\n`],
    ['definitions of links', (count) => Array.from({ length: count }, (_, i) => `[a${i}]: /x\n[a${i}]\n`).join('')],
    ['paragraphs below one heading', (count) => Array.from({ length: count }, (_, i) => `word a${i}\n\n`).join('')],
  ])('with many %s', async (_, page) => {
    expect(await growthOf((count) => readPage(page(count)), 4000)).toBeLessThan(LINEAR);
  });

  it('and keeps a table whole', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `| bad_field_${i} | The field ${i} is bad. |\n`).join('');
    const text = `## Errors\n\n| Code | Meaning |\n|--|--|\n${rows}`;
    const { read } = readSource({ path: 'a.md', text, values: null }, () => undefined, {});
    expect(read.claims).toHaveLength(2000);
  });
});

/** Each value in a document, as a function that puts another in its place. */
function* placesIn(holder: object): Generator<(value: unknown) => void> {
  for (const [key, value] of Object.entries(holder)) {
    yield (other) => Object.assign(holder, { [key]: other });
    Object.assign(holder, { [key]: value });
    if (typeof value === 'object' && value !== null) yield* placesIn(value);
  }
}

describe('a document to import may have anything in any place', () => {
  const valued = Object.entries(DOCUMENTS).filter(([name]) => /\.(?:json|yaml)$/.test(name));

  it.each(valued)('%s', (path, text) => {
    const root = { document: parseDocuments(text)?.[0] };
    for (const other of [null, 'x', [null], { a: { b: {} } }]) {
      for (const put of placesIn(root)) {
        put(structuredClone(other));
        try {
          catalogOf([readSource({ path, text, values: [root.document] }, () => undefined, {}).read], builtIn.http);
        } catch (error) {
          if (!(error instanceof NothingToImport)) throw error;
        }
      }
    }
  });
});
