import type { ShownCatalog } from './index-pages.ts';
import { namesOf, statusesOf } from './words.ts';

/**
 * The search index of a site, as a script, since a page opened from disk cannot fetch data. Each entry is
 * its ID, statuses, codes, title, the name of its catalog, its cause and all other texts.
 */
export function searchIndex(catalogs: ShownCatalog[]): string {
  const rows = catalogs.flatMap(({ catalog, entries }) =>
    entries.map(({ id, match, title, category, cause, causes, resolution }) => [
      id,
      statusesOf(match),
      namesOf(match).join(', '),
      title,
      catalog.name,
      [cause.text, ...(match.message ?? [])].join(' '),
      [category, ...[...causes, ...resolution].map(({ text }) => text)].join(' '),
    ]),
  );
  return `globalThis.errprobeIndex = [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n];\n`;
}
