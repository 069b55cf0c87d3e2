import { wrap } from '../text.ts';
import { counted } from '../words.ts';

/** What an import did. */
export interface ImportReport {
  /** The ID of the catalog. */
  id: string;
  sources: {
    path: string;
    /** Null for a file in which no error was found. */
    kind: string | null;
    /** The places in it that speak of an error. */
    claims: number;
    notes: string[];
    left: { what: string; why: string }[];
  }[];
  entries: number;
  /** How many entries have each text from a document. */
  with: { cause: number; resolution: number; retry: number; example: number };
  /** What needs a human eye. */
  check: { entry: string | null; why: string }[];
  /** What changed in a catalog that was there; null for a new one. */
  again: { added: string[]; updated: string[]; kept: string[]; vanished: string[] } | null;
  output: string | null;
}

/** The most lines of one kind to show; JSON has all of them. */
const MOST_SHOWN = 8;

/** What an import did, for a person. */
export function renderImport(report: ImportReport, width: number): string {
  const lines: string[] = [];
  const add = (label: string, items: string[]) => {
    const shown =
      items.length > MOST_SHOWN
        ? [...items.slice(0, MOST_SHOWN - 1), `and ${items.length - MOST_SHOWN + 1} more`]
        : items;
    for (const [i, item] of shown.entries()) {
      const wrapped = wrap(item, width - 11);
      for (const [n, line] of wrapped.entries())
        lines.push(`${(i === 0 && n === 0 ? label : '').padEnd(9)}${n === 0 ? '' : '  '}${line}`);
    }
  };
  add(
    'Read',
    report.sources
      .filter(({ kind }) => kind !== null)
      .map(({ path, kind, claims }) => `${path}: ${kind}, ${counted(claims, 'mention')} of an error`),
  );
  add(
    'As',
    report.sources.flatMap(({ notes }) => notes),
  );
  add(
    'Left out',
    report.sources.flatMap(({ left }) => left.map(({ what, why }) => `${what}: ${why}`)),
  );
  add('Check', grouped(report.check));
  const { cause, resolution, retry, example } = report.with;
  add('Found', [
    `${counted(report.entries, 'entry')}, ${cause} with a cause, ${resolution} with a resolution, ${retry} with retry advice, ${example} with an example; errprobe fills in the rest from general knowledge and marks it`,
  ]);
  if (report.again !== null) {
    const { added, updated, kept, vanished } = report.again;
    add('Added', added);
    add('Updated', updated);
    add(
      'Kept',
      kept.map((what) => `${what} (changed by hand and in the document)`),
    );
    add(
      'Vanished',
      vanished.map((id) => `${id} (no document has it any more; delete it if it is gone)`),
    );
  }
  if (report.output !== null)
    add('Written', [`${report.output}; name it below catalogs: in .errproberc.yaml to use it`]);
  return `${lines.join('\n')}\n`;
}

/** Entries with the same reason, on one line. */
function grouped(check: ImportReport['check']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { entry, why } of check)
    byReason.set(why, [...(byReason.get(why) ?? []), ...(entry === null ? [] : [entry])]);
  return [...byReason].map(([why, entries]) =>
    entries.length === 0
      ? why
      : `${entries.slice(0, 5).join(', ')}${entries.length > 5 ? ` and ${entries.length - 5} more` : ''}: ${why}`,
  );
}
