import { isEqual } from '../json/equal.ts';
import type { Match, WrittenCatalog, WrittenEntry } from '../model/catalog.ts';
import { isAlike } from './lint/permanent.ts';

/** A member that differs; null where it is absent. */
export interface FieldChange {
  /** `cause`, `match.status`, `retry.advice` */
  field: string;
  before: unknown;
  after: unknown;
}

/** The part of an entry by which a reader recognizes it. */
export interface EntryHead {
  id: string;
  match: Match;
  title: string;
}

/** An entry that is in both catalogs, and differs. */
export interface ChangedEntry {
  id: string;
  /** The ID that it had; null if it is the same. */
  renamedFrom: string | null;
  title: string;
  fields: FieldChange[];
}

/** The document that `catalog diff --format json` prints. Version 1; fields are only added within it. */
export interface CatalogDiff {
  schema: 'errprobe/catalog-diff@1';
  before: { path: string; id: string };
  after: { path: string; id: string };
  same: boolean;
  /** Members of the catalog itself. */
  catalog: FieldChange[];
  added: EntryHead[];
  removed: EntryHead[];
  changed: ChangedEntry[];
}

/** A catalog, and where it is from. */
export interface Compared {
  path: string;
  catalog: WrittenCatalog;
}

/**
 * Compares two versions of a catalog. The order of entries and members does not matter, nor does the day on
 * which a document was read: an import of the same document changes it.
 */
export function diffCatalogs(before: Compared, after: Compared): CatalogDiff {
  const [old, now] = [before.catalog, after.catalog];
  const gone = old.entries.filter(({ id }) => !now.entries.some((entry) => entry.id === id));
  const added: EntryHead[] = [];
  const changed: ChangedEntry[] = [];
  for (const entry of now.entries) {
    const same = old.entries.find(({ id }) => id === entry.id);
    const renamed = same === undefined ? gone.findIndex(({ match }) => isAlike(match, entry.match)) : -1;
    const [was] = same === undefined ? (renamed < 0 ? [] : gone.splice(renamed, 1)) : [same];
    if (was === undefined) {
      added.push(headOf(entry));
      continue;
    }
    const fields = changesIn(membersOf(was, ENTRY_GROUPS), membersOf(entry, ENTRY_GROUPS));
    const renamedFrom = same === undefined ? was.id : null;
    if (fields.length > 0 || renamedFrom !== null)
      changed.push({ id: entry.id, renamedFrom, title: entry.title, fields });
  }
  const removed = gone.map(headOf);
  const catalog = changesIn(membersOf(restOf(old), CATALOG_GROUPS), membersOf(restOf(now), CATALOG_GROUPS));
  return {
    schema: 'errprobe/catalog-diff@1',
    before: { path: before.path, id: old.id },
    after: { path: after.path, id: now.id },
    same: catalog.length + added.length + removed.length + changed.length === 0,
    catalog,
    added,
    removed,
    changed,
  };
}

/** A catalog without its entries, and without the days on which documents were read. */
function restOf({ entries: _, docs, ...rest }: WrittenCatalog): object {
  const undated = Object.entries(docs).map(([key, { date: __, ...document }]) => [key, document]);
  return { ...rest, docs: Object.fromEntries(undated) };
}

const headOf = ({ id, match, title }: WrittenEntry): EntryHead => ({ id, match, title });

/** Members whose own members are compared one by one. */
const ENTRY_GROUPS = ['match', 'retry', 'source'];
const CATALOG_GROUPS = ['docs', 'auth', 'envelope'];

/** The members of an object by name, those of groups as `match.status`. */
function membersOf(object: object, groups: string[]): Map<string, unknown> {
  const members = Object.entries(object).flatMap(([name, value]): [string, unknown][] =>
    groups.includes(name) && typeof value === 'object' && value !== null
      ? Object.entries(value as object).map(([inner, own]): [string, unknown] => [`${name}.${inner}`, own])
      : name === 'id' && groups === ENTRY_GROUPS
        ? []
        : [[name, value]],
  );
  return new Map(members.filter(([, value]) => value !== undefined));
}

function changesIn(before: Map<string, unknown>, after: Map<string, unknown>): FieldChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => !isEqual(before.get(field), after.get(field)))
    .map((field) => ({ field, before: before.get(field) ?? null, after: after.get(field) ?? null }));
}
