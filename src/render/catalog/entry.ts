import type { ShownEntry, SourcedText } from '../../catalogs/entry-report.ts';
import { statusPhrase } from '../../diagnosis/status.ts';
import { formatDuration } from '../../text/duration.ts';
import { GENERAL } from '../error/mark.ts';
import { INDENT, renderRow } from '../error/row.ts';
import { type ColorLevel, type Styles, styles } from '../style.ts';
import { visible, visibleLine, wrap } from '../text.ts';
import { counted, retryVerdict, saysTheSame } from '../words.ts';

/** How entries look. */
export interface EntryLook {
  width: number;
  color: ColorLevel;
  links: boolean;
}

/**
 * Entries as a person reads an explanation, without an error at hand:
 *
 *     429  The quota of the cost unit is used up                         Victims
 *       victims/quota-exhausted, quota
 *
 *       Code   QUOTA_EXHAUSTED
 *       Why    …
 */
export function renderShown(entries: ShownEntry[], look: EntryLook): string {
  const style = styles(look.color);
  const blocks = entries.map((entry) => `${renderEntry(entry, look, style).join('\n')}\n`);
  const end = entries.length > 1 ? [`${counted(entries.length, 'entry')}\n`] : [];
  return [...blocks, ...end].join('\n');
}

function renderEntry(entry: ShownEntry, look: EntryLook, style: Styles): string[] {
  const { id, category, retry } = entry;
  const lines = [...headline(entry, look.width, style), `  ${style.quiet(`${id}, ${category}`)}`, ''];
  const isYes = retry.advice === 'backoff' || retry.advice === 'wait';
  for (const [label, blocks] of rows(entry)) {
    lines.push(...renderRow(label, blocks, look, style, label === 'Retry' ? (isYes ? style.yes : style.no) : null));
  }
  const body = bodyLines(entry);
  return body.length === 0
    ? lines
    : [...lines, `  ${style.label(bodyLabel(entry))}`, ...body.map((line) => `    ${line}`)];
}

function headline({ match, title, apiName }: ShownEntry, width: number, style: Styles): string[] {
  const statuses = match.status ?? [];
  const [only] = statuses;
  const phrase = statuses.length === 1 && typeof only === 'number' ? statusPhrase(only) : '';
  const what = visibleLine(`${statuses.join(', ') || (match.failure?.[0] ?? '')} ${phrase}`.trim());
  // A title that only repeats the phrase is not to be said twice.
  const said = saysTheSame(phrase, title) ? '' : visibleLine(title);
  const who = visibleLine(apiName ?? '');
  const gap = width - what.length - said.length - who.length - (what === '' || said === '' ? 0 : 2);
  const first = [what === '' ? [] : [style.error(what)], said === '' ? [] : [style.strong(said)]].flat().join('  ');
  if (gap >= 2 || who === '') return [first + (who === '' ? '' : ' '.repeat(gap) + style.quiet(who))];
  return [
    `${style.error(what)}${' '.repeat(Math.max(2, width - what.length - who.length))}${style.quiet(who)}`,
    ...wrap(said, width - INDENT).map((line) => `  ${style.strong(line)}`),
  ];
}

/** Label and paragraphs of each row, in the order of an explanation. */
function rows(entry: ShownEntry): [string, string[]][] {
  const { match, cause, causes, resolution, retry, source, see, headers } = entry;
  // General knowledge claims nothing, so it needs no mark.
  const marked = ({ text, from }: SourcedText) =>
    entry.api !== null && from === 'general' ? `${text} ${GENERAL}` : text;
  const after = retry.afterMs === null ? '' : ` after ${formatDuration(retry.afterMs)} or more`;
  const steps = resolution.map(marked);
  const names = (list: readonly (string | number)[] | undefined) =>
    list === undefined || list.length === 0 ? [] : [list.join(', ')];
  const all: [string, string[]][] = [
    ['From', names(match.answerer)],
    ['Code', names(match.code ?? (match.failure !== undefined && match.failure.length > 1 ? match.failure : []))],
    ['Sub', names(match.subcode)],
    ['On', names(match.operation)],
    ['Says', match.message ?? []],
    ['Why', [marked(cause)]],
    ['Maybe', causes.filter(({ text }) => !saysTheSame(text, cause.text)).map((one) => `- ${marked(one)}`)],
    ['Do', steps.map((step, i) => (steps.length === 1 ? step : `${i + 1}. ${step}`))],
    ['Retry', [marked({ ...retry.reason, text: `${retryVerdict(retry)}${after}: ${retry.reason.text}.` })]],
    ['Header', Object.entries(headers).map(([name, value]) => `${name}: ${value}`)],
    ['Docs', [`${source.doc}, ${source.section}`, ...noticeOf(source), ...see.map((page) => `See also: ${page}`)]],
  ];
  return all.filter(([, blocks]) => blocks.length > 0);
}

function noticeOf({ address, licence, date }: ShownEntry['source']): string[] {
  const read = [licence ?? '', date === null ? '' : `read on ${date}`].filter((part) => part !== '').join(', ');
  return [address ?? '', read].filter((line) => line !== '');
}

const bodyLabel = ({ example }: ShownEntry): string =>
  example?.from === 'documented' ? 'Example' : `Sample ${GENERAL}`;

/** The example, as a server would send it. */
function bodyLines({ example }: ShownEntry): string[] {
  if (example === null) return [];
  const text = typeof example.body === 'string' ? example.body : JSON.stringify(example.body, null, 2);
  return visible(text).split('\n');
}
