import { describe, expect, it } from 'vitest';
import { importAgain } from '../../../src/catalogs/import/merge-again.ts';
import type { CatalogFile, FileEntry } from '../../../src/catalogs/import/written.ts';

const entry = (id: string, code: string, more: object = {}): FileEntry => ({
  id,
  match: { code },
  category: 'validation',
  title: code,
  source: { doc: 'page', section: 'Codes' },
  ...more,
});

const file = (...entries: FileEntry[]): CatalogFile => ({
  id: 'crates',
  name: 'Crates',
  version: 2,
  docs: { page: { title: 'Errors' } },
  entries,
});

describe('importing again', () => {
  it('updates what nobody changed, and adds what is new at the end', () => {
    const last = file(entry('a', 'A', { cause: 'Old.' }));
    const { edits, added, updated } = importAgain(
      last,
      last,
      file(entry('b', 'B'), entry('a', 'A', { cause: 'New.' })),
    );
    expect(edits).toEqual([
      { path: ['entries', 0, 'cause'], value: 'New.' },
      { path: ['entries', 1], value: entry('b', 'B') },
    ]);
    expect([added, updated]).toEqual([['b'], ['a']]);
  });

  it('keeps what was written by hand: texts, ids and deletions', () => {
    const last = file(entry('a', 'A', { cause: 'Old.' }), entry('b', 'B'));
    const mine = file(entry('my-own-id', 'A', { cause: 'Mine.' }));
    const renamed = {
      ...last,
      entries: last.entries.map((one) => (one.id === 'a' ? { ...one, id: 'my-own-id' } : one)),
    };
    const { edits, kept } = importAgain(mine, renamed, file(entry('a', 'A', { cause: 'New.' }), entry('b', 'B')));
    expect(edits).toEqual([]);
    expect(kept).toEqual(['my-own-id: cause']);
  });

  it('finds an entry by its code where the last import is not known, and fills in only what is absent', () => {
    const mine = file(entry('mine', 'A', { cause: 'Mine.' }));
    const { edits, added } = importAgain(mine, null, file(entry('a', 'a', { cause: 'New.', resolution: ['Do.'] })));
    expect(edits).toEqual([{ path: ['entries', 0, 'resolution'], value: ['Do.'] }]);
    expect(added).toEqual([]);
  });

  it('reports what vanished, each time, and leaves it', () => {
    const last = file(entry('a', 'A'), entry('b', 'B'));
    const once = importAgain(last, last, file(entry('a', 'A')));
    expect(once).toMatchObject({ edits: [], vanished: ['b'] });
    expect(importAgain(last, once.base, file(entry('a', 'A'))).vanished).toEqual(['b']);
  });
});
