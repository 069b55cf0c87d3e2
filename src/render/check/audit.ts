import type { Report, Result } from '../../model/report.ts';
import type { PrettyOptions } from '../error/pretty.ts';
import { type Styles, styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';
import { SIGNS } from './pretty.ts';

const INDENT = '    ';

/**
 * Renders an audit as text: documented against actual errors, then the entries that were not tried.
 */
export function renderAudit(report: Report, name: string, { width, color }: PrettyOptions): string {
  const style = styles(color);
  const sent = report.results.filter(({ attempts, check }) => attempts.length > 0 || check?.outcome === 'not-run');
  const rest = report.results.filter((result) => !sent.includes(result));
  const column = Math.max(0, ...sent.map((result) => (result.name ?? '').length));
  const rows = sent.flatMap((result) => row(result, column, width, style));
  const untried = byReason(rest).flatMap(([reason, entries]) => [
    ...wrap(visibleLine(reason), width - INDENT.length).map((line, i) => (i === 0 ? `  ${line}` : INDENT + line)),
    ...wrap(entries.join(', '), width - INDENT.length).map((line) => `${INDENT}${style.quiet(line)}`),
  ]);
  const drifted = (report.summary?.failed ?? 0) + (report.summary?.undocumented ?? 0);
  const sum = `${name}: ${report.summary?.passed ?? 0} as documented, ${drifted} drifted, ${report.summary?.error ?? 0} without a response, ${rest.length} not tried`;
  return `${[...rows, '', ...(untried.length > 0 ? ['Not tried because', ...untried, ''] : []), sum].join('\n')}\n`;
}

/** The entries that were not tried, grouped by reason. */
function byReason(results: Result[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { check, name } of results) {
    const reason = check?.reason ?? '';
    groups.set(reason, [...(groups.get(reason) ?? []), name ?? '']);
  }
  return [...groups];
}

function row(result: Result, column: number, width: number, style: Styles): string[] {
  const { check, diagnosis, response } = result;
  if (check === undefined) return [];
  const sign = check.outcome === 'passed' ? style.success(SIGNS.passed) : style.error(SIGNS[check.outcome]);
  const got =
    diagnosis === null
      ? (response?.status ?? 'no response')
      : `${diagnosis.status ?? diagnosis.code} ${diagnosis.id ?? ''}`;
  const word = check.outcome === 'undocumented' ? '  undocumented' : '';
  const head = `${sign} ${style.strong((result.name ?? '').padEnd(column))}  ${visibleLine(String(got))}${word}`;
  const said = check.outcome === 'undocumented' && diagnosis?.message != null ? [`said: ${diagnosis.message}`] : [];
  const details = [
    ...(check.reason === null ? [] : [check.reason]),
    ...check.unmet.map(({ what, expected, actual }) => `${what}: documented ${expected}, actual ${actual}`),
    ...said,
  ];
  return [
    head,
    ...details.flatMap((text) => wrap(visibleLine(text), width - INDENT.length).map((line) => INDENT + line)),
  ];
}
