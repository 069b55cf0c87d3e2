import type { Catalog, Entry } from '../../model/catalog.ts';
import { literalLength, matchTemplate } from '../../text/template.ts';

/** Longer texts are no message that somebody remembers. */
const LONGEST = 300;

/**
 * The entries that a documented message, or a code written in words, belongs to: `API key has expired`, `KEY LOCKED`. Of
 * one catalog only those that fit best.
 */
export function entriesInWords(text: string, catalogs: Catalog[]): { catalog: Catalog; entry: Entry }[] {
  if (text.length > LONGEST || text.includes('\n')) return [];
  const code = joined(text);
  return catalogs.flatMap((catalog) => {
    const fits = catalog.entries.map((entry) => ({ entry, fit: fitOf(entry, text, code) }));
    const best = Math.max(0, ...fits.map(({ fit }) => fit));
    return fits.filter(({ fit }) => fit > 0 && fit === best).map(({ entry }) => ({ catalog, entry }));
  });
}

/** How much of an entry's code or message the words are, in characters; 0 for none. */
function fitOf({ id, match }: Entry, text: string, code: string): number {
  const names = [...(match.code ?? []), id].map(joined);
  if (names.includes(code)) return Number.MAX_SAFE_INTEGER;
  const templates = (match.message ?? []).filter((template) => matchTemplate(template, text) !== null);
  return Math.max(0, ...templates.map(literalLength));
}

/** A code without what notations differ in: `KEY_LOCKED`, `key locked` and `keyLocked` are one. */
function joined(code: string): string {
  return code.replaceAll(/[\s_-]+/g, '').toLowerCase();
}
