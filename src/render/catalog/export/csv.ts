import { shownEntry } from '../../../catalogs/entry-report.ts';
import type { Catalog } from '../../../model/catalog.ts';
import { csvCell } from '../../triage/csv.ts';

const COLUMNS = [
  ...['id', 'api', 'status', 'code', 'subcode', 'category', 'title', 'cause', 'resolution'],
  ...['retry', 'retry_reason', 'general', 'source', 'address'],
];

/** A row for each entry (RFC 4180). The column `general` names the texts that no document of the API has. */
export function renderCatalogCsv(catalogs: Catalog[]): string {
  const rows = catalogs.flatMap((catalog) =>
    catalog.entries.map((entry) => {
      const shown = shownEntry({ catalog, entry });
      const { id, api, match, category, title, cause, resolution, retry, source } = shown;
      const from = { cause: [cause], resolution, retry: [retry.reason] };
      const general = Object.entries(from).filter(([, texts]) => texts.some((text) => text.from === 'general'));
      return [
        ...[id, api, match.status?.join(', ') ?? null, (match.code ?? match.failure)?.join(', ') ?? null],
        ...[match.subcode?.join(', ') ?? null, category, title, cause.text],
        ...[resolution.map(({ text }) => text).join(' '), retry.advice, retry.reason.text],
        ...[general.map(([name]) => name).join(' '), `${source.doc}, ${source.section}`, source.address],
      ];
    }),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
