import type { Group, TriageReport } from '../../triage/report.ts';
import type { PrettyOptions } from '../error/pretty.ts';
import { styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';
import { ACTORS, retryVerdict } from '../words.ts';
import { count, headline, lineCount, percent, span, spark, titleOf } from './words.ts';

const LABEL_WIDTH = 7;
const INDENT = '    ';

/**
 * The report for a person: what there was, then the groups, the largest first, then who has to act.
 *
 *     750 of 1,000 lines contain an error (75.0 %), from 09:00 to 10:16 UTC on 2026-01-01
 *
 *     1.  167  22.3 %  ▂▅▇█▇▅▃▁  429 Too Many Requests: Requests come faster than …
 *         Do     Wait as long as Retry-After says; …
 */
export function renderTriage(report: TriageReport, { width, color }: Omit<PrettyOptions, 'verbose'>): string {
  const style = styles(color);
  const lines = [...wrap(headline(report), width).map((line) => style.strong(line)), ...remarks(report, width)];
  for (const [i, group] of report.groups.entries()) {
    const numbers = `${`${i + 1}.`.padEnd(INDENT.length)}${count(group.count)}  ${percent(group.share)}`;
    const head = `${numbers}  ${spark(group.histogram)}${group.histogram.length > 0 ? '  ' : ''}`;
    const title = wrap(titleOf(group, report.by), width - INDENT.length);
    const fits = head.length + (title[0]?.length ?? 0) <= width && title.length === 1;
    lines.push('', fits ? `${head}${style.error(title[0] ?? '')}` : head.trimEnd());
    if (!fits) lines.push(...title.map((line) => `${INDENT}${style.error(line)}`));
    for (const [label, text] of rowsOf(group, report)) {
      const wrapped = wrap(visibleLine(text), width - INDENT.length - LABEL_WIDTH);
      const rows = wrapped.map((line, row) => `${(row === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`);
      lines.push(...rows.map((row) => `${INDENT}${style.label(row.slice(0, LABEL_WIDTH))}${row.slice(LABEL_WIDTH)}`));
    }
  }
  const more = report.groupsInAll - report.groups.length;
  if (more > 0) lines.push('', `${count(more)} more ${more === 1 ? 'group' : 'groups'}: --top ${report.groupsInAll}`);
  if (report.errors > 0) lines.push('', ...totals(report, width, style.label));
  return `${lines.join('\n')}\n`;
}

/** A compact view of the groups while lines are still coming in. */
export function renderTriageLive(report: TriageReport, width: number): string {
  const rows = report.groups.map((group) => {
    const head = `${count(group.count).padStart(10)}  ${percent(group.share).padStart(7)}  ${spark(group.histogram)}  `;
    return `${head}${visibleLine(group.key).slice(0, width - head.length - 2)}`;
  });
  return [`${lineCount(report.lines.lines)}, ${count(report.errors)} errors`, ...rows].join('\n');
}

/** Caveats about the numbers. */
function remarks({ lines, unreadable, problems, givenUp }: TriageReport, width: number): string[] {
  const found = [
    ...(lines.outside > 0
      ? [`${lineCount(lines.outside)} outside the requested time range, or without a timestamp.`]
      : []),
    ...unreadable.map(
      ({ reason, count: number, samples }) =>
        `${lineCount(number)} could not be read (${reason}), for example ${JSON.stringify(visibleLine(samples[0] ?? '').slice(0, 60))}`,
    ),
    ...(unreadable.some(({ samples }) => samples.some((sample) => /^[{[]$/.test(sample)))
      ? ['A record must be on one line; for a whole document, use errprobe explain.']
      : []),
    ...(lines.notUtf8 > 0 ? [`${lineCount(lines.notUtf8)} with bytes that are not UTF-8; they were read anyway.`] : []),
    ...problems.map(({ problem }) => `${problem}.`),
    ...givenUp.map((what) => `Too many different combinations to count separately: ${what}.`),
  ];
  return found.flatMap((text) => wrap(`! ${visibleLine(text)}`, width));
}

function rowsOf(group: Group, { by }: TriageReport): [label: string, text: string][] {
  const { endpoints, samples, diagnoses, retry, fix, first, last } = group;
  const ids = samples.flatMap(({ requestId }) => requestId ?? []);
  const message = samples.find((sample) => sample.message !== null)?.message;
  const rows: [string, string | null][] = [
    ['Group', by === 'diagnosis' ? group.key : null],
    ['Of', by === 'diagnosis' ? null : listed(diagnoses.map(({ id, count: own }) => `${id} (${count(own)})`))],
    ['Says', message !== undefined && message !== group.title ? message : null],
    ['Do', fix],
    ['Retry', `${retryVerdict({ advice: retry.advice })}: ${retry.reason}`],
    ['Who', ACTORS[group.actor]],
    ['Time', first === null || last === null ? null : span(first, last)],
    [
      'Where',
      by === 'endpoint' || endpoints.distinct === 0
        ? null
        : listed(
            endpoints.most.map(({ endpoint, count: own }) => `${endpoint} (${count(own)})`),
            endpoints.distinct,
          ),
    ],
    ['Ids', ids.length === 0 ? null : ids.join(', ')],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

function totals(
  { totals: { actor, category, advice }, errors }: TriageReport,
  width: number,
  label: (text: string) => string,
): string[] {
  const shares = (numbers: object) =>
    Object.entries(numbers as Record<string, number>)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => `${name} ${percent(number / errors)}`)
      .join(', ');
  const helps = advice.backoff + advice.wait;
  const rows = [
    ['Act', shares(actor)],
    ['About', shares(category)],
    ['Retry', `can help with ${count(helps)} of ${count(errors)} errors (${percent(helps / errors)})`],
  ] as const;
  return rows.flatMap(([name, text]) =>
    wrap(text, width - LABEL_WIDTH).map((line, i) => `${label((i === 0 ? name : '').padEnd(LABEL_WIDTH))}${line}`),
  );
}

const MOST_LISTED = 3;

function listed(items: string[], of = items.length): string {
  const more = of - Math.min(items.length, MOST_LISTED);
  return `${items.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}
