import { readHeadline } from '../diagnosis/headline.ts';
import { readTold } from '../diagnosis/read/told.ts';
import { statusPhrases } from '../diagnosis/status.ts';
import { topicOf } from '../diagnosis/verdict/words.ts';
import { parseJson } from '../json/read.ts';
import { type Exchange, savedResponse } from '../model/exchange.ts';
import { readEscapedJson } from './escaped-json.ts';
import { readLiteral } from './literal.ts';
import { readNetworkText } from './network-text.ts';

/** How clients and logs write a status: the first group is the number. */
const STATUS: RegExp[] = [
  /\bHTTP\/\d(?:\.\d)?["']? ([1-5]\d\d)\b/,
  /\bstatus(?:[ _-]?code)?["']?\s{0,4}(?:[:=]|of|is)?\s{0,4}["']?([1-5]\d\d)\b/i,
  /\bresponse code ([1-5]\d\d)\b/i,
  /\bHTTP(?: error| status)?:? ([1-5]\d\d)\b/i,
  /\b([45]\d\d) (?:Client|Server) Error\b/,
  /^\s*\[?([45]\d\d)\b/,
];

/** The request and the status in an access log (Apache's common log format and similar). */
const ACCESS = /"([A-Z]{3,10}) (\S+) HTTP\/\d(?:\.\d)?" ([1-5]\d\d)\b/;

/** How much of a text is searched for a status and for JSON. */
const SEARCHED = 64 * 1024;

/** How many opening braces are tried; a log line may have some before the body. */
const TRIES = 20;

/**
 * Reads the text of an exception or a log line: the JSON body in it, its status, or the network
 * failure that it describes. Null if it has none of them.
 */
export function readLogText(text: string): Exchange | null {
  const start = text.slice(0, SEARCHED);
  const [, method, url, answered] = ACCESS.exec(start) ?? [];
  if (method !== undefined && url !== undefined) {
    const request = { method, url, headers: {}, body: null };
    return { request, response: savedResponse(embeddedValue(start)?.body ?? '', Number(answered)), failure: null };
  }
  const found = embeddedValue(start);
  const words = found === null ? start : `${start.slice(0, found.from)} ${start.slice(found.end)}`;
  // The printed members of an exception belong to its message.
  const named = statusIn(words) ?? (found?.exception === true ? statusIn(start) : null);
  const failure = named === null && (found === null || found.exception) ? readNetworkText(start) : null;
  if (failure !== null) return { request: null, response: null, failure };
  const status = named ?? announcedStatus(words);
  const headline = found === null ? readHeadline(words) : null;
  if (found === null && status === null && headline === null) return null;
  const body =
    found?.body ??
    (tells(start) ? start : headline?.text) ??
    (sentenceAfter(words, status) || firstLine(words, status) || quotaLine(words));
  return { request: null, response: { ...savedResponse(body, status), url: urlIn(words) }, failure: null };
}

function statusIn(text: string): number | null {
  for (const pattern of STATUS) {
    const [, status] = pattern.exec(text) ?? [];
    if (status !== undefined) return Number(status);
  }
  return null;
}

/** A status without the word "status": next to its phrase, or after the word for an error. */
function announcedStatus(text: string): number | null {
  for (const found of text.matchAll(NUMBER)) {
    const before = text.slice(Math.max(0, found.index - 60), found.index);
    const after = text.slice(found.index + 3, found.index + 50);
    if (isStatus(Number(found[0]), before, after)) return Number(found[0]);
  }
  return null;
}

/** A number that may be the status of an error. */
const NUMBER = /(?<![\w.,/:=#$%@+-])[45]\d\d(?![\w%]|[.,:/-]\d)/g;

/** Words before the status of an error, and words around other numbers. */
const ANNOUNCED =
  /\b(?:error|exception|fail(?:ed|ure|s)?|returned|responded|response|rejected|got|received|answered)\b[^\n]{0,40}$/i;
const COUNTED_BEFORE =
  /\b(?:line|port|after|within|in|id|limit|max|min|page|than|of|took|for|at|record|row|item|order|user)[ :#=]{1,2}$/i;
const COUNTED_AFTER =
  /^\s*(?:m?s|secs?|seconds?|minutes?|milliseconds?|times|attempts|retries|bytes|[kMG]i?B|rows?|lines|records|requests|items|users)\b/i;

/** Non-standard statuses that servers send. */
const UNOFFICIAL = new Set([419, 420, 430, 440, 444, 449, 450, 460, 463, 494, 498, 499, 509, 529, 530, 561, 598, 599]);
for (let status = 520; status <= 527; status++) UNOFFICIAL.add(status);

/**
 * Whether a number in a text is a response's status: next to its phrase, or announced by an error.
 */
function isStatus(status: number, before: string, after: string): boolean {
  const phrases = statusPhrases(status);
  const following = after.replace(/^["'`\])]?[\s:–-]{0,3}["'`(]?/, '').toLowerCase();
  const leading = before.replace(/[\s([:–-]{1,4}$/, '').toLowerCase();
  if (phrases.some((phrase) => following.startsWith(phrase) || leading.endsWith(phrase))) return true;
  if ((phrases.length === 0 && !UNOFFICIAL.has(status)) || COUNTED_BEFORE.test(before) || COUNTED_AFTER.test(after))
    return false;
  return ANNOUNCED.test(before);
}

const SAID_AFTER = /^\d{3}:? +([A-Z][^\n]{15,1000}|[a-z]{2,30}(?:[_-][a-z]{2,30}|[A-Z][a-z]{1,30}){1,8}(?=\s*$))/m;

/**
 * The sentence or code right after a status: `429 You exceeded your current quota`; "" if there is
 * none.
 */
function sentenceAfter(text: string, status: number | null): string {
  const at = status === null ? -1 : text.indexOf(String(status));
  const [, sentence = ''] = at < 0 ? [] : (SAID_AFTER.exec(text.slice(at, at + 1100)) ?? []);
  const isPhrase = [...statusPhrases(status), 'client error', 'server error'].some((phrase) =>
    sentence.toLowerCase().startsWith(phrase),
  );
  return isPhrase ? '' : sentence.trim();
}

/** The first line if the status is further down; "" otherwise. */
function firstLine(text: string, status: number | null): string {
  const [line = '', ...more] = text.trim().split('\n', 2);
  return status === null || more.length === 0 || line.includes(String(status)) ? '' : line.slice(0, 1000).trim();
}

/** True for a text that tells more of the error than a line of it would: a code, or a sentence with a frame around it. */
function tells(text: string): boolean {
  const { code, message } = readTold(text);
  return code !== null || message !== null;
}

/**
 * The line about an exhausted quota, which decides on retrying wherever it is; "" if there is none.
 */
function quotaLine(text: string): string {
  const lines = text.split('\n', 50).map((line) => line.slice(0, 1000).trim());
  return lines.find((line) => topicOf(line) === 'quota') ?? '';
}

/** An object, or a list of objects, in a text. */
interface Embedded {
  from: number;
  end: number;
  /** JSON verbatim; other notations converted to JSON. */
  body: string;
  /** True for the members of an exception, which programs print after its message. */
  exception: boolean;
}

/** The first object, or list of objects, in a text. */
function embeddedValue(text: string): Embedded | null {
  let from = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    const at = from + text.slice(from).search(/[{[]/);
    if (at < from) return null;
    const read = readLiteral(text, at);
    if (read !== null && isErrorLike(read.value)) return embedded(text, at, read);
    const escaped = read === null ? readEscapedJson(text, at) : null;
    if (escaped !== null && isErrorLike(escaped.value)) {
      return { from: at, end: escaped.end, body: asJson(escaped.written, escaped.value), exception: false };
    }
    from = at + 1;
  }
  return null;
}

function embedded(text: string, from: number, { value, end }: { value: unknown; end: number }): Embedded {
  const written = text.slice(from, end);
  const words = /^(?:\w*(?:Error|Exception)\b):? (?:\d{3} )?([^\n]{3,1000})\n/.exec(
    text.slice(0, from).trimStart(),
  )?.[1];
  const members = value as Record<string, unknown>;
  const exception = words !== undefined && /\n[ \t]+at [^\n]{1,500}$/.test(text.slice(0, from).trimEnd());
  const isWhole = members.message !== undefined || members.response !== undefined || members.body !== undefined;
  const body = exception && !isWhole ? JSON.stringify({ ...members, message: words }) : asJson(written, value);
  return { from, end, body, exception: exception && members.response === undefined && members.body === undefined };
}

/** A value as JSON: verbatim if it was JSON, to preserve numbers and order. */
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
  // Node.js's own exceptions mean that there was no response.
  return syscall === undefined && errno === undefined && (typeof code !== 'string' || readNetworkText(code) === null);
}

/** The URL of the response, for a text that has one but says nothing about the request. */
function urlIn(text: string): string | undefined {
  return /\bhttps?:\/\/[^\s"'`<>()\\]{4,2000}/i.exec(text)?.[0].replace(/[.,;:]$/, '');
}
