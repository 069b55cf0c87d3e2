import { type FoundEntry, searchEntries } from '../../catalogs/search.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Catalog } from '../../model/catalog.ts';
import { UsageError } from '../../model/errors.ts';
import { renderEntries } from '../../render/catalog/list.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { noApi } from '../../text/nearest.ts';
import { loadConfig } from '../loaded-config.ts';

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
  const catalogs = catalogsOf(args.api, knowledge);
  const all: FoundEntry[] =
    args.words === undefined
      ? catalogs.flatMap((catalog) => catalog.entries.map((entry) => ({ catalog, entry })))
      : searchEntries(catalogs, args.words.join(' '));
  const found = all.filter(({ entry }) => args.category === undefined || entry.category === args.category);
  if (args.format === 'json') await out.write(renderJson({ entries: found.map(memberOf) }));
  else await out.write(found.length === 0 ? 'No entry found.\n' : renderEntries(found, terminal.width('stdout')));
  return found.length === 0 ? 1 : 0;
}

/** All catalogs, those of APIs first, or the one that the user names. */
function catalogsOf(api: string | undefined, { apis, http, network, gateways, codes }: Knowledge): Catalog[] {
  const general = [http, network, gateways, ...codes];
  if (api === undefined) return [...apis, ...general];
  const all = [...apis, ...general];
  const named = all.find(({ id }) => id === api.toLowerCase());
  if (named === undefined)
    throw new UsageError(
      noApi(
        api,
        all.map(({ id }) => id),
      ),
    );
  return [named];
}

function memberOf({ catalog, entry }: FoundEntry): object {
  const { id, match, category, title, retry } = entry;
  return {
    id: `${catalog.id}/${id}`,
    api: catalog.general ? null : catalog.id,
    match,
    category,
    title,
    retry: retry.advice,
  };
}
