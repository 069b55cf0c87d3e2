import { type EntryList, type EntryReport, listedEntry, shownEntry } from '../../catalogs/entry-report.ts';
import { findEntries, namesIn } from '../../catalogs/find.ts';
import { type FoundEntry, searchEntries } from '../../catalogs/search.ts';
import { UsageError } from '../../model/errors.ts';
import { renderShown } from '../../render/catalog/entry.ts';
import { renderEntries } from '../../render/catalog/list.ts';
import { renderJson } from '../../render/json.ts';
import { writePaged } from '../../terminal/pager.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { didYouMean, nearest } from '../../text/nearest.ts';
import { loadConfig } from '../loaded-config.ts';
import { allCatalogs, catalogsFor, catalogsOf } from './known-catalogs.ts';

/** The command line of `catalog list` and `catalog search`. */
export interface CatalogBrowseArguments {
  /** The ID of the only catalog to look at. */
  api?: string;
  category?: string;
  /** Words that an entry has to have; absent to list all. */
  words?: string[];
  format: 'pretty' | 'json';
}

/** Lists entries of catalogs, or those with some words; returns the exit code: 1 if there are none. */
export async function runCatalogBrowse(args: CatalogBrowseArguments, terminal: Terminal): Promise<number> {
  const { effects, out, secrets } = terminal;
  const { knowledge } = await loadConfig(effects, secrets);
  const isSearch = args.words !== undefined && args.api === undefined;
  const catalogs = isSearch ? allCatalogs(knowledge) : catalogsOf(args.api, knowledge);
  const all: FoundEntry[] =
    args.words === undefined
      ? catalogs.flatMap((catalog) => catalog.entries.map((entry) => ({ catalog, entry })))
      : searchEntries(catalogs, args.words.join(' '));
  const found = all.filter(({ entry }) => args.category === undefined || entry.category === args.category);
  if (args.format === 'json') {
    const list: EntryList = { schema: 'errprobe/catalog-list@1', entries: found.map(listedEntry) };
    await out.write(renderJson(list));
  } else if (found.length === 0) await out.write('No entry found.\n');
  else await writePaged(renderEntries(found, terminal.width('stdout')), terminal);
  return found.length === 0 ? 1 : 0;
}

/** The command line of `catalog show`. */
export interface CatalogShowArguments {
  /** An ID, a code or a status. */
  term: string;
  api?: string;
  format: 'pretty' | 'json';
}

/**
 * Shows the entries that an ID, a code or a status names; returns the exit code.
 *
 * @throws UsageError if there are none
 */
export async function runCatalogShow({ term, api, format }: CatalogShowArguments, terminal: Terminal): Promise<number> {
  const { effects, out, secrets } = terminal;
  const { knowledge } = await loadConfig(effects, secrets);
  const catalogs = catalogsFor(term, api, knowledge);
  // A status of any gateway is not meant by a status alone.
  const isStatus = /^\d{3}$/.test(term.trim()) && api === undefined;
  const found = findEntries(isStatus ? [...knowledge.apis, knowledge.http] : catalogs, term);
  if (found.length === 0) {
    const near = didYouMean(nearest(term, namesIn(api === undefined ? allCatalogs(knowledge) : catalogs)));
    throw new UsageError(
      `no entry of ${api ?? 'any catalog'} has "${term}" as ID, code or status${near || '; errprobe catalog search finds entries by words'}`,
    );
  }
  const report: EntryReport = { schema: 'errprobe/catalog-entries@1', entries: found.map(shownEntry) };
  if (format === 'json') await out.write(renderJson(report));
  else {
    const look = {
      width: terminal.width('stdout'),
      color: terminal.color('stdout'),
      links: terminal.links('stdout'),
    };
    await writePaged(renderShown(report.entries, look), terminal);
  }
  return 0;
}
