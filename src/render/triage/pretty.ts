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
 *     1.  167  22.3 %  429 RATE_LIMIT_EXCEEDED  rate-limit  backoff
 *
 *     1.  167  22.3 %  ▂▅▇█▇▅▃▁  429 Too Many Requests: Requests come faster than …
 *         Do     Wait as long as Retry-After says; …
 */
export function renderTriage(report: TriageReport, { width, color }: Omit<PrettyOptions, 'verbose'>): string {
  const style = styles(color);
  const lines = [...wrap(headline(report), width).map((line) => style.strong(line)), ...remarks(report, width)];
  if (report.groups.length > 1) lines.push('', ...overview(report, width));
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

/** All groups in a line each: how many, which error, what it is about, and whether a retry can help. */
function overview({ groups, by }: TriageReport, width: number): string[] {
  const rows = groups.map((group, i) => ({
    left: [`${i + 1}.`, count(group.count), percent(group.share)],
    name: visibleLine(by === 'diagnosis' ? group.key.split(' ').slice(1).join(' ') || group.key : group.key),
    right: [group.category, group.retry.advice],
  }));
  const widest = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const columns = [0, 1, 2].map((at) => widest(rows.map(({ left }) => left[at] ?? '')));
  const ends = [0, 1].map((at) => widest(rows.map(({ right }) => right[at] ?? '')));
  const taken = [...columns, ...ends].reduce((sum, column) => sum + column + 2, 0);
  const room = Math.max(12, Math.min(widest(rows.map(({ name }) => name)), width - taken));
  return rows.map(({ left, name, right }) => {
    const [number = '', errors = '', share = ''] = left;
    const cells = [
      number.padEnd(columns[0] ?? 0),
      errors.padStart(columns[1] ?? 0),
      share.padStart(columns[2] ?? 0),
      (name.length > room ? `${name.slice(0, room - 1)}…` : name).padEnd(room),
      (right[0] ?? '').padEnd(ends[0] ?? 0),
      right[1] ?? '',
    ];
    return cells.join('  ');
  });
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
    ['Says', message !== undefined && message !== null && message !== group.title ? message : null],
    // Lines that cannot be told apart need examples.
    ...(group.category === 'unknown' ? others(samples, message) : []),
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

/** The messages of further samples. */
function others(samples: Group['samples'], first: string | null | undefined): [string, string][] {
  const more = [...new Set(samples.flatMap(({ message }) => (message === null || message === first ? [] : [message])))];
  return more.slice(0, MOST_LISTED - 1).map((message) => ['', message]);
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
