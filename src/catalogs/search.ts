import type { Catalog, Entry } from '../model/catalog.ts';
import { wordsOf } from '../model/catalog-text.ts';

/** An entry that was found, and its catalog. */
export interface FoundEntry {
  catalog: Catalog;
  entry: Entry;
}

/**
 * The entries in which every word occurs, the best first: a word in a code or a status counts more
 * than one in the title, and that more than one in a sentence.
 */
export function searchEntries(catalogs: Catalog[], text: string): FoundEntry[] {
  const words = [...new Set(text.toLowerCase().split(/\s+/))].filter((word) => word !== '');
  const found = catalogs.flatMap((catalog) =>
    catalog.entries.flatMap((entry) => {
      const weight = weightOf(catalog, entry, words);
      return weight === 0 ? [] : [{ catalog, entry, weight }];
    }),
  );
  return found.toSorted((a, b) => b.weight - a.weight).map(({ catalog, entry }) => ({ catalog, entry }));
}

function weightOf(
  catalog: Catalog,
  { id, match, title, category, cause, causes, resolution }: Entry,
  words: string[],
): number {
  const names = [...(match.code ?? []), ...(match.subcode ?? []), ...(match.status ?? []), ...(match.failure ?? [])];
  const fields: [text: string, weight: number][] = [
    [names.join(' '), 8],
    [`${catalog.id}/${id} ${category}`, 6],
    [[title, ...(match.message ?? [])].join(' '), 4],
    [wordsOf(cause), 2],
    [[...causes.map((one) => wordsOf(one.text)), ...resolution.map(wordsOf)].join(' '), 1],
  ];
  const texts = fields.map(([field, weight]) => ({ text: field.toLowerCase(), weight }));
  let sum = 0;
  for (const word of words) {
    const best = Math.max(0, ...texts.map(({ text, weight }) => weighed(text, word) * weight));
    // Most entries lack the first word already.
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

/** 1 for a word of its own, less for a part of one, 0 for none. */
function weighed(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  const isWhole = !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? ' ');
  return isWhole ? 1 : 0.6;
}
