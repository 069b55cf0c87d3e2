import type { Outcome } from '../../model/check.ts';
import type { Report, Result } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { askedLine } from '../asked.ts';
import { markedCause, markedSteps } from '../error/mark.ts';
import { evidenceOf, fieldLines } from '../error/pretty.ts';
import { code, escapeMarkdown } from '../markdown.ts';
import { counted, retrySentence } from '../words.ts';
import { attemptText, sumText } from './details.ts';

const WORDS: Record<Outcome, string> = {
  passed: '✅ passed',
  failed: '❌ failed',
  undocumented: '❓ undocumented',
  error: '⚠️ error',
  skipped: '➖ skipped',
  'not-run': '➖ not run',
};

/**
 * The report of checks in Markdown, as GitHub and GitLab render it: summary, table, then the checks
 * that did not pass.
 */
export function renderMarkdown(report: Report): string {
  const bad = report.results.filter(({ check }) => !['passed', 'skipped'].includes(check?.outcome ?? ''));
  return [
    `## ${report.ok ? '✅' : '❌'} errprobe: ${sum(report)}\n`,
    `| | Check | Result | Time |\n| --- | --- | --- | --- |\n${report.results.map(row).join('')}`,
    ...bad.map(section),
  ].join('\n');
}

function sum({ summary, results }: Report): string {
  return summary === undefined ? counted(results.length, 'check') : sumText(summary);
}

function row(result: Result, i: number): string {
  const { check, flaky, name } = result;
  if (check === undefined) return '';
  const [unmet] = check.unmet;
  const word = `${WORDS[check.outcome]}${flaky ? ' (flaky)' : ''}`;
  const why = unmet === undefined ? check.reason : `${unmet.what}: expected ${unmet.expected}, got ${unmet.actual}`;
  const reason = why === null || why === undefined ? '' : `: ${escapeMarkdown(why)}`;
  const time = result.attempts.length === 0 ? '' : formatDuration(check.ms);
  return `| ${i + 1} | ${escapeMarkdown(name ?? '')} | ${word}${reason} | ${time} |\n`;
}

function section(result: Result): string {
  const { check, diagnosis, name, request, attempts } = result;
  if (check === undefined) return '';
  const lines = [`### ${escapeMarkdown(name ?? '')}\n`, `${code(`${check.file}:${check.line}`)}\n`];
  if (check.reason !== null) lines.push(`${escapeMarkdown(check.reason)}\n`);
  for (const { what, expected, actual, around } of check.unmet) {
    const near = around === undefined ? '' : `; ${code(around)}`;
    lines.push(`- ${escapeMarkdown(what)}: expected ${code(expected)}, got ${code(actual)}${near}`);
  }
  if (check.unmet.length > 0) lines.push('');
  const asked = askedLine(result);
  if (asked !== null) lines.push(`${code(asked)}\n`);
  if (diagnosis !== null) {
    const head = [diagnosis.status, diagnosis.message ?? diagnosis.title].filter((part) => part !== null).join(' ');
    lines.push(`**${escapeMarkdown(head)}** ${diagnosis.id === null ? '' : code(diagnosis.id)}\n`);
    lines.push(`**Why:** ${escapeMarkdown([markedCause(diagnosis), ...evidenceOf(diagnosis)].join(' '))}\n`);
    for (const field of fieldLines(diagnosis)) lines.push(`**Field:** ${code(field)}\n`);
    lines.push('**Do:**\n', ...markedSteps(diagnosis).map((step, i) => `${i + 1}. ${escapeMarkdown(step)}`), '');
    lines.push(`**Retry:** ${escapeMarkdown(retrySentence(diagnosis, request))}\n`);
    if (diagnosis.requestId !== null) lines.push(`**Request id:** ${code(diagnosis.requestId)}\n`);
    for (const note of diagnosis.notes) lines.push(`**Note:** ${escapeMarkdown(note)}\n`);
  }
  if (attempts.length > 0)
    lines.push(...attempts.map((attempt) => `- ${escapeMarkdown(attemptText(attempt, attempts.length))}`), '');
  if (check.curl !== undefined) lines.push('```sh', check.curl.replaceAll('```', "'''"), '```', '');
  return lines.join('\n');
}
