import type { CatalogDiff, EntryHead, FieldChange } from '../../../catalogs/diff.ts';
import { code, escapeMarkdown } from '../../markdown.ts';
import { countsOf, matchText, valueLines } from './values.ts';

/** The difference of two catalogs as Markdown, for a comment on a pull request. */
export function renderDiffMarkdown(diff: CatalogDiff): string {
  const title = `### ${code(diff.after.id)}: ${diff.same ? 'no difference' : countsOf(diff)}`;
  const blocks = [
    title,
    ...(diff.catalog.length === 0 ? [] : [`**Catalog**\n\n${table(diff.catalog)}`]),
    ...list('Added', diff.added),
    ...list('Removed', diff.removed),
    ...diff.changed.map(({ id, renamedFrom, fields }) => {
      const was = renamedFrom === null ? '' : ` (was ${code(renamedFrom)})`;
      return `**Changed: ${code(id)}**${was}${fields.length === 0 ? '' : `\n\n${table(fields)}`}`;
    }),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function list(title: string, entries: EntryHead[]): string[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) => {
    const match = matchText(entry);
    return `- ${code(entry.id)}${match === '' ? '' : ` ${code(match)}`} ${escapeMarkdown(entry.title)}`;
  });
  return [`**${title}**\n\n${items.join('\n')}`];
}

function table(changes: FieldChange[]): string {
  const rows = changes.map(({ field, before, after }) => {
    const cells = [before, after].map((value) => valueLines(field, value).map(escapeMarkdown).join('<br>'));
    return `| ${code(field)} | ${cells.join(' | ')} |`;
  });
  return ['| | before | after |', '| --- | --- | --- |', ...rows].join('\n');
}
