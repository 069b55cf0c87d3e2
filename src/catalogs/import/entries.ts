import { statusPhrase } from '../../diagnosis/status.ts';
import { topicOf } from '../../diagnosis/verdict/words.ts';
import type { Catalog, StatusPattern, WrittenEntry } from '../../model/catalog.ts';
import type { Category } from '../../model/words.ts';
import { isFilled } from '../../text/template.ts';
import type { Draft } from './gather.ts';

/** An entry as it is written to a catalog: only what a document says. */
export type ImportedEntry = Pick<WrittenEntry, 'id' | 'match' | 'category' | 'title' | 'source'> &
  Partial<Pick<WrittenEntry, 'cause' | 'resolution' | 'retry' | 'example'>> & { causes?: string[] };

/** Entries of drafts, in their order; ids are made of codes or titles and are unique. */
export function entriesOf(drafts: Draft[], http: Catalog): ImportedEntry[] {
  const ids = new Set<string>();
  return drafts.map((draft) => {
    const entry = entryOf(draft, drafts, http);
    const id = uniqueId(draft.operations.length === 0 ? idOf(draft) : `${idOf(draft)}-${operationSlug(draft)}`, ids);
    ids.add(id);
    return { id, ...entry };
  });
}

function entryOf(draft: Draft, drafts: Draft[], http: Catalog): Omit<ImportedEntry, 'id'> {
  const { statuses, codes, subcodes, messages, operations, cause, causes, resolution, retry, examples } = draft;
  const { section, anchor, doc } = draft;
  const isTold = messages.length > 0 && drafts.some((other) => other !== draft && isAlike(other, draft));
  const [example] = examples;
  const said = [...cause];
  const own = causes.filter((text) => !said.some((known) => known.includes(text)));
  // The only cause is the cause.
  const sole = said.length === 0 && own.length === 1 ? own.splice(0, 1) : [];
  const why = [...said, ...sole].map(asSentence).join(' ');
  return {
    match: {
      ...(statuses.length > 0 ? { status: statuses } : {}),
      ...(codes.length > 0 ? { code: codes } : {}),
      ...(subcodes.length > 0 ? { subcode: subcodes } : {}),
      ...(operations.length > 0 ? { operation: operations } : {}),
      ...(isTold ? { message: messages.map(asTemplate) } : {}),
    },
    category: categoryOf(draft, http),
    title: titleOf(draft),
    ...(why === '' ? {} : { cause: filled(why) }),
    ...(own.length > 0 ? { causes: own.map((text) => filled(asSentence(text))) } : {}),
    ...(resolution.length > 0 ? { resolution: resolution.map((text) => filled(asSentence(text))) } : {}),
    ...(retry === null ? {} : { retry: { advice: retry.advice, reason: filled(asClause(retry.reason)) } }),
    source: { doc, section: section === '' ? 'Errors' : section, ...(anchor === null ? {} : { address: anchor }) },
    ...(example === undefined ? {} : { example: example.body }),
  };
}

/** Whether two drafts differ only by their wording. */
function isAlike(one: Draft, other: Draft): boolean {
  if (one.codes.join() !== other.codes.join() || one.subcodes.join() !== other.subcodes.join()) return false;
  if (one.operations.join() !== other.operations.join()) return false;
  return (
    one.statuses.length === 0 ||
    other.statuses.length === 0 ||
    one.statuses.some((status) => other.statuses.includes(status))
  );
}

/** A template of a message: placeholders of any notation become `{name}`. */
export function asTemplate(message: string): string {
  let n = 0;
  return message
    .replaceAll(
      /\{\{?\s*(?:([\w.]+)\s*)?\}?\}|%\(?(\w*)\)?[sd]\b|<([A-Za-z][\w .-]*)>|\$\{([\w.]+)\}/g,
      (whole, a, b, c, d) => {
        const name = String(a ?? c ?? d ?? (b === 's' || b === 'd' ? '' : b) ?? '').replaceAll(/\W+/g, '_');
        if (whole === '%') return whole;
        n++;
        return `{${/^[A-Za-z_]/.test(name) ? name : `value${n === 1 ? '' : n}`}}`;
      },
    )
    .slice(0, 300);
}

/** A text in which `{name}` stands in backticks, since it is no placeholder. */
function filled(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(/\{{1,3}\w+\}{1,3}/g, '`$&`') : part))
    .join('`')
    .replaceAll('``', '`');
}

function asSentence(text: string): string {
  const plain = text
    .replace(/^[•*\s–—-]+/, '')
    .replaceAll('\n', ' ')
    .trim();
  const capital = /^[a-z][a-z]+\s/.test(plain) ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
  return /[.!?:;…。！？)”"`]$/.test(capital) ? capital : `${capital}.`;
}

/** A reason, to be read after a colon. */
function asClause(text: string): string {
  const plain = text
    .replaceAll('\n', ' ')
    .trim()
    .replace(/[.。]$/, '');
  return /^(?:yes|no|true|false|sí|si|да|нет|是|否|はい|いいえ|✅|❌)$/i.test(plain)
    ? 'the documentation says so'
    : plain;
}

function titleOf({ title, examples, codes, subcodes, statuses, cause, causes, messages }: Draft): string {
  const [status] = statuses;
  const phrase = typeof status === 'number' ? statusPhrase(status) : '';
  const candidates = [title, messages[0], examples[0]?.message, cause[0], causes[0]].map((text) =>
    (text ?? '').replaceAll('`', '').replaceAll('\n', ' ').trim(),
  );
  const found = candidates.find((text) => text !== '' && text.length <= 90 && !codes.includes(text)) ?? '';
  const [code = codes[0]] = subcodes;
  const words = code === undefined ? '' : inWords(code);
  const plain = (
    found ||
    words ||
    phrase ||
    (candidates.find((text) => text !== '') ?? '').slice(0, 87) ||
    String(status ?? codes[0])
  ).replace(/[.。]$/, '');
  return isFilled(plain) ? plain : plain.replaceAll(/[{}]/g, '');
}

/** `rate_limit_exceeded` as `Rate limit exceeded`. */
function inWords(code: string): string {
  const words = code
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replaceAll(/[_.:-]+/g, ' ')
    .trim()
    .toLowerCase();
  return /[a-z]/.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : '';
}

/** The first operation of a draft in an id: `get-crate`. */
function operationSlug({ saidOf: [first] }: Draft): string {
  return slugOf(first?.id ?? first?.name ?? '');
}

function idOf({ codes, subcodes, title, statuses, messages }: Draft): string {
  const [status] = statuses;
  const phrase =
    typeof status === 'number'
      ? statusPhrase(status)
      : status === '5xx'
        ? 'server error'
        : status === '4xx'
          ? 'client error'
          : '';
  const [name = codes[0]] = subcodes;
  const code = name === undefined ? '' : slugOf(name);
  if (messages.length > 0 && title !== null && code === '') return slugOf(title) || slugOf(phrase);
  const named = /^\d+$/.test(code) ? `error-${code}` : code;
  return named || slugOf(phrase) || slugOf(title ?? '') || (status === undefined ? 'error' : `status-${status}`);
}

function slugOf(text: string): string {
  return text
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .split('-')
    .filter((word) => word !== '')
    .slice(0, 8)
    .join('-');
}

function uniqueId(id: string, taken: Set<string>): string {
  if (!taken.has(id)) return id;
  for (let n = 2; ; n++) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
}

/** Words that a rejected request must name to belong to another category than its status does. */
const ASKED: Partial<Record<Category, RegExp>> = {
  authentication: /key|token|credential|auth|signature|password|log.?in/i,
  'rate-limit': /rate|requests|throttl/i,
};

const TOPICS: Partial<Record<string, Category>> = { duplicate: 'conflict', limit: 'quota' };

/** The category: that of the status, unless the status says little and the words more. */
function categoryOf({ statuses, codes, subcodes, title, cause, causes }: Draft, http: Catalog): Category {
  const [status] = statuses;
  const ofStatus = status === undefined ? null : categoryOfStatus(status, http);
  const isVague =
    ofStatus === null ||
    ofStatus === 'unknown' ||
    status === 400 ||
    status === 422 ||
    (status === 500 && codes.length > 0);
  if (!isVague && status !== 403 && status !== 429) return ofStatus;
  const words = (subcodes.length > 0 ? subcodes : codes).map(inWords).join(' ') || (title ?? '');
  const topic = topicOf(words) ?? (isVague ? (topicOf(title ?? '') ?? topicOf(cause[0] ?? causes[0] ?? '')) : null);
  if (topic === null) return ofStatus ?? 'unknown';
  const category = TOPICS[topic] ?? (topic as Category);
  if (status === 500) return /server|maintenance|timeout|gateway/.test(category) ? category : 'server';
  // "Unknown field" is about the request, not about a thing that is not there.
  const isGone =
    category === 'not-found' && !/not.?found|not.?exist|no.?such|n't exist/i.test(`${words} ${title} ${cause[0]}`);
  if (status === 400 || status === 422) {
    const said = `${words} ${title} ${cause[0]}`;
    if (isGone || !(ASKED[category] ?? /./).test(said)) return 'validation';
  }
  if (status === 403) return /quota|rate-limit|authentication/.test(category) ? category : 'permission';
  if (status === 429) return category === 'quota' ? 'quota' : 'rate-limit';
  return category;
}

function categoryOfStatus(status: StatusPattern, http: Catalog): Category | null {
  const entry = http.entries.find(({ match }) => match.message === undefined && match.status?.includes(status));
  return entry?.category ?? (status === '5xx' || (typeof status === 'number' && status >= 500) ? 'server' : 'unknown');
}
