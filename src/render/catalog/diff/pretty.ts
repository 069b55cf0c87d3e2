import type { CatalogDiff, EntryHead, FieldChange } from '../../../catalogs/diff.ts';
import { type ColorLevel, type Styles, styles } from '../../style.ts';
import { visibleLine, wrap } from '../../text.ts';
import { countsOf, nameOf, valueLines } from './values.ts';

/**
 * The difference of two catalogs for a person:
 *
 *     crates: 1 added and 1 changed
 *
 *     + lid-open (409 LID_OPEN): The lid is open
 *
 *     ~ lid-locked
 *         cause
 *         - The lid is locked.
 *         + Somebody locked the lid.
 */
export function renderDiff(diff: CatalogDiff, { width, color }: { width: number; color: ColorLevel }): string {
  if (diff.same) return 'No difference.\n';
  const style = styles(color);
  const blocks = [
    [style.strong(visibleLine(`${diff.after.id}: ${countsOf(diff)}`))],
    diff.catalog.length === 0 ? [] : ['~ catalog', ...changeLines(diff.catalog, width, style)],
    diff.added.flatMap((entry) => headLines('+', entry, width, style.success)),
    diff.removed.flatMap((entry) => headLines('-', entry, width, style.error)),
    ...diff.changed.map(({ id, renamedFrom, fields }) => [
      visibleLine(`~ ${id}${renamedFrom === null ? '' : ` (was ${renamedFrom})`}`),
      ...changeLines(fields, width, style),
    ]),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function headLines(sign: string, entry: EntryHead, width: number, paint: (text: string) => string): string[] {
  const text = `${nameOf(entry)}: ${entry.title}`;
  return wrap(visibleLine(text), width - 2).map((line, i) =>
    i === 0 ? paint(`${sign} ${line}`) : paint(`    ${line}`),
  );
}

function changeLines(changes: FieldChange[], width: number, style: Styles): string[] {
  return changes.flatMap(({ field, before, after }) => {
    const [old, now] = [valueLines(field, before), valueLines(field, after)];
    const lines = (sign: string, values: string[], paint: (text: string) => string) =>
      values.flatMap((value) =>
        wrap(visibleLine(value), width - 6).map((line, i) => `    ${paint(`${i === 0 ? sign : ' '} ${line}`)}`),
      );
    return [
      `    ${style.label(field)}`,
      // Only the items of a list that differ.
      ...lines(
        '-',
        old.filter((value) => !now.includes(value)),
        style.error,
      ),
      ...lines(
        '+',
        now.filter((value) => !old.includes(value)),
        style.success,
      ),
      ...(old.length === now.length && old.every((value) => now.includes(value)) ? ['    in another order'] : []),
    ];
  });
}
