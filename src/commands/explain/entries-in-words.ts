import { plainOnes } from '../../catalogs/find.ts';
import type { Catalog, Entry } from '../../model/catalog.ts';
import { literalLength, matchTemplate } from '../../text/template.ts';

/** Longer texts are not messages that anyone types from memory. */
const LONGEST = 300;

/**
 * The entries that match a documented message, or a code written in words: `API key has expired`,
 * `KEY LOCKED`. Only the best matches of each catalog are returned.
 */
export function entriesInWords(text: string, catalogs: Catalog[]): { catalog: Catalog; entry: Entry }[] {
  if (text.length > LONGEST || text.includes('\n')) return [];
  const code = joined(text);
  return catalogs.flatMap((catalog) => {
    const fits = catalog.entries.map((entry) => ({ entry, fit: fitOf(entry, text, code) }));
    const best = Math.max(0, ...fits.map(({ fit }) => fit));
    const all = fits.filter(({ fit }) => fit > 0 && fit === best).map(({ entry }) => ({ catalog, entry }));
    return catalog.envelopes === undefined ? all : plainOnes(all);
  });
}

/** How many characters of an entry's code or message the words cover; 0 for no match. */
function fitOf({ id, match }: Entry, text: string, code: string): number {
  const names = [...(match.code ?? []), id].map(joined);
  if (names.includes(code)) return Number.MAX_SAFE_INTEGER;
  const templates = (match.message ?? []).filter((template) => matchTemplate(template, text) !== null);
  return Math.max(0, ...templates.map(literalLength));
}

/** Normalises a code across notations: `KEY_LOCKED`, `key locked` and `keyLocked` are equal. */
function joined(code: string): string {
  return code.replaceAll(/[\s_-]+/g, '').toLowerCase();
}
