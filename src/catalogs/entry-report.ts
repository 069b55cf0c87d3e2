import type { CatalogText, Match } from '../model/catalog.ts';
import { fromOf, wordsOf } from '../model/catalog-text.ts';
import type { Advice, Category, From } from '../model/words.ts';
import { lookup } from '../text/lookup.ts';
import type { FoundEntry } from './search.ts';

/** A sentence, and whether the API's document or errprobe says it. */
export interface SourcedText {
  text: string;
  from: From;
}

/** An entry in a list: what tells it from others. */
export interface ListedEntry {
  /** With the ID of its catalog: `victims/key-locked`. */
  id: string;
  /** Null for general knowledge. */
  api: string | null;
  match: Match;
  category: Category;
  title: string;
  retry: Advice;
}

/** All that a catalog says about an entry. */
export interface ShownEntry extends Omit<ListedEntry, 'retry'> {
  apiName: string | null;
  cause: SourcedText;
  causes: (SourcedText & { message?: string | undefined })[];
  resolution: SourcedText[];
  retry: { advice: Advice; reason: SourcedText; afterMs: number | null };
  source: {
    doc: string;
    section: string;
    address: string | null;
    licence: string | null;
    date: string | null;
    copied: string | null;
  };
  see: string[];
  /** A documented body, or one of errprobe's own in the documented shape; null if there is none. */
  example: { body: unknown; from: From } | null;
  headers: Record<string, string>;
}

/** The document that `catalog list` and `catalog search` print with `--format json`. Version 1; fields are only added within it. */
export interface EntryList {
  schema: 'errprobe/catalog-list@1';
  entries: ListedEntry[];
}

/** The document that `catalog show` prints with `--format json`. Version 1; fields are only added within it. */
export interface EntryReport {
  schema: 'errprobe/catalog-entries@1';
  entries: ShownEntry[];
}

/** An entry as a list shows it. */
export function listedEntry({ catalog, entry }: FoundEntry): ListedEntry {
  const { id, match, category, title, retry } = entry;
  const api = catalog.general ? null : catalog.id;
  return { id: `${catalog.id}/${id}`, api, match, category, title, retry: retry.advice };
}

/** All that a catalog says about an entry. */
export function shownEntry({ catalog, entry }: FoundEntry): ShownEntry {
  const { cause, causes, resolution, retry, source, see, example, sample, headers } = entry;
  const sourced = (text: CatalogText): SourcedText => ({ text: wordsOf(text), from: fromOf(text, catalog) });
  const cited = lookup(catalog.docs, source.doc);
  const body = example ?? sample;
  return {
    ...listedEntry({ catalog, entry }),
    apiName: catalog.general ? null : catalog.name,
    cause: sourced(cause),
    causes: causes.map(({ text, message }) => ({ ...sourced(text), ...(message === undefined ? {} : { message }) })),
    resolution: resolution.map(sourced),
    retry: { advice: retry.advice, reason: sourced(retry.reason), afterMs: retry.after ?? null },
    source: {
      doc: cited?.title ?? source.doc,
      section: source.section,
      address: source.address ?? cited?.address ?? null,
      licence: cited?.licence ?? null,
      date: cited?.date ?? null,
      copied: cited?.copied ?? null,
    },
    see,
    example: body === undefined ? null : { body, from: example === undefined ? 'general' : 'documented' },
    headers,
  };
}
