import type { Entry } from '../../model/catalog.ts';

/** The last part of a problem type (RFC 9457): `out-of-credit` of `https://example.com/probs/out-of-credit`. */
const LAST_PART = /^(?:https?:|urn:|\/).*[/:#]([^/:#]+)\/?$/i;

/** Whether a code is one of the entry's, in any case and notation: `KEY_LOCKED`, `keyLocked`, `key-locked`. */
export function hasCode({ match }: Pick<Entry, 'match'>, code: string): boolean {
  if (match.code === undefined) return false;
  const wanted = namesOf(code);
  return match.code.some((own) => wanted.includes(inSmallLetters(own)));
}

/** The entries of a code, in their order. */
export function entriesOfCode(entries: Entry[], code: string): Entry[] {
  let index = indexes.get(entries);
  if (index === undefined) {
    index = new Map();
    for (const entry of entries) {
      for (const own of new Set(entry.match.code?.map(inSmallLetters))) {
        const known = index.get(own);
        if (known === undefined) index.set(own, [entry]);
        else known.push(entry);
      }
    }
    indexes.set(entries, index);
  }
  const [found = [], ...others] = namesOf(code).map((name) => index.get(name) ?? []);
  if (others.every((list) => list.length === 0)) return found;
  const all = new Set([found, ...others].flat());
  return entries.filter((entry) => all.has(entry));
}

/** The entries that ask for a subcode alone: it means the same under every code. */
export function entriesOfSubcode(entries: Entry[], subcode: string | null): Entry[] {
  if (subcode === null) return [];
  const wanted = inSmallLetters(subcode);
  return entries.filter(
    ({ match }) => match.code === undefined && match.subcode?.some((own) => inSmallLetters(own) === wanted),
  );
}

/** The entries of each code: an error is looked up in every catalog, and logs have many errors. */
const indexes = new WeakMap<Entry[], Map<string, Entry[]>>();

/** The forms in which an entry may have a code: as it is, or the last part of a URI. */
function namesOf(code: string): string[] {
  const names = [inSmallLetters(code)];
  for (let rest = code; rest.length <= LONGEST_FOLDED * 3; ) {
    const last = LAST_PART.exec(rest)?.[1];
    if (last === undefined) break;
    names.push(inSmallLetters(last));
    rest = last;
  }
  return names;
}

/** Every error is compared with every code of the catalogs, so a code is folded once. */
const MOST_FOLDED = 2000;
const LONGEST_FOLDED = 100;
const folded = new Map<string, string>();

/** A code without case and the signs between its words, in which notations differ. */
export function inSmallLetters(code: string): string {
  const known = folded.get(code);
  if (known !== undefined) return known;
  const small = code.toLowerCase().replaceAll(/(?<=[a-z0-9])[_-](?=[a-z])/g, '');
  if (code.length > LONGEST_FOLDED) return small;
  if (folded.size >= MOST_FOLDED) folded.clear();
  folded.set(code, small);
  return small;
}
