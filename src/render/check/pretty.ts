import { statusPhrase } from '../../diagnosis/status.ts';
import type { Outcome } from '../../model/check.ts';
import { type Headers, TRUNCATED_NOTE } from '../../model/exchange.ts';
import { type CheckSummary, exitOf, type Report, type Result, reportOf } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { askedLine } from '../asked.ts';
import { type PrettyOptions, renderPretty } from '../error/pretty.ts';
import { type Styles, styles } from '../style.ts';
import { visible, visibleLine, wrap } from '../text.ts';
import { counted } from '../words.ts';

/** The sign of each outcome; the line or the summary has the word. */
export const SIGNS: Record<Outcome, string> = {
  passed: '✔',
  failed: '✖',
  undocumented: '?',
  error: '!',
  skipped: '-',
  'not-run': '-',
};

const INDENT = '    ';

/**
 * Renders checks as text: one line each; below those that did not pass, the unmet expectations and
 * the diagnosis; a summary at the end.
 *
 * @param quiet leaves out checks that passed
 */
export function renderChecks(report: Report, options: PrettyOptions, quiet: boolean): string {
  const style = styles(options.color);
  const shown = report.results.filter(({ check, flaky }) => !quiet || flaky || check?.outcome !== 'passed');
  const blocks = shown.map((result) => renderCheck(result, options, style));
  const sum = report.summary === undefined ? '' : `${renderSummary(report.summary, options.width, style)}\n`;
  return `${blocks.join('')}${blocks.length > 0 ? '\n' : ''}${sum}`;
}

function renderCheck(result: Result, options: PrettyOptions, style: Styles): string {
  const { check } = result;
  if (check === undefined) return '';
  const sign = colored(check.outcome, SIGNS[check.outcome], style);
  const word = ['passed', 'failed'].includes(check.outcome) ? '' : `  ${check.outcome}`;
  const flaky = result.flaky ? `  flaky: passed on attempt ${result.attempts.length}` : '';
  const time = result.attempts.length > 0 ? `  ${formatDuration(check.ms)}` : '';
  const lines = [`${sign} ${style.strong(visibleLine(result.name ?? ''))}${word}${flaky}${style.quiet(time)}`];
  const passed = check.outcome === 'passed';
  if (!passed && check.outcome !== 'skipped') lines.push(`${INDENT}${style.quiet(`${check.file}:${check.line}`)}`);
  if (check.reason !== null) lines.push(...indented(visibleLine(check.reason), options.width));
  if (options.verbose && check.stack !== undefined) {
    lines.push(...check.stack.split('\n').map((line) => `${INDENT}${visibleLine(line)}`));
  }
  for (const { what, expected, actual, around } of check.unmet) {
    lines.push(...indented(`${what}: expected ${visibleLine(expected)}, got ${visibleLine(actual)}`, options.width));
    if (around !== undefined)
      lines.push(...indented(visibleLine(around), options.width).map((line) => style.quiet(line)));
  }
  if (!passed) lines.push(...requestLines(result, options));
  if (passed && result.response?.truncated) lines.push(...indented(TRUNCATED_NOTE, options.width));
  const text = lines.map((line) => `${line}\n`).join('');
  if (passed || result.diagnosis === null) return text;
  return `${text}${diagnosisOf(result, options)}`;
}

/** The request, unless the diagnosis has it; with `verbose` the whole exchange. */
function requestLines(result: Result, { verbose, width }: PrettyOptions): string[] {
  const { request, response, diagnosis, attempts } = result;
  if (verbose) {
    const body = String(response?.body ?? '');
    const shown = body === '' ? [] : ['', ...body.trimEnd().split('\n').slice(0, MOST_LINES)];
    const hops = (result.redirects ?? []).map((hop) => `* ${hop.method} ${hop.url}: ${hop.status}`);
    const asked = request === null ? [] : [`> ${request.method} ${request.url}`, ...headerLines('>', request.headers)];
    const sent = request?.body ? ['', ...request.body.split('\n').slice(0, MOST_LINES), ''] : [];
    const got =
      response === null
        ? []
        : [
            `< ${`${response.status ?? ''} ${statusPhrase(response.status ?? 0)}`.trim()}`,
            ...headerLines('<', response.headers),
          ];
    return [...hops, ...asked, ...sent, ...got, ...shown].map((line) => `${INDENT}${visible(line)}`.trimEnd());
  }
  if (request === null || diagnosis !== null) return [];
  const time = attempts.at(-1)?.ms;
  const asked = askedLine(result);
  const status = response === null ? '' : `  ${response.status}`;
  return indented(visibleLine(`${asked}${status}${time === undefined ? '' : `  ${formatDuration(time)}`}`), width);
}

const headerLines = (sign: string, headers: Headers): string[] =>
  Object.entries(headers).map(([name, value]) => `${sign} ${name}: ${value}`);

/** The most lines of a body to show. */
const MOST_LINES = 40;

/** The diagnosis as rendered elsewhere, indented. */
function diagnosisOf(result: Result, options: PrettyOptions): string {
  const single = reportOf('check', exitOf('failed'), [{ ...result, name: null }]);
  const text = renderPretty(single, { ...options, width: options.width - INDENT.length });
  return text.replaceAll(/^(?=.)/gm, INDENT);
}

function indented(text: string, width: number): string[] {
  return wrap(text, width - INDENT.length).map((line) => `${INDENT}${line}`);
}

function renderSummary(summary: CheckSummary, width: number, style: Styles): string {
  const { passed, failed, undocumented, error, skipped, notRun, flaky } = summary;
  const all = passed + failed + undocumented + error + skipped + notRun;
  const head = `${counted(all, 'check')} in ${formatDuration(summary.ms)}:`;
  const parts: [count: number, word: string, look: (text: string) => string][] = [
    [passed, flaky > 0 ? `passed (${flaky} flaky)` : 'passed', style.success],
    [failed, 'failed', style.error],
    [undocumented, 'undocumented', style.error],
    [error, error === 1 ? 'error' : 'errors', style.error],
    [skipped, 'skipped', style.quiet],
    [notRun, 'not run', style.no],
  ];
  const present = parts.filter(([count]) => count > 0);
  let line = head;
  let text = head;
  present.forEach(([count, word, look], i) => {
    const part = `${count} ${word}`;
    const end = i < present.length - 1 ? ',' : '';
    const fits = line.length + part.length + 2 <= width;
    line = fits ? `${line} ${part}${end}` : `  ${part}${end}`;
    text += `${fits ? ' ' : '\n  '}${look(part)}${end}`;
  });
  return text;
}

function colored(outcome: Outcome, sign: string, style: Styles): string {
  if (outcome === 'passed') return style.success(sign);
  return outcome === 'skipped' || outcome === 'not-run' ? style.quiet(sign) : style.error(sign);
}
