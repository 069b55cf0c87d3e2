import type { ConfigLayer } from '../config/layer.ts';
import { defaultApi } from '../config/resolve.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import { knownByHost } from '../diagnosis/match/known.ts';
import type { Catalog, KnownCatalogs } from '../model/catalog.ts';
import { UsageError } from '../model/errors.ts';
import type { Api } from '../model/settings.ts';
import { noApi } from '../text/nearest.ts';

/** The APIs that a command can name: those that it lists, and well-known ones. */
export interface Apis {
  apis: Api[];
  knowledge: Pick<Knowledge, 'known'>;
}

/**
 * Finds an API by its id.
 *
 * @param where the source of the id, for the message
 * @throws UsageError with the list and the nearest id when there is none
 */
export function findApi(id: string, { apis, knowledge: { known } }: Apis, where: string): Api {
  const found = apis.find((api) => api.id === id) ?? apis.find((api) => api.id === id.toLowerCase());
  const api = found ?? knownApi(id.toLowerCase(), known);
  if (api !== null) return api;
  const ids = apis.map((api) => api.id);
  const others = known.apis.map((api) => api.id);
  throw new UsageError(`${where}: ${noApi(id, ids, others)}`);
}

/** A well-known API as one that commands can name; null for an id of none. */
export function knownApi(id: string, { load }: KnownCatalogs): Api | null {
  const catalog = load(id);
  return catalog === null ? null : { id, name: catalog.name, catalog };
}

/**
 * Finds the catalog of an API, for a command that has nothing to do without one.
 *
 * @throws UsageError when there is no such API, or it has no catalog
 */
export function findCatalog(id: string, apis: Apis, where: string): Catalog {
  return catalogOf(findApi(id, apis, where), where);
}

/** @throws UsageError when an API has no catalog */
export function catalogOf({ id, catalog }: Api, where: string): Catalog {
  if (catalog !== null) return catalog;
  throw new UsageError(`${where}: nothing documents the errors of ${id}; add a catalog to it (docs/catalogs.md)`);
}

/** A path of an API that succeeds with GET, or null if its catalog has none. */
export function harmlessPath({ mock }: Catalog): string | null {
  return mock?.resources.find(({ request }) => request.startsWith('GET '))?.request.slice(4) ?? null;
}

/** The catalog of the default API, for an error whose API is unknown; null if it has none. */
export function preferredCatalog(
  layers: ConfigLayer[],
  apis: Api[],
  env: Record<string, string | undefined>,
): string | null {
  const id = defaultApi(layers, apis, env);
  return apis.find((api) => api.id === id)?.catalog?.id ?? null;
}

/** The ids of APIs, for a message. */
export function idsOf(apis: Api[]): string {
  return apis.map(({ id }) => id).join(', ');
}

/**
 * The API that serves a URL, by its catalog's hosts or a configured base URL. Of several on one host,
 * it is the one whose base URL begins like the URL. Well-known APIs come last.
 */
export function apiByHost(
  url: string,
  { apis, knowledge: { known } }: Apis,
  layers: Pick<ConfigLayer, 'value'>[],
): Api | null {
  const host = hostOf(url);
  if (host === null) return null;
  const configured = apis.flatMap((api) =>
    layers
      .flatMap(({ value }) => value.apis?.[api.id]?.baseUrl ?? [])
      .filter((base) => hostOf(base) === host)
      .map((base) => ({ api, base: base.replace(/(?<!\/)\/+$/, '') })),
  );
  const longest = configured
    .filter(({ base }) => url.startsWith(base))
    .sort((a, b) => b.base.length - a.base.length)[0];
  const found = longest ?? configured[0];
  const api = found?.api ?? apis.find(({ catalog }) => catalog?.hosts.includes(host));
  return api ?? knownApi(knownByHost(url, known.apis)?.id ?? '', known);
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
