import { statusPhrase } from '../../diagnosis/status.ts';
import type { Group, TriageReport } from '../../triage/report.ts';
import { visibleLine } from '../text.ts';

/** The number of errors, in one sentence. */
export function headline({ lines, first, last, errors }: TriageReport): string {
  if (lines.lines === 0) return 'No lines to read.';
  const share = percent(lines.failed / lines.lines);
  const of = `${count(lines.failed)} of ${count(lines.lines)} lines contain an error (${share})`;
  const several = errors > lines.failed ? `, ${count(errors)} errors in all` : '';
  if (first === null || last === null) return `${of}${several}`;
  return `${of}${several}, ${span(first, last)}`;
}

/** The title of a group. */
export function titleOf({ status, title, key, category }: Group, by: TriageReport['by']): string {
  if (by !== 'diagnosis') return visibleLine(key);
  const phrase = status === null ? '' : `${status} ${statusPhrase(status)}`.trim();
  return visibleLine(phrase === '' ? `${title === '' ? category : title}` : `${phrase}: ${title}`);
}

const BARS = '▁▂▃▄▅▆▇█';

const SPARK_WIDTH = 16;

/** Numbers over time as a sparkline; the highest bar is the largest number. */
export function spark(histogram: number[]): string {
  const per = Math.ceil(histogram.length / SPARK_WIDTH);
  const bars: number[] = [];
  for (let i = 0; i < histogram.length; i += per) {
    bars.push(histogram.slice(i, i + per).reduce((sum, number) => sum + number, 0));
  }
  const highest = Math.max(...bars);
  return bars.map((bar) => (bar === 0 ? ' ' : BARS[Math.ceil((bar / highest) * BARS.length) - 1])).join('');
}

/** A time span; the date is given once if it is the same. */
export function span(first: string, last: string): string {
  const [from, to] = [time(first), time(last)];
  if (from === to) return `${from} UTC`;
  return `${from} to ${to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to} UTC`;
}

function time(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** Formats 0.75 as `75.0 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Formats `1 line`, `1,000 lines`. */
export function lineCount(number: number): string {
  return `${count(number)} ${number === 1 ? 'line' : 'lines'}`;
}

/** Formats `1,000,000`. */
export function count(number: number): string {
  // Loading Intl takes longer than everything else here.
  return String(number).replaceAll(/\B(?=(?:\d{3}){1,7}$)/g, ',');
}
