import type { Report, Result } from '../../model/report.ts';
import { wrap } from '../text.ts';
import { CONDITION, counted } from '../words.ts';

/** The text after all results; may be empty. */
export function renderEnd(report: Report, width: number): string {
  // Only errors from one input have names; several entries of one code need no summary.
  const many = report.results.length > 1 && report.results.every(({ name }) => name !== null);
  const candidates =
    report.results.length > 1 && report.results.every(({ name, response }) => name === null && response === null);
  const end = many ? summary(report.results) : candidates ? candidateList(report.results, width) : '';
  return `${end}${report.omitted === undefined ? '' : omission(report.omitted, width)}`;
}

function omission(count: number, width: number): string {
  const are = `${counted(count, 'more error')} ${count === 1 ? 'is' : 'are'}`;
  return wrap(`${are} not explained; triage counts the errors of a log.`, width)
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * The number of errors, and how often each occurred: `3 errors: victims/key-locked (2),
 * http/not-found`.
 */
function summary(results: Result[]): string {
  const counts = new Map<string, number>();
  for (const { diagnosis } of results) {
    const id = diagnosis?.id ?? 'unrecognized';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const list = sorted.map(([id, count]) => (count === 1 ? id : `${id} (${count})`));
  return `${counted(results.length, 'error')}: ${list.join(', ')}\n`;
}

/** A line for each candidate for the same words. */
function candidateList(results: Result[], width: number): string {
  const found = results.flatMap(({ diagnosis }) => diagnosis ?? []);
  const longest = Math.max(...found.map(({ id }) => (id ?? '').length));
  const lines = found.flatMap(({ id, apiName, title, notes }) => {
    const condition = notes.find((note) => note.startsWith(CONDITION))?.slice(CONDITION.length);
    const said = (condition ?? (apiName === null ? title : `${apiName}: ${title}`)).replace(/\.$/, '');
    return wrap(said, width - longest - 4).map(
      (line, i) => `  ${(i === 0 ? (id ?? '') : '').padEnd(longest)}  ${line}`,
    );
  });
  return `${counted(found.length, 'candidate')}; what tells them apart:\n${lines.join('\n')}\n`;
}
