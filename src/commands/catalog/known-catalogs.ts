import { allKnown, knownNamed } from '../../catalogs/find.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Catalog } from '../../model/catalog.ts';
import { UsageError } from '../../model/errors.ts';
import { noApi } from '../../text/nearest.ts';

/** All catalogs but those of well-known APIs, those of APIs first. */
const listed = ({ apis, http, network, gateways, codes }: Knowledge): Catalog[] => [
  ...apis,
  http,
  network,
  gateways,
  ...codes,
];

/** All catalogs, those of APIs first and those of well-known ones last. */
export const allCatalogs = (knowledge: Knowledge): Catalog[] => [...listed(knowledge), ...allKnown(knowledge.known)];

/**
 * All catalogs but those of well-known APIs, or the one that the user names.
 *
 * @throws UsageError if there is no such catalog
 */
export function catalogsOf(api: string | undefined, knowledge: Knowledge): Catalog[] {
  const all = listed(knowledge);
  if (api === undefined) return all;
  const named = all.find(({ id }) => id === api.toLowerCase()) ?? knowledge.known.load(api.toLowerCase());
  if (named !== null) return [named];
  const ids = all.map(({ id }) => id);
  const others = knowledge.known.apis.map(({ id }) => id);
  throw new UsageError(noApi(api, ids, others));
}

/** The catalogs that an ID, a code or a status may be of. */
export const catalogsFor = (term: string, api: string | undefined, knowledge: Knowledge): Catalog[] => [
  ...catalogsOf(api, knowledge),
  ...(api === undefined ? knownNamed(term, knowledge.known) : []),
];
