import type { Group, TriageReport } from '../../triage/report.ts';
import { visibleLine } from '../text.ts';

const COLUMNS: [name: string, value: (group: Group) => string | number | null][] = [
  ['key', ({ key }) => key],
  ['count', (group) => group.count],
  ['share', ({ share }) => share.toFixed(4)],
  ['id', ({ id }) => id],
  ['api', ({ api }) => api],
  ['status', ({ status }) => status],
  ['code', ({ code }) => code],
  ['category', ({ category }) => category],
  ['actor', ({ actor }) => actor],
  ['retry', ({ retry }) => retry.advice],
  ['first', ({ first }) => first],
  ['last', ({ last }) => last],
  ['endpoints', ({ endpoints }) => endpoints.distinct],
  [
    'request_ids',
    ({ samples }) =>
      samples
        .map(({ requestId }) => requestId)
        .filter((id) => id !== null)
        .join(' '),
  ],
  ['title', ({ title }) => title],
  ['fix', ({ fix }) => fix],
];

/** A row for each group (RFC 4180). */
export function renderTriageCsv({ groups }: TriageReport): string {
  const rows = groups.map((group) => COLUMNS.map(([, value]) => csvCell(value(group))));
  return [COLUMNS.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/**
 * A CSV field (RFC 4180). A text that a spreadsheet would take for a formula is prefixed with a
 * quote, also one in full width, which some turn into ASCII.
 */
export function csvCell(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '');
  const line = visibleLine(value);
  const text = /^[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
