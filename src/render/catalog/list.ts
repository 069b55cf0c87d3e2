import type { Catalog, Entry } from '../../model/catalog.ts';
import { visibleLine } from '../text.ts';

/** Entries as lines of ID, status, code and title, cut at a width. */
export function renderEntries(entries: { catalog: Catalog; entry: Entry }[], width: number): string {
  const rows = entries.map(({ catalog, entry: { id, match, title } }) => [
    `${catalog.id}/${id}`,
    match.status?.join(', ') ?? '',
    (match.code ?? match.failure ?? []).join(', '),
    title,
  ]);
  const widths = [0, 1, 2].map((i) => Math.min(36, Math.max(0, ...rows.map((row) => row[i]?.length ?? 0))));
  return rows
    .map((row) => {
      const line = row.map((cell, i) => (i < 3 ? cell.padEnd(widths[i] ?? 0) : cell)).join('  ');
      const plain = visibleLine(line).trimEnd();
      return plain.length <= width ? plain : `${plain.slice(0, width - 1)}…`;
    })
    .map((line) => `${line}\n`)
    .join('');
}
