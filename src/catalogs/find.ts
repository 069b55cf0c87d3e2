import { hasCode } from '../diagnosis/match/code.ts';
import { fitsStatus } from '../diagnosis/match/entry.ts';
import type { Catalog, KnownCatalogs } from '../model/catalog.ts';
import { lookup } from '../text/lookup.ts';
import type { FoundEntry } from './search.ts';

/**
 * The entries that a term names: by ID, with or without that of the catalog, by code, subcode or network failure, or by
 * status. An ID is unique, so it comes before everything else that reads like it.
 */
export function findEntries(catalogs: Catalog[], term: string): FoundEntry[] {
  const wanted = term.trim().toLowerCase();
  const all = catalogs.flatMap((catalog) => catalog.entries.map((entry) => ({ catalog, entry })));
  const byId = all.filter(
    ({ catalog, entry }) => `${catalog.id}/${entry.id}` === wanted || entry.aliases?.includes(wanted),
  );
  if (byId.length > 0) return byId;
  const byName = all.filter(
    ({ entry }) =>
      entry.id === wanted ||
      hasCode(entry, wanted) ||
      [...(entry.match.subcode ?? []), ...(entry.match.failure ?? [])].some((name) => name.toLowerCase() === wanted),
  );
  if (byName.length > 0 || !/^[1-9]\d\d$/.test(wanted)) return byName;
  return catalogs.flatMap((catalog) => ofStatus(catalog, Number(wanted)));
}

/** The entries of a status; those of its class only where none has the status itself. */
function ofStatus(catalog: Catalog, status: number): FoundEntry[] {
  const exact = catalog.entries.filter(({ match }) => match.status?.includes(status));
  const fitting = catalog.entries.filter((entry) => entry.match.status !== undefined && fitsStatus(entry, status));
  return (exact.length > 0 ? exact : fitting).map((entry) => ({ catalog, entry }));
}

/** Everything that `findEntries` finds entries by, for a suggestion. */
export function namesIn(catalogs: Catalog[]): string[] {
  return catalogs.flatMap((catalog) =>
    catalog.entries.flatMap(({ id, match }) => [
      id,
      `${catalog.id}/${id}`,
      ...(match.code ?? []),
      ...(match.subcode ?? []),
      ...(match.failure ?? []),
    ]),
  );
}

/** The catalogs of well-known APIs that have an entry of a name: an ID, a former one, a code or a subcode. */
export const knownNamed = (name: string, { namedBy, load }: KnownCatalogs): Catalog[] =>
  namedBy(name.trim()).flatMap((id) => load(id) ?? []);

/** The catalogs of all well-known APIs. */
export const allKnown = ({ apis, load }: KnownCatalogs): Catalog[] => apis.flatMap(({ id }) => load(id) ?? []);

/** The IDs that an ID stands for: itself, or the present ones of a former ID. */
export function presentIds(id: string, { apis }: KnownCatalogs): string[] {
  const present = apis.flatMap((api) => (lookup(api.aliases, id) ?? []).map((entry) => `${api.id}/${entry}`));
  return present.length === 0 ? [id] : present;
}

/** The IDs of all entries, also former ones. */
export const idsOf = (catalogs: Catalog[]): string[] =>
  catalogs.flatMap(({ id, entries }) => entries.flatMap((entry) => [`${id}/${entry.id}`, ...(entry.aliases ?? [])]));

/** The entries that ask for the fewest things beside what all have in common, such as a code. */
export function plainOnes<T extends Pick<FoundEntry, 'entry'>>(found: T[]): T[] {
  const wishes = ({ entry: { match } }: T) => [match.subcode, match.message].filter((one) => one !== undefined).length;
  const fewest = Math.min(...found.map(wishes));
  const plain = found.filter((one) => wishes(one) === fewest);
  const uncoded = plain.filter(({ entry }) => entry.match.subcode === undefined);
  return uncoded.length > 0 ? uncoded : plain;
}
