import type { Catalog, Entry, KnownApi, KnownCatalogs } from '../../model/catalog.ts';
import type { ErrorBody } from '../../model/diagnosis.ts';
import { SERVICE_SHAPES } from '../envelopes/services.ts';
import { statusOfPhrase } from '../status.ts';
import { topicOf } from '../verdict/words.ts';
import { type EntryMatch, type Found, fitsStatus, matchEntry } from './entry.ts';
import { isOwnCode, SHAPELESS } from './own-code.ts';

/**
 * The well-known API that serves a URL. In a host, `*` stands for one label or several: `*.example.com`. One that is
 * written out comes first.
 */
export function knownByHost(url: string | undefined, apis: KnownApi[]): KnownApi | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { host } = new URL(url);
  // Hosts repeat: those of a run of checks, of a log.
  const known = byHost.get(apis) ?? new Map<string, KnownApi | null>();
  byHost.set(apis, known);
  const found = known.get(host);
  if (found !== undefined) return found;
  if (known.size >= MOST_HOSTS) known.clear();
  const served = serverOf(host, apis);
  known.set(host, served);
  return served;
}

/** The APIs of hosts that were asked for earlier. */
const byHost = new WeakMap<KnownApi[], Map<string, KnownApi | null>>();
const MOST_HOSTS = 1000;

function serverOf(host: string, apis: KnownApi[]): KnownApi | null {
  return (
    apis.find(({ hosts }) => hosts.includes(host)) ??
    apis.find(({ hosts }) => hosts.some((one) => one.includes('*') && isBelow(host, one))) ??
    null
  );
}

function isBelow(host: string, pattern: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop() ?? '';
  if (host.length <= start.length + end.length || !host.startsWith(start) || !host.endsWith(end)) return false;
  let rest = host.slice(start.length, host.length - end.length);
  for (const part of parts) {
    const at = rest.indexOf(part, 1);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return rest !== '';
}

/**
 * The well-known API that alone has errors of this shape.
 *
 * @param preferred the API that the user works with: for it, a shape that others have is enough
 */
export function knownByShape(
  error: ErrorBody,
  { apis, load }: KnownCatalogs,
  preferred: string | null,
): Catalog | null {
  const [only, ...others] = ofShape(error, apis);
  if (only === undefined) return null;
  const wanted = [only, ...others].find(({ id }) => id === preferred);
  const isCertain = others.length === 0 && error.ambiguous.length === 0 && SERVICE_SHAPES.has(error.envelope);
  return wanted !== undefined || isCertain ? load((wanted ?? only).id) : null;
}

/**
 * The entry of a code in a shape that others have as well, so that nothing but the code speaks for the API.
 *
 * @returns null unless one API alone has the code
 */
export function matchKnownShape({ apis, load }: KnownCatalogs, status: number | null, error: ErrorBody): Found | null {
  if ((error.code ?? error.subcode) === null) return null;
  // A program answers 500 where it was refused itself: Docker's engine, of what the registry said.
  const found = ofShape(error, apis).flatMap(
    ({ id }) =>
      matchCodeIn(load(id), status, error) ?? (status === 500 ? matchCodeIn(load(id), null, error) : null) ?? [],
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The entry of a code that one well-known API alone has, in a shape that tells nothing of who answered. */
export function matchKnownCode(
  { namedBy, load }: KnownCatalogs,
  status: number | null,
  error: ErrorBody,
): Found | null {
  if (!isOwnCode(error)) return null;
  const found = namedBy(error.code).flatMap((id) => matchCodeIn(load(id), status, error) ?? []);
  const [only, ...others] = found.filter(({ entry }) => entry.match.code?.includes(error.code));
  return others.length > 0 ? null : (only ?? null);
}

/**
 * The entry of a code whose documented sentence stands beside it, wherever that was said; null where several APIs have
 * both. The words of a code may be anybody's, and so may a sentence.
 */
export function matchKnownSaying(
  { namedBy, load }: KnownCatalogs,
  status: number | null,
  error: ErrorBody,
): Found | null {
  const { code, message, envelope } = error;
  if (code === null || message === null || !SHAPELESS.has(envelope) || !SEVERAL_WORDS.test(code)) return null;
  // Names of statuses are anybody's, and so are the sentences about them.
  if (statusOfPhrase(code.replaceAll('_', ' ')) !== null) return null;
  const said = frameOf(message);
  const [only, ...others] = namedBy(code)
    .flatMap((id) => matchCodeIn(load(id), status, error) ?? [])
    .filter(({ entry }) => framesOf(entry).some((one) => said.includes(one)));
  return others.length > 0 ? null : (only ?? null);
}

/**
 * The entry whose documented sentence an error repeats, apart from numbers and from what is quoted; null where several
 * entries have it.
 */
function matchSaid({ entries }: Catalog, status: number | null, message: string | null): EntryMatch | null {
  const said = message === null ? '' : frameOf(message);
  if (said.length < SHORTEST) return null;
  const [only, ...others] = entries.filter((entry) => fitsStatus(entry, status) && framesOf(entry).includes(said));
  if (only === undefined || others.length > 0) return null;
  return { entry: only, byCode: false, template: message, values: {}, confidence: 'wording' };
}

const frames = new WeakMap<Entry, string[]>();

/** The frames of the sentences in the example of an entry. */
function framesOf(entry: Entry): string[] {
  let known = frames.get(entry);
  if (known === undefined) {
    known = sentencesOf(entry.example ?? entry.sample).map(frameOf);
    frames.set(entry, known);
  }
  return known.filter((one) => one.length >= SHORTEST);
}

/** A code of two words in small letters or of three in large ones. */
const SEVERAL_WORDS = /_|^(?:[A-Z][a-z]+){3,9}$/;

/** The sentences in an example of an entry. */
function sentencesOf(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return lettersOf(value).length >= SHORTEST && value.includes(' ') ? [value] : [];
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  return Object.values(value).flatMap((member) => sentencesOf(member, depth + 1));
}

/** Shorter sentences are anybody's, in letters. */
const SHORTEST = 24;

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z\d]/g, '');

/** The letters of a text without what is quoted, addresses and words with digits, which differ from one error to the next. */
const frameOf = (text: string): string =>
  lettersOf(text.replaceAll(/(?<!\w)(["'`])[^"'`]{0,200}\1(?!\w)|https?:\/\/\S{1,500}|\S{0,100}\d\S{0,100}/g, ' '));

/** The entry of an error in the words of a tool that calls one well-known API: by its code, or by its message. */
export function matchKnownTool(
  { load }: KnownCatalogs,
  status: number | null,
  error: ErrorBody,
  api: string | undefined,
): Found | null {
  const isText = SHAPELESS.has(error.envelope);
  const catalog = api === undefined || !(isText || SHARED.has(error.envelope)) ? null : load(api);
  // `PERMISSION_DENIED: …` is read as an error of Connect, whose codes are those of Google's APIs, and words of anybody.
  if (error.envelope === 'connect' && catalog?.envelopes?.includes('google-rpc') !== true) return null;
  const message = error.message === null ? null : sentenceIn(error.message);
  if (catalog === null) return null;
  // In the words of a library, one word is a code; the whole answer of Slack's webhooks is one as well.
  const word = error.code === null && /^[a-z_]{3,80}$/.test(message ?? '') ? message : null;
  const ways: (() => EntryMatch | null)[] = [
    () => (word === null ? null : matchEntry(catalog, status, { ...error, code: word, message: null })),
    () => matchEntry(catalog, status, { ...error, message }),
    () => matchEntry(catalog, status, { ...error, code: codeAmong(message ?? '', catalog), message }),
    () => matchEntry(catalog, status, { ...error, code: null, message: error.code }),
    // The code of a library may be its own.
    () => matchEntry(catalog, status, { ...error, code: null, message }),
    () => (error.code === null ? matchSaid(catalog, status, message) : null),
    // The name of an exception of its library is the code.
    () => matchClass(catalog, error),
    // A program answers 500 where it was refused itself.
    () => (status === 500 ? matchEntry(catalog, null, { ...error, code: null, message }) : null),
  ];
  const match = firstEvident(ways, status);
  return match === null || isOfLimit(match, error) || isOfOther(match, error)
    ? null
    : { ...match, catalog, confidence: 'general' };
}

/** The status that the libraries of vendors tell by the class of an exception. */
const CLASSES = new Map([
  ['InvalidRequestError', 400],
  ['RateLimitError', 429],
]);

/**
 * The entry for the class of an exception, `openai.error.InvalidRequestError`, which is named like the type of the error.
 * The sentence must not tell of something else: older versions have one class for several statuses.
 */
function matchClass(catalog: Catalog, error: ErrorBody): EntryMatch | null {
  const { code, message } = error;
  const [, name = ''] =
    code !== null || message === null ? [] : (/^(?:\w{1,40}\.){1,4}(\w{1,60}Error): /.exec(message) ?? []);
  const status = CLASSES.get(name);
  if (status === undefined || message === null) return null;
  const topic = topicOf(message.slice(message.indexOf(': ')));
  if (topic !== null && topic !== topicOf(name)) return null;
  return matchEntry(catalog, status, { ...error, code: name, message: null });
}

/** Shapes that a well-known API may share with others; the error of a token is that of OAuth. */
const SHARED = new Set(['connect', 'oauth2']);

/** The first match by more than the status; one that is documented for the status before others of the same code. */
function firstEvident(ways: (() => EntryMatch | null)[], status: number | null): EntryMatch | null {
  let first: EntryMatch | null = null;
  for (const way of ways) {
    const match = evident(way());
    if (match !== null && fitsStatus(match.entry, status)) return match;
    first ??= match;
  }
  return first;
}

/** A match by more than the status, and by more than words that are said of many things. */
const evident = (match: EntryMatch | null): EntryMatch | null =>
  match !== null && (match.byCode || (match.template !== null && !isPlain(match.template))) ? match : null;

/** A template that fits any sentence with a short word: it only tells apart the entries of one code. */
const ONE_WORD = /^\{\}[\w-]{1,12}\{\}$/;

/** Whether words are one word or say no more than a status does: `not found`, `resource not found`. */
const isPlain = (words: string): boolean =>
  ONE_WORD.test(words) || statusOfPhrase(words.replace(/^resource /, '')) !== null;

/** Whether a code that only repeats its status speaks of a permission, and the sentence beside it of a limit. */
function isOfLimit({ entry, byCode, template }: EntryMatch, { code, message }: ErrorBody): boolean {
  if (!byCode || template !== null || entry.category !== 'permission' || message === null) return false;
  const topic = statusOfPhrase(code ?? '') === null ? null : topicOf(message);
  return topic === 'rate-limit' || topic === 'quota';
}

/** The only code of a catalog among the words of a sentence, of those that no language has: `is_archived`. */
function codeAmong(message: string, { entries }: Catalog): string | null {
  const words = new Set(message.match(/(?<![\w./-])[A-Za-z]{2,30}(?:_[A-Za-z0-9]{1,30}){1,6}(?![\w/-])/g));
  const [only = null, ...others] = [...words].filter((word) => entries.some(({ match }) => match.code?.includes(word)));
  return others.length > 0 ? null : only;
}

/** The API's own sentence in the line of a client: without the exception's class, anything before it, and details in parentheses. */
const sentenceIn = (message: string): string =>
  message
    .replace(/^(?:[^\n]{0,200}[\s\])>-])?[\w.$:\\]{0,200}(?:Exception|Error)(?: \(code: \d{1,5}\))?: (?=\S)/, '')
    .replace(/ \([A-Z][A-Za-z ]{2,20}: [^()]{1,500}\)$/, '');

/**
 * Whether a code stands for anything that failed in a server, and the sentence beside it blames money or a key: those who
 * speak the protocol of an API put their own failures into its codes. So does a code for anything that is wrong with a
 * request, where others have the shape as well and the type beside it says otherwise.
 */
export function isOfOther({ entry, template }: EntryMatch, { message, subcode, ambiguous }: ErrorBody): boolean {
  const { category, match } = entry;
  if (template !== null || match.message !== undefined) return false;
  const said = category === 'server' ? message : category === 'validation' && ambiguous.length > 0 ? subcode : null;
  const topic = said === null ? null : topicOf(said);
  return topic === 'quota' || topic === 'authentication';
}

/** The entry of a catalog that an error matches by its code; it is not said to come from the API. */
function matchCodeIn(catalog: Catalog | null, status: number | null, error: ErrorBody): Found | null {
  const match = catalog === null ? null : matchEntry(catalog, status, error);
  if (catalog === null || match?.byCode !== true || !fitsStatus(match.entry, status) || isOfOther(match, error))
    return null;
  return { ...match, catalog, confidence: 'general' };
}

const ofShape = ({ envelope }: ErrorBody, apis: KnownApi[]): KnownApi[] =>
  apis.filter(({ envelopes }) => envelopes.includes(envelope));
