import type { Catalog, Entry } from '../../model/catalog.ts';
import { visibleLine } from '../text.ts';

/** Entries as lines of ID, status and title, with the codes where they fit. */
export function renderEntries(entries: { catalog: Catalog; entry: Entry }[], width: number): string {
  const rows = entries.map(({ catalog, entry }) => ({
    id: `${catalog.id}/${entry.id}`,
    status: entry.match.status?.join(', ') ?? '',
    title: entry.title,
    codes: (entry.match.code ?? entry.match.failure ?? []).join(', '),
  }));
  const longest = (of: 'id' | 'status') => Math.max(0, ...rows.map((row) => row[of].length));
  const idWidth = Math.min(LONGEST_ID, longest('id'));
  const statusWidth = Math.min(LONGEST_STATUS, longest('status'));
  return rows
    .map(({ id, status, title, codes }) => {
      const line = visibleLine(`${id.padEnd(idWidth)}  ${status.padEnd(statusWidth)}  ${title}`);
      const withCodes = codes === '' ? line : `${line}  ${visibleLine(codes)}`;
      if (withCodes.length <= width) return withCodes;
      return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** The most columns that IDs and statuses are aligned to; longer ones push the rest of their line. */
const LONGEST_ID = 36;
const LONGEST_STATUS = 8;
