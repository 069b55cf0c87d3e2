import type { CoverageReport } from '../../catalogs/coverage.ts';
import { type ColorLevel, styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';
import { counted } from '../words.ts';

/** The most rows of each part to show; JSON has all. */
const MOST_SHOWN = 20;

/**
 * Renders the coverage of a catalog for people:
 *
 *     Orders API: 2 of 12 documented errors seen; 1 kind of error undocumented.
 *
 *     Not documented
 *       12  409  OUT_OF_INK  The pen is empty                       until 2026-03-01
 */
export function renderCoverage(report: CoverageReport, { width, color }: { width: number; color: ColorLevel }): string {
  const style = styles(color);
  const { seen, unseen, undocumented } = report;
  const blocks = [
    summary(report).flatMap((line) => wrap(visibleLine(line), width)),
    part(
      'Not documented',
      undocumented.map(({ count, status, code, message, title, last }) => [
        String(count),
        String(status ?? ''),
        code ?? '',
        message ?? title,
        day(last),
      ]),
      width,
      style.no,
    ),
    part(
      'Documented and seen',
      seen.map(({ count, id, title, last }) => [String(count), id, title, day(last)]),
      width,
      style.strong,
    ),
    unseen.length === 0
      ? []
      : [
          style.strong('Documented, never seen'),
          ...wrap(listOfIds(unseen.map(({ id }) => id)), width - 2).map((line) => `  ${line}`),
        ],
    report.problems.map(({ source, problem }) => visibleLine(`${source}: ${problem}`)),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function summary({ catalog, seen, undocumented, errors, first, last, elsewhere }: CoverageReport): string[] {
  const span = first === null || last === null ? '' : ` from ${day(first)} to ${day(last)}`;
  const others = elsewhere === 0 ? '' : `; ${elsewhere} of them from elsewhere`;
  const kinds = undocumented.length === 0 ? 'no kind' : counted(undocumented.length, 'kind');
  return [
    `${catalog.name}: ${seen.length} of ${catalog.entries} documented errors seen; ${kinds} of error undocumented.`,
    `${counted(errors, 'error')}${span}${others}.`,
  ];
}

const day = (time: string | null): string => time?.slice(0, 10) ?? '';

const listOfIds = (ids: string[]): string => ids.map((id) => visibleLine(id)).join(', ');

/** A heading and rows in columns: numbers to the right, the last but one cut at the width. */
function part(title: string, rows: string[][], width: number, paint: (text: string) => string): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_SHOWN);
  const left = rows.length - shown.length;
  return [paint(title), ...table(shown, width), ...(left > 0 ? [`  and ${left} more; --format json has all`] : [])];
}

function table(rows: string[][], width: number): string[] {
  const plain = rows.map((row) => row.map(visibleLine));
  const count = plain[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, i) =>
    Math.min(40, Math.max(...plain.map((row) => row[i]?.length ?? 0))),
  );
  const text = count - 2;
  const others = widths.reduce((sum, one, i) => (i === text || one === 0 ? sum : sum + one + 2), 0);
  widths[text] = Math.max(10, Math.min(width - 2 - others, Math.max(...plain.map((row) => row[text]?.length ?? 0))));
  return plain.map((row) =>
    `  ${row
      .flatMap((cell, i) =>
        widths[i] === 0 ? [] : [i === 0 ? cell.padStart(widths[i] ?? 0) : fitted(cell, widths[i] ?? 0)],
      )
      .join('  ')}`.trimEnd(),
  );
}

const fitted = (text: string, width: number): string =>
  text.length <= width ? text.padEnd(width) : `${text.slice(0, width - 1)}…`;
