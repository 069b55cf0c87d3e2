import type { ConfigLayer } from '../config/layer.ts';
import type { Catalog } from '../model/catalog.ts';
import { UsageError } from '../model/errors.ts';
import { noCatalog } from '../text/nearest.ts';

/**
 * Finds a catalog by its id.
 *
 * @param where the source of the id, for the message
 * @throws UsageError with the list and the nearest id when there is none
 */
export function findApi(id: string, catalogs: Catalog[], where: string): Catalog {
  const found = catalogs.find((catalog) => catalog.id === id.toLowerCase());
  if (found !== undefined) return found;
  const known = catalogs.map((catalog) => catalog.id);
  throw new UsageError(`${where}: ${noCatalog(id, known)}`);
}

/** A path of an API that succeeds with GET, or null if its catalog has none. */
export function harmlessPath({ mock }: Catalog): string | null {
  return mock?.resources.find(({ request }) => request.startsWith('GET '))?.request.slice(4) ?? null;
}

/** The ids of catalogs, for a message. */
export function idsOf(catalogs: Catalog[]): string {
  return catalogs.map(({ id }) => id).join(', ');
}

/** The API that serves a URL, by its catalog's hosts or a configured base URL. */
export function apiByHost(url: string, catalogs: Catalog[], layers: ConfigLayer[]): Catalog | null {
  const host = hostOf(url);
  return catalogs.find((catalog) => host !== null && hostsOf(catalog, layers).includes(host)) ?? null;
}

function hostsOf(catalog: Catalog, layers: ConfigLayer[]): (string | null)[] {
  return [...catalog.hosts, ...layers.map(({ value }) => hostOf(value.apis?.[catalog.id]?.baseUrl ?? ''))];
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
