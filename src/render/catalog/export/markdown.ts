import { type ShownEntry, type SourcedText, shownEntry } from '../../../catalogs/entry-report.ts';
import type { Catalog } from '../../../model/catalog.ts';
import { GENERAL } from '../../error/mark.ts';
import { code, escapeMarkdown } from '../../markdown.ts';
import { retryVerdict } from '../../words.ts';

const NOTE = `What is marked ${GENERAL} holds for any API; the documentation of this one does not say it.`;

/** A table of each catalog for a README; several get a heading each. */
export function renderCatalogMarkdown(catalogs: Catalog[]): string {
  const parts = catalogs.map((catalog) => {
    const heading = catalogs.length === 1 ? [] : [`## ${escapeMarkdown(catalog.name)}`, ''];
    const rows = catalog.entries.map((entry) => rowOf(shownEntry({ catalog, entry })));
    const note = rows.some((row) => row.includes(GENERAL)) ? ['', NOTE] : [];
    return [
      ...heading,
      '| Status | Code | Cause | Resolution | Retry |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      ...note,
    ];
  });
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function rowOf(entry: ShownEntry): string {
  const { api, match, cause, resolution, retry } = entry;
  // General knowledge claims nothing, so it needs no mark.
  const words = ({ text, from }: SourcedText) =>
    escapeMarkdown(api !== null && from === 'general' ? `${text} ${GENERAL}` : text);
  const steps = resolution.map(words);
  const codes = [...(match.code ?? match.failure ?? []), ...(match.subcode ?? [])];
  const cells = [
    (match.status ?? []).map(String).join(', '),
    codes.map(code).join(', '),
    words(cause),
    steps.length === 1 ? steps.join() : steps.map((step, i) => `${i + 1}. ${step}`).join('<br>'),
    words({ ...retry.reason, text: `${retryVerdict(retry)}: ${retry.reason.text}` }),
  ];
  return `| ${cells.join(' | ')} |`;
}
