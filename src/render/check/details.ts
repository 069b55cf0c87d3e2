import type { Attempt, CheckSummary, Result } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { askedLine } from '../asked.ts';
import { marked, markedCause, markedSteps } from '../error/mark.ts';
import { addsTo, evidenceOf, fieldLines } from '../error/pretty.ts';
import { retrySentence } from '../words.ts';

/** Why a check did not pass, in one line, for formats without room for more. */
export function headlineOf({ check, diagnosis }: Result): string {
  const unmet = check?.unmet[0];
  if (check?.reason != null) return check.reason;
  const what = unmet === undefined ? '' : `${unmet.what}: expected ${unmet.expected}, got ${unmet.actual}`;
  const why = diagnosis === null ? '' : diagnosis.title;
  if (check?.outcome === 'undocumented') return `undocumented: ${diagnosis?.notes[0] ?? what}`;
  return [what, why].filter((part) => part !== '').join(' - ');
}

/** Why a check did not pass, line by line, for CI logs. */
export function detailsOf(result: Result): string[] {
  const { check, diagnosis, request, attempts } = result;
  const lines: string[] = [];
  if (check?.reason != null) lines.push(check.reason);
  for (const { what, expected, actual, around } of check?.unmet ?? []) {
    lines.push(`${what}: expected ${expected}, got ${actual}`);
    if (around !== undefined) lines.push(around);
  }
  const asked = askedLine(result);
  if (asked !== null) lines.push(`Request: ${asked}`);
  if (diagnosis !== null) {
    const { status, message, id, causes, requestId, notes } = diagnosis;
    lines.push(`Error: ${[status, id, message].filter((part) => part !== null).join(' ')}`);
    lines.push(`Why: ${markedCause(diagnosis)}`);
    lines.push(...evidenceOf(diagnosis).map((text) => `Since: ${text}`));
    const perhaps = causes.filter((one) => one.verdict === 'possible' && addsTo(diagnosis, one));
    lines.push(...perhaps.map(({ text, from }) => `Maybe: ${marked(text, from, diagnosis)}`));
    lines.push(...fieldLines(diagnosis).map((field) => `Field: ${field}`));
    lines.push(...markedSteps(diagnosis).map((step, i) => `Do ${i + 1}: ${step}`));
    lines.push(`Retry: ${retrySentence(diagnosis, request)}`);
    if (requestId !== null) lines.push(`Request id: ${requestId}`);
    lines.push(...notes.map((note) => `Note: ${note}`));
  }
  for (const attempt of attempts) lines.push(attemptText(attempt, attempts.length));
  if (check?.curl !== undefined) lines.push(...check.curl.split('\n'));
  if (check !== undefined) lines.push(`Check: ${check.file}:${check.line}`);
  return lines;
}

/** `Attempt 1 of 2 at 2026-01-01T12:00:00.000Z: 429 in 12 ms, then 1 s wait (Retry-After)`. */
export function attemptText({ n, at, status, code, ms, waitMs, waitFrom }: Attempt, of: number): string {
  const wait = waitMs === null ? '' : `, then ${formatDuration(waitMs)} wait (${waitFrom})`;
  return `Attempt ${n} of ${of} at ${at}: ${status ?? code ?? 'no answer'} in ${formatDuration(ms)}${wait}`;
}

/** `3 passed, 1 failed, 1 flaky in 2 s`; counts of zero are left out. */
export function sumText({ passed, failed, undocumented, error, skipped, notRun, flaky, ms }: CheckSummary): string {
  const counts: [number, string][] = [
    [passed, 'passed'],
    [failed, 'failed'],
    [undocumented, 'undocumented'],
    [error, error === 1 ? 'error' : 'errors'],
    [skipped, 'skipped'],
    [notRun, 'not run'],
    [flaky, 'flaky'],
  ];
  const parts = counts.flatMap(([count, word]) => (count > 0 ? `${count} ${word}` : []));
  return `${parts.join(', ')} in ${formatDuration(ms)}`;
}
