import type { Catalog } from '../model/catalog.ts';
import { type Exit, exitOf } from '../model/report.ts';
import type { Category } from '../model/words.ts';

/** Errors of one kind that were seen. */
export interface SeenKind {
  /** The ID of the entry that explains them, that of a general one too; null if none does. */
  id: string | null;
  /** The API that they are from; null if that cannot be told. */
  api: string | null;
  status: number | null;
  code: string | null;
  /** A message of one of them. */
  message: string | null;
  category: Category;
  title: string;
  count: number;
  /** ISO 8601; null if that is unknown. */
  first: string | null;
  last: string | null;
}

/** A documented error, and how often it was seen. */
export interface CoveredEntry extends Pick<SeenKind, 'count' | 'first' | 'last'> {
  id: string;
  title: string;
}

/** The document that `catalog coverage --format json` prints. Version 1; fields are only added within it. */
export interface CoverageReport {
  schema: 'errprobe/catalog-coverage@1';
  command: 'catalog coverage';
  ok: boolean;
  exit: Exit;
  catalog: { id: string; name: string; entries: number };
  /** The errors that the inputs have, of this API or not. */
  errors: number;
  first: string | null;
  last: string | null;
  /** Documented errors that were seen, the most frequent first. */
  seen: CoveredEntry[];
  /** Documented errors that were not seen. */
  unseen: { id: string; title: string }[];
  /** Errors of the API that it does not document, the most frequent first. */
  undocumented: Omit<SeenKind, 'api'>[];
  /** Errors of other APIs, of gateways and of connections. */
  elsewhere: number;
  /** Inputs that could not be read, or not to their end. */
  problems: { source: string; problem: string }[];
}

/** General catalogs of errors that do not come from an API. */
const NOT_ITS_OWN = /^(?:gateways|network)\//;

/**
 * Compares what an API documents with the errors that were seen.
 *
 * @param fails true if undocumented errors fail
 */
export function coverageOf(
  catalog: Catalog,
  kinds: SeenKind[],
  problems: CoverageReport['problems'],
  fails: boolean,
): CoverageReport {
  const own = merged(kinds.filter((kind) => isOf(catalog, kind)));
  const idOf = (id: string) => `${catalog.id}/${id}`;
  const bySize = (a: { count: number }, b: { count: number }) => b.count - a.count;
  const covered = catalog.entries.map(({ id, title }): CoveredEntry => {
    const kind = own.find((one) => one.id === idOf(id));
    return { id: idOf(id), title, count: kind?.count ?? 0, first: kind?.first ?? null, last: kind?.last ?? null };
  });
  const undocumented = own
    .filter(({ id }) => !catalog.entries.some((entry) => idOf(entry.id) === id))
    .map(({ api: _, ...kind }) => kind)
    .toSorted(bySize);
  const errors = kinds.reduce((sum, { count }) => sum + count, 0);
  const ok = !fails || undocumented.length === 0;
  return {
    schema: 'errprobe/catalog-coverage@1',
    command: 'catalog coverage',
    ok,
    exit: exitOf(ok ? 'ok' : 'failed'),
    catalog: { id: catalog.id, name: catalog.name, entries: catalog.entries.length },
    errors,
    first: kinds.map(({ first }) => first).reduce(earlier, null),
    last: kinds.map(({ last }) => last).reduce(later, null),
    seen: covered.filter(({ count }) => count > 0).toSorted(bySize),
    unseen: covered.filter(({ count }) => count === 0).map(({ id, title }) => ({ id, title })),
    undocumented,
    elsewhere: errors - own.reduce((sum, { count }) => sum + count, 0),
    problems,
  };
}

/** Whether an error is of an API: it, or nobody else, is known to have sent it. */
function isOf(catalog: Catalog, { id, api }: SeenKind): boolean {
  return (api === null || api === catalog.id) && !NOT_ITS_OWN.test(id ?? '');
}

/** Kinds with the counts of equal ones added up. */
function merged(kinds: SeenKind[]): SeenKind[] {
  const byKey = new Map<string, SeenKind>();
  for (const kind of kinds) {
    const isEntry = kind.api !== null && kind.id?.startsWith(`${kind.api}/`) === true;
    const words = kind.id === null && kind.code === null ? kind.message : null;
    const key = isEntry ? (kind.id ?? '') : JSON.stringify([kind.id, kind.status, kind.code, words]);
    const known = byKey.get(key);
    byKey.set(
      key,
      known === undefined
        ? kind
        : {
            ...known,
            count: known.count + kind.count,
            first: earlier(known.first, kind.first),
            last: later(known.last, kind.last),
            message: known.message ?? kind.message,
          },
    );
  }
  return [...byKey.values()];
}

/** The earlier of two times in ISO 8601; null is unknown. */
const earlier = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? (one ?? other) : one < other ? one : other;

const later = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? (one ?? other) : one > other ? one : other;
