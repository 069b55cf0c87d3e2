import { nameOf } from '../../diagnosis/read/names.ts';
import { isToken } from '../../diagnosis/read/text-code.ts';
import { parseJson } from '../../json/read.ts';
import { readEscapedJson } from '../escaped-json.ts';
import { readCutLiteral, readLiteral } from '../literal.ts';
import { readLoose } from '../loose.ts';
import { readNetworkText } from '../network-text.ts';
import { findMessage } from './message.ts';
import { findStatus, SURE } from './status.ts';

/** How many opening brackets are tried; a line of a log may have some before the body. */
const TRIES = 40;

/** An object, or a list of objects, in a text. */
export interface Embedded {
  from: number;
  end: number;
  /** JSON to the letter; of other notations their value as JSON. */
  body: string;
  /** True for the members of an exception, as programs print them behind its words. */
  exception: boolean;
  /** How many members of it an error would have. */
  score: number;
}

interface Read {
  value: unknown;
  end: number;
  /** As it is written, where that is not from the bracket to the end. */
  written?: string;
}

/** Members that an error has, in small letters without what joins words. */
const OF_ERROR =
  /^(?:errors?|(?:error|err|fail|result|ret|return|resp|response|rsp|api|biz|sys)?(?:code|message|msg)|error_?type|detail|details|description|errordescription|reason|title|fault|exception|status|statuscode|type|requestid|traceid|__type|response|body|data|json|field|param)$/i;

/** The body in a text: of the objects in it the first that looks most like an error. */
export function embeddedValue(text: string): Embedded | null {
  let best: { at: number; read: Read; score: number; escaped: boolean } | null = null;
  let from = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    const bracket = from + text.slice(from).search(/[{[(]/);
    if (bracket < from) break;
    const at = jsonWithin(text, bracket) ?? bracket;
    const found = readAt(text, at);
    from = found?.read.end ?? at + 1;
    if (found === null || !found.fits || isBeside(text.slice(Math.max(0, at - 400), at))) continue;
    const said = errorScore(found.read.value);
    const score = said > 0 ? said + Number(isNamedBody(text, at)) * 2 : Number(isAll(text, at, found.read.end));
    if (best === null || score > best.score) best = { ...found, at, score };
  }
  if (best === null) return membersOfPhp(text);
  const { at, read, escaped, score } = withQuoted(best);
  const answered = ofStripe(read.value);
  if (answered !== null) return { from: at, end: read.end, body: JSON.stringify(answered), exception: false, score };
  const found = escaped
    ? { from: at, end: read.end, body: asJson(read.written ?? '', read.value), exception: false }
    : embedded(text, at, read);
  const isMember = !found.exception && OF_MEMBER.test(text.slice(Math.max(0, at - 20), at));
  return { ...found, score, ...(isMember && { body: `{"error":${found.body}}` }) };
}

/** Whether a text names a value the body of the answer, which says more than what the program made of it: `Response Body: {…}`. */
const isNamedBody = (text: string, at: number): boolean =>
  /\bresponse[ _.-]?body["']?\s?[:=]\s?$/i.test(text.slice(Math.max(0, at - 20), at));

/** Members as print_r writes them, each on a line, of which somebody copied no more. */
const OF_PHP = /(?:^[ \t]{0,100}\[[A-Za-z_][\w.-]{0,40}\] => [^\n(]{1,1000}(?:\n|$)){2,40}/m;

function membersOfPhp(text: string): Embedded | null {
  const found = OF_PHP.exec(text);
  const value = found === null ? undefined : readLoose(`(\n${found[0]}\n)`, 0)?.value;
  if (found === null || !isLooselyErrorLike(value)) return null;
  const { index: from, 0: lines } = found;
  return { from, end: from + lines.length, body: JSON.stringify(value), exception: false, score: errorScore(value) };
}

/** A sentence that ends with what was answered: `{'error': "It failed: {'type': 'error', 'error': {…}}"}`. */
const QUOTING = /^[A-Z][^{}\n]{3,200}: (?=\{["'])/;

/** The error that the only sentence of a value quotes, where it looks more like an error than the value does. */
function withQuoted<T extends { read: Read; escaped: boolean; score: number }>(found: T): T {
  const [sentence, ...more] = sentencesIn(found.read.value);
  const before = more.length > 0 ? undefined : QUOTING.exec(sentence ?? '')?.[0];
  const quoted = before === undefined ? null : readLiteral(sentence as string, before.length);
  const score = errorScore(quoted?.value);
  if (quoted === null || score <= found.score || quoted.end !== sentence?.length) return found;
  return { ...found, read: { value: quoted.value, end: found.read.end, written: '' }, escaped: true, score };
}

/**
 * JSON of an error behind a sentence, in the brackets around both: `[Request failed: 403, "{"error": …}"]`, `(it failed with:
 * {"error": …})`, `[API Error: 400 {"error": …} (Status: 400)]`, `(status: 400 data: {"error": …})`.
 */
const QUOTED_JSON =
  /^(?:[[(][^{}()[\]]{20,500}"|\((?:\w{1,30} ){3,60}\w{1,30}: |\(status: [1-5]\d\d,? \w{1,30}: |\[(?:\w{1,30} ){0,6}Error: (?:[1-5]\d\d )?)(?=\{ ?"\w{1,40}": ?[{"[\d])/;

/** Where the JSON of an error begins in the bracket before it; null where the bracket holds something else. */
function jsonWithin(text: string, at: number): number | null {
  const before = QUOTED_JSON.exec(text.slice(at, at + 600))?.[0];
  return before === undefined ? null : at + before.length;
}

/** The name before an error that somebody copied without the brackets around it: `"error": {`. */
const OF_MEMBER = /(?:^|[\s,{])["']?error["']?:\s{0,3}$/;

/** True for what stands before the header fields of a response, before a parameter within a URL, or in a line of code. */
const isBeside = (before: string): boolean =>
  OF_HEADERS.test(before.slice(-40)) || IN_URL.test(before) || IN_CODE.test(before);

/** The line of a source that a stack shows, before its arguments: `    raise e.SlackApiError`. */
const IN_CODE = /(?:^|\n)[ \t]{0,40}(?:raise|throw|throw new|return|return await|await) [\w.$]{1,80}\(?$/;

/** A URL whose parameter is JSON: `https://…/Product?where={"brand":"x"}`. */
const IN_URL = /https?:\/\/[^\s"'<>]{1,380}\?[^\s"'<>]{0,380}=$/;

/** Labels that programs print before the header fields of a response. */
const OF_HEADERS = /\bheaders?(?:["']|dict|map)?\s{0,3}[:=(]{0,2}\s{0,3}(?:\w{0,30}\()?$/i;

/** XML of an error, or a page, in a text. */
const MARKUP =
  /<(?:!DOCTYPE\b|\?xml\b|(html|head|title|h1|[A-Za-z]{0,40}(?:Errors?|Exception|Fault)(?:Response)?|[\w-]{1,20}:(?:Envelope|Fault))\b[^<>]{0,500}>)/i;

/** The page or the XML in a text, to where its element closes; null where there is none, or no element closes. */
export function embeddedMarkup(text: string): Embedded | null {
  const from = markupAt(text);
  if (from < 0) return null;
  const rest = text.slice(from);
  const quoted = /^<[!?][^<>]{0,200}\\"/.test(rest) ? quotedMarkup(rest) : null;
  if (quoted !== null) return { ...quoted, from, end: from + quoted.end, exception: false, score: 1 };
  const [, name] = /^(?:<[!?][^<>]{0,500}>\s{0,20}){0,4}<([\w:-]{1,60})/.exec(rest) ?? [];
  if (name === undefined || !/<\/[a-z]/i.test(rest)) return null;
  const close = `</${name.toLowerCase()}>`;
  const at = rest.toLowerCase().lastIndexOf(close);
  const isPart = /^(?:title|head|h1)$/i.test(name) || at < 0;
  const end = from + (isPart ? rest.lastIndexOf('>') + 1 : at + close.length);
  return { from, end, body: text.slice(from, end), exception: false, score: 1 };
}

/** The mark of Guzzle where it cuts an answer in its summary; other programs print the whole answer behind that. */
const CUT = '(truncated...)';

/** The index of the first markup, or of the first that is not cut where both are there; -1 where there is none. */
function markupAt(text: string): number {
  const first = text.search(MARKUP);
  const cut = first < 0 ? -1 : text.indexOf(CUT, first);
  const next = cut < 0 ? -1 : text.slice(cut).search(MARKUP);
  return next < 0 ? first : cut + next;
}

/** Markup in a text in quotes, with its escapes resolved. */
function quotedMarkup(text: string): { body: string; end: number } | null {
  const end = /(?<!\\)"/.exec(text)?.index;
  if (end === undefined) return null;
  return {
    body: text
      .slice(0, end)
      .replaceAll('\\n', '\n')
      .replaceAll(/\\(["'/\\])/g, '$1'),
    end,
  };
}

/** The status that a sentence in a body names: "Request failed with status code 400". */
export function statusWithin(body: string): number | null {
  for (const text of sentencesIn(parseJson(body))) {
    const found = findStatus(text);
    if (found === null || found.status < 400) continue;
    // FastAPI makes a text of an exception with its status: `{"detail": "403: Token is invalid"}`.
    if (found.score > SURE || (found.at === 0 && /^[45]\d\d: [A-Z]/.test(text))) return found.status;
  }
  return null;
}

/** Whether a value holds a sentence, so that it says what is wrong; not only codes, numbers and names. */
export function hasSentence(value: unknown): boolean {
  return sentencesIn(value).length > 0;
}

/** The texts of several words in a value. */
export function sentencesIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return /\S\s+\S|[\u0100-\uffff]{4}/.test(value) ? [value.slice(0, 500)] : [];
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  return Object.values(value)
    .slice(0, 30)
    .flatMap((member) => sentencesIn(member, depth + 1));
}

/** The value at a bracket, in whatever notation; null where it is nothing like an error. */
function readAt(text: string, at: number): { read: Read; escaped: boolean; fits: boolean } | null {
  if (text[at] !== '(') {
    const read = readLiteral(text, at);
    if (read !== null)
      return Array.isArray(read.value) && !isErrorLike(read.value)
        ? null
        : { read, escaped: false, fits: isErrorLike(read.value) };
    const escaped = readEscapedJson(text, at);
    if (escaped !== null) return { read: escaped, escaped: true, fits: isErrorLike(escaped.value) };
  }
  const loose = readLoose(text, at);
  if (loose !== null)
    return isLooselyErrorLike(loose.value, isAll(text, at, loose.end))
      ? { read: loose, escaped: true, fits: true }
      : null;
  const cut =
    text[at] === '{' && /^\{\s{0,20}(?:["']|\w{1,40}: ["'])/.test(text.slice(at, at + 70))
      ? readCutLiteral(text, at)
      : null;
  return cut !== null && isLooselyErrorLike(cut.value)
    ? { read: { ...cut, written: '' }, escaped: true, fits: true }
    : null;
}

/** True where there is nothing else in a text than a value, its name and that of its type: `Array ( … )`. */
const isAll = (text: string, at: number, end: number): boolean =>
  at <= 80 && /^(?:\[\w{1,30}\] => )?\w{0,20}$/.test(text.slice(0, at).trim()) && text.slice(end).trim() === '';

function embedded(text: string, from: number, { value, end }: Read): Omit<Embedded, 'score'> {
  const written = text.slice(from, end);
  const words = /^(?:[^\n]{0,200}?[:\]|>] )?(?:\w*(?:Error|Exception)\b):? (?:\d{3} )?([^\n]{3,1000})\n/.exec(
    text.slice(0, from).trimStart(),
  )?.[1];
  const members = value as Record<string, unknown>;
  const exception = words !== undefined && /\n[ \t]+at [^\n]{1,500}$/.test(text.slice(0, from).trimEnd());
  const isWhole = members.message !== undefined || members.response !== undefined || members.body !== undefined;
  const body =
    exception && !isWhole
      ? JSON.stringify({ ...members, ...named(words, text.slice(0, from)) })
      : asJson(written, value);
  return { from, end, body, exception: exception && members.response === undefined && members.body === undefined };
}

/** The answer that an exception of Stripe's library for Node.js holds in `raw`, beside members of its own; null for any other value. */
function ofStripe(value: unknown): object | null {
  const { raw, statusCode } = (value ?? {}) as Record<string, unknown>;
  const { type, message, statusCode: status = statusCode } = (raw ?? {}) as Record<string, unknown>;
  if (typeof message !== 'string' || typeof type !== 'string' || !/^[a-z]+(?:_[a-z]+){1,3}$/.test(type)) return null;
  return { error: raw, ...(typeof status === 'number' && { status }) };
}

/** What an exception was raised with: a sentence, or a code, of which its other lines may tell more. */
function named(words: string, before: string): { message: string; code?: string } {
  return isToken(words) ? { code: words, message: findMessage(before, null, null) } : { message: words };
}

/** A value as JSON: as it was written where that is JSON, so that its numbers and their order stay. */
export function asJson(written: string, value: unknown): string {
  return parseJson(written) === undefined ? JSON.stringify(value) : written;
}

function isErrorLike(value: unknown): boolean {
  const inner: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner) || Object.keys(inner).length === 0) {
    return false;
  }
  const { code, syscall, errno, response, body } = inner as Record<string, unknown>;
  if (response !== undefined || body !== undefined) return true;
  // An exception that Node.js printed means that there was no response.
  return syscall === undefined && errno === undefined && (typeof code !== 'string' || readNetworkText(code) === null);
}

/** Brackets can enclose anything, so an unquoted notation must have members of an error. */
function isLooselyErrorLike(value: unknown, isAll = false): boolean {
  return (
    isErrorLike(value) &&
    (errorScore(value) >= 2 ||
      (isAll && Object.entries(value as object).some(([name, inner]) => inner !== '' && isOfError(name))))
  );
}

/** True for a name that says code or message in another language, or in a longer name. */
function isOfError(name: string): boolean {
  const { weights, words } = nameOf(name);
  return Math.max(weights.message, weights.code) >= 3 && !words.includes('status');
}

/** How many members that an error has are in a value, down to those in others. */
function errorScore(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > 3) return 0;
  if (Array.isArray(value)) return Math.max(0, ...value.slice(0, 5).map((item) => errorScore(item, depth + 1)));
  let score = 0;
  for (const [name, member] of Object.entries(value).slice(0, 40)) {
    if (member === null || member === '') continue;
    // It says of itself that it failed.
    if (member === false && /^(?:ok|success)$/i.test(name)) score++;
    if (OF_ERROR.test(name.replaceAll(/[_-]/g, ''))) score++;
    score += errorScore(member, depth + 1);
  }
  return score;
}
