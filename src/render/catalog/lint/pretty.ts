import type { LintedFile, LintFinding, LintReport } from '../../../catalogs/lint/report.ts';
import { type ColorLevel, type Styles, styles } from '../../style.ts';
import { visibleLine, wrap } from '../../text.ts';
import { counted, listOf } from '../../words.ts';

/**
 * Findings for a person, by file:
 *
 *     catalogs/shop.yaml
 *       12:5  error    sold-out: the ID was out-of-stock in HEAD; IDs are permanent,
 *                      so keep it (permanent-id)
 *
 *     1 error in 1 catalog with 12 entries.
 */
export function renderLint(report: LintReport, { width, color }: { width: number; color: ColorLevel }): string {
  const style = styles(color);
  const blocks = report.files
    .filter(({ findings, fixed }) => findings.length > 0 || fixed)
    .map((file) => `${fileLines(file, width, style).join('\n')}\n`);
  return [...blocks, `${summary(report)}\n`].join('\n');
}

function fileLines({ path, findings, fixed }: LintedFile, width: number, style: Styles): string[] {
  const places = findings.map(({ line, column }) => `${line}:${column}`);
  const longest = Math.max(0, ...places.map((place) => place.length));
  const lines = findings.flatMap((finding, i) => {
    const { severity } = finding;
    const indent = longest + SEVERITY + 4;
    const text = wrap(visibleLine(`${sentence(finding)} (${finding.rule})`), width - indent);
    const level = (severity === 'error' ? style.error : style.no)(severity.padEnd(SEVERITY));
    return text.map((line, n) =>
      n === 0
        ? `  ${style.quiet((places[i] ?? '').padStart(longest))}  ${level}${line}`
        : `${' '.repeat(indent)}${line}`,
    );
  });
  return [style.strong(visibleLine(path)), ...(fixed ? ['  upgraded to version 2'] : []), ...lines];
}

/** The columns for the severity. */
const SEVERITY = 9;

function sentence({ entry, message }: LintFinding): string {
  return entry === null ? message : `${entry}: ${message}`;
}

function summary({ errors, warnings, files }: LintReport): string {
  const entries = files.reduce((sum, file) => sum + file.entries, 0);
  const found = [
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ];
  const against = [...new Set(files.flatMap(({ comparedWith }) => comparedWith ?? []))];
  const compared = against.length === 0 ? '' : `; IDs compared with ${listOf(against)}`;
  const where = `in ${counted(files.length, 'catalog')} with ${counted(entries, 'entry')}`;
  return `${found.length === 0 ? 'No problem' : listOf(found)} ${where}${compared}.`;
}
