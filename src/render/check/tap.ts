import type { Report, Result } from '../../model/report.ts';
import { visibleLine } from '../text.ts';
import { detailsOf } from './details.ts';

/**
 * Test Anything Protocol, version 14: a line for each check, followed by details if it did not
 * pass.
 */
export function renderTap(report: Report): string {
  const lines = report.results.map((result, i) => point(result, i + 1));
  return `TAP version 14\n1..${report.results.length}\n${lines.join('')}`;
}

function point(result: Result, n: number): string {
  const outcome = result.check?.outcome;
  const idle = outcome === 'skipped' || outcome === 'not-run';
  const ok = outcome === 'passed' || idle ? 'ok' : 'not ok';
  const directive = idle ? ` # SKIP ${inLine(result.check?.reason ?? '')}` : '';
  const head = `${ok} ${n} - ${inLine(result.name ?? '')}${directive}\n`;
  if (ok === 'ok' && !result.flaky) return head;
  // JSON is valid YAML, and no text in it can end the block early.
  const block = { outcome, flaky: result.flaky, details: detailsOf(result) };
  const yaml = Object.entries(block).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `${head}  ---\n${yaml.join('')}  ...\n`;
}

/** A description on one line; an unescaped hash would start a directive. */
function inLine(text: string): string {
  return visibleLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
