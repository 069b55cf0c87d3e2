import { OUTCOMES, type Outcome, type Unmet } from '../../model/check.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Report, Result } from '../../model/report.ts';
import { formatDuration, localTime } from '../../text/duration.ts';
import { askedRequest, hopWords } from '../asked.ts';
import { markedCause, markedSteps } from '../error/mark.ts';
import { evidenceOf, fieldLines } from '../error/pretty.ts';
import { visible } from '../text.ts';
import { counted, retrySentence } from '../words.ts';
import { escapeXml } from '../xml.ts';
import { attemptText, sumText } from './details.ts';
import { text, waterfall } from './html-chart.ts';
import { SIGNS } from './pretty.ts';

/**
 * The report of checks as one self-contained page: the summary, the attempts of all checks over
 * time, and the checks that did not pass, with cause and fix. The filter is pure CSS: no script
 * runs.
 *
 * @param subtitle what was run, below the title
 */
export function renderHtml(report: Report, subtitle: string): string {
  const present = OUTCOMES.filter((outcome) => report.results.some(({ check }) => check?.outcome === outcome));
  const anchor = (result: Result) => `check-${report.results.indexOf(result) + 1}`;
  const title = `${report.ok ? 'Passed' : 'Failed'}: ${sum(report)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${STYLE}${present.map(filterRule).join('')}</style>
</head>
<body>
<h1 class="${report.ok ? 'passed' : 'failed'}">${report.ok ? '✔' : '✖'} ${text(sum(report))}</h1>
<p class="quiet">${text(subtitle)}${begun(report.results)}</p>
<form>
<fieldset><legend>Show</legend>
${present.map(filter).join('\n')}
</fieldset>
${waterfall(report.results, anchor)}
${worstFirst(report.results)
  .map((result) => section(result, anchor(result)))
  .join('\n')}
</form>
</body>
</html>
`;
}

const WORDS: Record<Outcome, string> = {
  passed: 'passed',
  failed: 'failed',
  undocumented: 'undocumented',
  error: 'error',
  skipped: 'skipped',
  'not-run': 'not run',
};

/** Sorts checks that did not pass first. */
function worstFirst(results: Result[]): Result[] {
  const isBad = ({ check }: Result) => !['passed', 'skipped'].includes(check?.outcome ?? '');
  return [...results.filter(isBad), ...results.filter((result) => !isBad(result))];
}

function sum({ summary, results }: Report): string {
  return summary === undefined ? counted(results.length, 'check') : sumText(summary);
}

function begun(results: Result[]): string {
  const first = results
    .flatMap(({ attempts }) => attempts.map(({ at }) => at))
    .sort()
    .at(0);
  const local = first === undefined ? null : localTime(Date.parse(first));
  return first === undefined
    ? ''
    : `, started <time datetime="${text(first)}">${text(local?.replace('T', ' ') ?? first)}</time>`;
}

function filter(outcome: Outcome): string {
  return `<label><input type="checkbox" id="show-${outcome}" checked> ${WORDS[outcome]}</label>`;
}

/** Hides unticked outcomes by CSS, so that it works even where scripts are forbidden. */
function filterRule(outcome: Outcome): string {
  return `body:has(#show-${outcome}:not(:checked)) .is-${outcome}{display:none}`;
}

const linked = (url: string): string =>
  /^https?:\/\//.test(url) ? `<a href="${text(url)}" rel="noreferrer">${text(url)}</a>` : text(url);

function section(result: Result, id: string): string {
  const asked = askedRequest(result);
  const { check, diagnosis, flaky, name, request, attempts } = result;
  if (check === undefined) return '';
  const { outcome } = check;
  const word = outcome === 'passed' && !flaky ? '' : ` <b>${flaky ? 'flaky' : WORDS[outcome]}</b>`;
  const time = attempts.length === 0 ? '' : ` <span class="quiet">${text(formatDuration(check.ms))}</span>`;
  const head = `<span class="${outcome}">${SIGNS[outcome]}</span> ${text(name ?? '')}${word}${time}`;
  const parts = [
    check.reason === null ? '' : `<p>${text(check.reason)}</p>`,
    check.unmet.length === 0 ? '' : unmetTable(check.unmet),
    asked === null
      ? ''
      : `<p><code>${[`${text(asked.method)} ${linked(asked.url)}`, ...hopWords(result).map(text)].join('<br>')}</code></p>`,
    diagnosis === null || outcome === 'passed' ? '' : diagnosisOf(diagnosis, request),
    attempts.length === 0
      ? ''
      : `<ul>${attempts.map((a) => `<li>${text(attemptText(a, attempts.length))}</li>`).join('')}</ul>`,
    outcome === 'passed' ? '' : exchangeOf(result),
    check.curl === undefined ? '' : `<details><summary>curl</summary><pre>${block(check.curl)}</pre></details>`,
    `<p class="quiet">${text(`${check.file}:${check.line}`)} <a href="#${id}">#${id}</a></p>`,
  ];
  const open = outcome === 'failed' || outcome === 'undocumented' || outcome === 'error' ? ' open' : '';
  return `<details id="${id}" class="check is-${outcome}"${open}><summary>${head}</summary>${parts.join('')}</details>`;
}

/** Headers and body of the response, and the headers of the request. */
function exchangeOf({ request, response }: Result): string {
  const headers = (of: Record<string, string>) =>
    Object.entries(of)
      .map(([name, value]) => text(`${name}: ${value}`))
      .join('\n');
  const parts = [
    request === null ? '' : `<p>Request headers</p><pre>${headers(request.headers)}</pre>`,
    response === null ? '' : `<p>Response headers</p><pre>${headers(response.headers)}</pre>`,
    response?.body == null || String(response.body) === ''
      ? ''
      : `<p>Body</p><pre>${block(String(response.body))}</pre>`,
  ];
  return parts.join('') === '' ? '' : `<details><summary>Exchange</summary>${parts.join('')}</details>`;
}

/** Text of several lines, escaped for HTML. */
const block = (written: string): string => escapeXml(visible(written));

function unmetTable(unmet: Unmet[]): string {
  const rows = unmet.map(({ what, expected, actual, around }) => {
    const near = around === undefined ? '' : `<br><span class="quiet">${text(around)}</span>`;
    return `<tr><th>${text(what)}</th><td>${text(expected)}</td><td>${text(actual)}${near}</td></tr>`;
  });
  return `<table><thead><tr><th></th><th>expected</th><th>got</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function diagnosisOf(diagnosis: Diagnosis, request: Result['request']): string {
  const { status, message, title, id, requestId, notes } = diagnosis;
  const fields = fieldLines(diagnosis);
  const head = [status, message ?? title].filter((part) => part !== null).join(' ');
  return [
    `<p><strong>${text(head)}</strong> <code>${text(id ?? '')}</code></p>`,
    `<dl><dt>Why</dt><dd>${text([markedCause(diagnosis), ...evidenceOf(diagnosis)].join(' '))}</dd>`,
    fields.length === 0 ? '' : `<dt>Field</dt><dd>${fields.map(text).join('<br>')}</dd>`,
    `<dt>Do</dt><dd><ol>${markedSteps(diagnosis)
      .map((step) => `<li>${text(step)}</li>`)
      .join('')}</ol></dd>`,
    `<dt>Retry</dt><dd>${text(retrySentence(diagnosis, request))}</dd>`,
    requestId === null ? '' : `<dt>Id</dt><dd><code>${text(requestId)}</code></dd>`,
    notes.length === 0 ? '' : `<dt>Note</dt><dd>${notes.map(text).join('<br>')}</dd>`,
    '</dl>',
  ].join('');
}

const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1b1f;--quiet:#62626b;--line:#d9d9e0;--ok:#1a7f37;--bad:#c21f2e;--odd:#8a5a00;--wait:#b9b9c4}
@media (prefers-color-scheme:dark){:root{--bg:#16161a;--fg:#ececf1;--quiet:#a0a0ab;--line:#34343c;--ok:#4cc46a;--bad:#ff6b74;--odd:#f0b44c;--wait:#55555f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.25rem}
.quiet{color:var(--quiet)}
.passed{color:var(--ok)}.failed,.error{color:var(--bad)}.undocumented{color:var(--odd)}
fieldset{border:1px solid var(--line);border-radius:.5rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
details{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.5rem .75rem}
summary{cursor:pointer}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
dl{display:grid;grid-template-columns:4rem 1fr;gap:.25rem .5rem}
dt{color:var(--quiet)}dd{margin:0}ol{margin:0;padding-left:1.25rem}
code{font-family:ui-monospace,monospace;font-size:.9em}
pre{overflow:auto;max-height:20rem;white-space:pre-wrap;font-size:.85em;margin:.25rem 0;padding:.5rem;border:1px solid var(--line);border-radius:.25rem}
a{color:inherit}
.chart{display:grid;grid-template-columns:minmax(6rem,14rem) 1fr;gap:.25rem .75rem;align-items:center}
.chart a{font-size:.85em;text-decoration:none;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.axis{display:flex;justify-content:space-between;color:var(--quiet);font-size:.8em}
.legend{color:var(--quiet);font-size:.85em;margin:.25rem 0}
.legend i{display:inline-block;width:.75em;height:.75em;background:var(--bad)}.legend i.passed{background:var(--ok)}.legend i.undocumented{background:var(--odd)}.legend i.wait{background:var(--wait)}
svg{width:100%;height:.75rem;display:block}
@media (max-width:32rem){body{padding:.5rem}.chart{grid-template-columns:1fr}.chart span:empty{display:none}dl,table,thead,tbody,tr,th,td{display:block}thead{display:none}td:nth-child(2)::before{content:"expected: ";color:var(--quiet)}td:nth-child(3)::before{content:"got: ";color:var(--quiet)}dt{margin-top:.5rem}}
.bar{fill:var(--bad)}.bar.passed{fill:var(--ok)}.bar.undocumented{fill:var(--odd)}.bar.wait{fill:var(--wait)}
`;
