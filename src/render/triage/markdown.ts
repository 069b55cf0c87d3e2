import type { TriageReport } from '../../triage/report.ts';
import { escapeMarkdown } from '../markdown.ts';
import { ACTORS, retryVerdict } from '../words.ts';
import { count, headline, percent, spark, titleOf } from './words.ts';

/** A Markdown table, as GitHub and GitLab render it. */
export function renderTriageMarkdown(report: TriageReport): string {
  const rows = report.groups.map((group) => {
    const cells = [
      count(group.count),
      percent(group.share),
      spark(group.histogram),
      escapeMarkdown(titleOf(group, report.by)),
      escapeMarkdown(group.key),
      retryVerdict({ advice: group.retry.advice }),
      escapeMarkdown(ACTORS[group.actor]),
      escapeMarkdown(group.fix ?? ''),
    ];
    return `| ${cells.join(' | ')} |\n`;
  });
  const head = '| Errors | Share | Over time | What | Group | Retry | Who | Do |\n';
  return `## ${escapeMarkdown(headline(report))}\n\n${head}| ---: | ---: | --- | --- | --- | --- | --- | --- |\n${rows.join('')}`;
}
