import { isEqual } from '../../json/equal.ts';
import { type CatalogFile, type FileEntry, MEMBERS } from './written.ts';

/** A change to a file: a value at a path; undefined removes it, and an entry at the end of the list adds it. */
export interface Edit {
  path: (string | number)[];
  value: unknown;
}

/** The changes that a repeated import makes to an existing catalog. */
export interface Again {
  edits: Edit[];
  added: string[];
  updated: string[];
  /** Texts written by hand that stay although their document changed. */
  kept: string[];
  /** Entries that no document has any more. They stay. */
  vanished: string[];
  /** The imported entries, with the IDs of the catalog: the base of the next import. */
  base: CatalogFile;
}

/**
 * Merges a new import into a catalog: what nobody changed since the last import is updated, and
 * what was written by hand stays, as do ids and the order of entries.
 *
 * @param mine the catalog as it is
 * @param last what was imported last; null if that is not known, and everything counts as written by hand
 * @param fresh what is imported now
 */
export function importAgain(mine: CatalogFile, last: CatalogFile | null, fresh: CatalogFile): Again {
  const edits: Edit[] = [];
  const added: string[] = [];
  const updated = new Set<string>();
  const kept: string[] = [];
  const found = new Set<string>();
  const ids = new Set(mine.entries.map(({ id }) => id));
  const base: FileEntry[] = [];
  const additions: FileEntry[] = [];
  for (const entry of fresh.entries) {
    const before = last?.entries.find((one) => isSame(one, entry) && !found.has(one.id)) ?? null;
    const index = mine.entries.findIndex(
      (one) => (before === null ? isSame(one, entry) : one.id === before.id) && !found.has(one.id),
    );
    const own = mine.entries[index];
    if (own === undefined && before !== null) {
      // It was deleted by hand.
      base.push({ ...entry, id: before.id });
      continue;
    }
    if (own === undefined) {
      const id = freeId(entry.id, ids);
      ids.add(id);
      additions.push({ ...entry, id });
      base.push({ ...entry, id });
      added.push(id);
      continue;
    }
    found.add(own.id);
    base.push({ ...entry, id: own.id });
    for (const member of MEMBERS) {
      const change = changeOf(before?.[member], own[member], entry[member]);
      if (change === 'take') {
        edits.push({ path: ['entries', index, member], value: entry[member] });
        updated.add(own.id);
      } else if (change === 'keep' && last !== null) kept.push(`${own.id}: ${member}`);
    }
  }
  for (const member of ['docs', 'hosts', 'baseUrl', 'auth', 'envelope'] as const) {
    if (changeOf(last?.[member], mine[member], fresh[member]) === 'take')
      edits.push({ path: [member], value: fresh[member] });
  }
  for (const [i, entry] of additions.entries())
    edits.push({ path: ['entries', mine.entries.length + i], value: entry });
  const vanished = (last?.entries ?? [])
    .filter(({ id }) => ids.has(id) && !base.some((entry) => entry.id === id))
    .map(({ id }) => id);
  // Vanished entries stay in the base, so that they are reported until somebody deletes them.
  const remembered = (last?.entries ?? []).filter(({ id }) => vanished.includes(id));
  return { edits, added, updated: [...updated], kept, vanished, base: { ...fresh, entries: [...base, ...remembered] } };
}

/** Whether to take a new value, to keep one written by hand, or to do nothing. */
function changeOf(last: unknown, mine: unknown, fresh: unknown): 'take' | 'keep' | null {
  if (isEqual(mine, fresh) || isEqual(last, fresh)) return null;
  return isEqual(last, mine) ? 'take' : 'keep';
}

const listed = (value: unknown): string[] =>
  (value === undefined ? [] : Array.isArray(value) ? value : [value]).map((one) => String(one).toLowerCase());

/** Whether two entries are about the same error: they share a code, or without codes status and wording. */
function isSame(one: FileEntry, other: FileEntry): boolean {
  const [a, b] = [one.match, other.match] as [Record<string, unknown>, Record<string, unknown>];
  if (!isEqual(listed(a.operation), listed(b.operation))) return false;
  const codes = listed(a.code);
  if (codes.length > 0 || b.code !== undefined) {
    if (!listed(b.code).some((code) => codes.includes(code)) || listed(a.subcode).join() !== listed(b.subcode).join())
      return false;
    return isEqual(listed(a.message), listed(b.message)) && agree(listed(a.status), listed(b.status));
  }
  return (
    listed(a.status).some((status) => listed(b.status).includes(status)) &&
    isEqual(listed(a.message), listed(b.message))
  );
}

const agree = (one: string[], other: string[]): boolean =>
  one.length === 0 || other.length === 0 || one.some((status) => other.includes(status));

function freeId(id: string, taken: Set<string>): string {
  if (!taken.has(id)) return id;
  for (let n = 2; ; n++) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
}
