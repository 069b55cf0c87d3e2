import type { ShownEntry, SourcedText } from '../../catalogs/entry-report.ts';
import { statusPhrase } from '../../diagnosis/status.ts';
import type { Advice } from '../../model/words.ts';
import { formatDuration } from '../../text/duration.ts';
import { retryVerdict, saysTheSame } from '../words.ts';
import { pageFile } from './addresses.ts';
import { type Page, rootOf } from './page.ts';
import { block, classOf, link, namesOf, statusesOf, text } from './words.ts';

/** An entry, and its place among those of its catalog. */
export interface PlacedEntry {
  shown: ShownEntry;
  catalog: { id: string; name: string };
  /** Its problem type; null if the address of the site is unknown. */
  type: string | null;
  previous: ShownEntry | undefined;
  next: ShownEntry | undefined;
}

/** The page of an entry: what it means, what to do, whether to retry, and who says so. */
export function entryPage({ shown, catalog, type, previous, next }: PlacedEntry): Page {
  const file = pageFile(shown.id);
  const root = rootOf(file);
  const names = namesOf(shown.match);
  const main = [
    `<nav class="trail" aria-label="Breadcrumb"><a href="${root}${pageFile(catalog.id)}">${text(catalog.name)}</a></nav>`,
    '<article>',
    headOf(shown, names),
    ...sectionsOf(shown, type),
    '</article>',
    neighbours(previous, next, root),
  ];
  return {
    file,
    title: [statusesOf(shown.match), names[0] ?? shown.title].filter((part) => part !== '').join(' '),
    description: `${shown.title}. ${shown.cause.text}`,
    main: main.filter((part) => part !== '').join('\n'),
    previous: previous === undefined ? undefined : pageFile(previous.id),
    next: next === undefined ? undefined : pageFile(next.id),
  };
}

function headOf({ match, title, category }: ShownEntry, names: string[]): string {
  const [first] = match.status ?? [];
  const phrase = match.status?.length === 1 && typeof first === 'number' ? statusPhrase(first) : '';
  const status = statusesOf(match);
  return `<header class="head">
<p class="answer">${status === '' ? '' : `<b class="status s${classOf(first)}">${text(status)}</b> `}<span>${text(phrase)}</span></p>
<h1>${text(title)}</h1>
<p class="facts">${names.map((name) => `<code>${text(name)}</code> `).join('')}<span class="tag">${text(category)}</span></p>
</header>`;
}

function sectionsOf(shown: ShownEntry, type: string | null): string[] {
  const { api, match, cause, causes, resolution, retry, source, see, example, headers } = shown;
  const isApi = api !== null;
  const other = causes.filter(({ text: words }) => !saysTheSame(words, cause.text));
  const after = retry.afterMs === null ? '' : ` after ${formatDuration(retry.afterMs)} or more`;
  const reason = `${retry.reason.text.charAt(0).toUpperCase()}${retry.reason.text.slice(1)}.`;
  return [
    section('Cause', `<p>${marked(cause, isApi)}</p>`),
    other.length === 0 ? '' : section('Possible causes', list('ul', other, isApi)),
    section('What to do', list(resolution.length === 1 ? 'ul' : 'ol', resolution, isApi)),
    section(
      'Retry',
      `<p><strong class="verdict ${VERDICTS[retry.advice]}">${text(retryVerdict(retry) + after)}</strong></p>
<p>${marked({ ...retry.reason, text: reason }, isApi)}</p>`,
    ),
    match.message === undefined
      ? ''
      : section(
          'Message',
          `<ul class="plain">${match.message.map((one) => `<li><q>${text(one)}</q></li>`).join('')}</ul>`,
        ),
    example === null && Object.keys(headers).length === 0 ? '' : section('Example', exampleOf(shown)),
    section('Documentation', documentation(source, see)),
    type === null ? '' : section('Problem type', `<p><code class="address">${text(type)}</code></p>`),
    isApi ? `<p class="legend">${LEGEND}</p>` : '',
  ];
}

/** The colour of a verdict, beside its words. */
const VERDICTS: Record<Advice, string> = { never: 'no', backoff: 'yes', wait: 'yes', 'after-action': 'later' };

const LEGEND =
  '<span class="mark documented">documented</span> is what the documentation of this API says, <span class="mark general">general</span> what is true of such errors in any API.';

const section = (name: string, inner: string): string => `<section><h2>${name}</h2>\n<div>${inner}</div>\n</section>`;

/** A text, and who says it. General knowledge claims nothing, so it needs no mark. */
function marked({ text: words, from }: SourcedText, isApi: boolean): string {
  return isApi ? `${text(words)} <span class="mark ${from}">${from}</span>` : text(words);
}

/** Texts as a list; a mark that all share stands once, below it. */
function list(tag: 'ol' | 'ul', items: SourcedText[], isApi: boolean): string {
  const [first] = items;
  const isShared = items.length > 1 && items.every(({ from }) => from === first?.from);
  const rows = items.map((item) => `<li>${marked(item, isApi && !isShared)}</li>`);
  const mark = isApi && isShared ? `<p class="shared"><span class="mark ${first?.from}">${first?.from}</span></p>` : '';
  const plain = items.length === 1 ? ' class="plain"' : '';
  return `<${tag}${plain}>${rows.join('')}</${tag}>${mark}`;
}

/** The example as a server sends it: status line, documented headers, body. */
function exampleOf({ match, headers, example, api }: ShownEntry): string {
  const [status] = match.status ?? [];
  const head = [
    ...(typeof status === 'number' ? [`HTTP ${status} ${statusPhrase(status)}`.trim()] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ].map((line) => `<span class="quiet">${text(line)}</span>`);
  const body = example === null ? '' : bodyOf(example.body);
  const shown = [head.join('\n'), body].filter((part) => part !== '').join('\n\n');
  const mark =
    api === null || example === null
      ? ''
      : `<p class="shared"><span class="mark ${example.from}">${example.from}</span></p>`;
  return `<pre tabindex="0" aria-label="Example response"><code>${shown}</code></pre>${mark}`;
}

function bodyOf(body: unknown): string {
  if (typeof body === 'string') return block(body);
  return block(JSON.stringify(body, null, 2)).replaceAll(
    /^( *)(&quot;(?:(?!&quot;).)*&quot;)(?=: )/gm,
    '$1<span class="name">$2</span>',
  );
}

function documentation({ doc, section: part, address, licence, date }: ShownEntry['source'], see: string[]): string {
  const words = `${doc}, ${part}`;
  const notes = [licence ?? '', date === null ? '' : `read on ${date}`].filter((note) => note !== '');
  const seen = see.map((page) => `<li>See also: ${link(page, page)}</li>`);
  return `<ul class="plain"><li>${address === null ? text(words) : link(address, words)}${notes.length === 0 ? '' : ` <span class="quiet">(${text(notes.join(', '))})</span>`}</li>${seen.join('')}</ul>`;
}

function neighbours(previous: ShownEntry | undefined, next: ShownEntry | undefined, root: string): string {
  if (previous === undefined && next === undefined) return '';
  const one = (entry: ShownEntry | undefined, word: string, rel: string) =>
    entry === undefined
      ? ''
      : `<a class="${rel}" rel="${rel}" href="${root}${pageFile(entry.id)}"><span class="quiet">${word}</span> ${text(entry.title)}</a>`;
  return `<nav class="neighbours" aria-label="Neighbours">${one(previous, 'Previous', 'prev')}${one(next, 'Next', 'next')}</nav>`;
}
