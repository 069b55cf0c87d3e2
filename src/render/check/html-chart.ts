import type { Attempt, Result } from '../../model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { visibleLine } from '../text.ts';
import { escapeXml } from '../xml.ts';
import { attemptText } from './details.ts';

/** The width of the chart and the height of a bar, in SVG units. */
const WIDTH = 1000;
const BAR = 12;

/**
 * A waterfall chart of when each attempt started and how long it took, with the waits between them.
 * Each row has the name of its check, which leads to it.
 */
export function waterfall(results: Result[], anchor: (result: Result) => string): string {
  const sent = results.filter(({ attempts }) => attempts.length > 0);
  if (sent.length === 0) return '';
  const start = Math.min(...sent.flatMap(({ attempts }) => attempts.map(({ at }) => Date.parse(at))));
  const end = Math.max(...sent.flatMap(({ attempts }) => attempts.map(({ at, ms }) => Date.parse(at) + ms)), start + 1);
  const scale = (ms: number) => Math.round(((ms - start) / (end - start)) * WIDTH * 100) / 100;
  const all = formatDuration(end - start);
  return `<details open><summary>Attempts over ${text(all)}</summary>
<p class="legend"><i class="passed"></i> passed <i class="failed"></i> failed <i class="undocumented"></i> undocumented <i class="wait"></i> waiting</p>
<div class="chart">
${sent.map((result) => row(result, scale, anchor(result))).join('\n')}
<span></span><span class="axis"><span>0</span><span>${text(formatDuration((end - start) / 2))}</span><span>${text(all)}</span></span>
</div></details>`;
}

function row(result: Result, scale: (ms: number) => number, id: string): string {
  const { name, check } = result;
  const label = `<a class="is-${check?.outcome}" href="#${id}">${text(name ?? '')}</a>`;
  return `${label}<svg class="is-${check?.outcome}" viewBox="0 0 ${WIDTH} ${BAR}" preserveAspectRatio="none" role="img" aria-label="${text(`Attempts of ${name}`)}">${bars(result, scale)}</svg>`;
}

function bars({ attempts, name, check }: Result, scale: (ms: number) => number): string {
  const shapes = attempts.flatMap((attempt) => {
    const ended = Date.parse(attempt.at) + attempt.ms;
    const waited = attempt.waitMs === null ? [] : [bar('wait', scale(ended), scale(ended + attempt.waitMs), '')];
    const kind = attempt.n === attempts.length ? (check?.outcome ?? '') : 'failed';
    return [bar(kind, scale(Date.parse(attempt.at)), scale(ended), tip(name, attempt, attempts.length)), ...waited];
  });
  return shapes.join('');
}

function bar(kind: string, from: number, to: number, title: string): string {
  const width = Math.max(4, Math.round((to - from) * 100) / 100);
  return `<rect class="bar ${kind}" x="${from}" y="0" width="${width}" height="${BAR}"><title>${title}</title></rect>`;
}

function tip(name: string | null, attempt: Attempt, of: number): string {
  return text(`${name}: ${attemptText(attempt, of)}`);
}

/** Text for the page: escaped for HTML, without characters that reverse its direction. */
export function text(written: string): string {
  return escapeXml(visibleLine(written));
}
