import type { ImportedEntry } from '../../../src/catalogs/import/entries.ts';
import { catalogOf } from '../../../src/catalogs/import/import.ts';
import { readSource } from '../../../src/catalogs/import/source.ts';
import { builtIn } from '../../../src/catalogs/index.ts';

/** The entries that a document of this name gives. */
export function imported(path: string, text: string): ImportedEntry[] {
  const { read } = readSource({ path, text, values: null }, () => undefined, {});
  return catalogOf([read], builtIn.http).entries;
}

/** What recognizes each entry: `404 no_such_thing`. */
export const matches = (entries: ImportedEntry[]): string[] =>
  entries.map(({ match }) => [match.status?.join('/'), match.code?.join('/')].filter(Boolean).join(' '));
