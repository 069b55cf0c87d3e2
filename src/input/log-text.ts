import { answererOf } from '../diagnosis/answered/answered-by.ts';
import { type Headline, readHeadline } from '../diagnosis/read/headline.ts';
import { findCode } from '../diagnosis/read/text-code.ts';
import { statusOfPhrase } from '../diagnosis/status.ts';
import { findApi, findTool } from '../diagnosis/tools/find.ts';
import { topicOf } from '../diagnosis/verdict/words.ts';
import { parseJson } from '../json/read.ts';
import { type Exchange, type Request, type Response, type Seen, savedResponse } from '../model/exchange.ts';
import { readNetworkText } from './network-text.ts';
import { type Embedded, embeddedMarkup, embeddedValue, hasSentence, sentencesIn, statusWithin } from './pasted/body.ts';
import { cleaned } from './pasted/clean.ts';
import { redirectIn, requestIdIn, requestIn, urlIn } from './pasted/facts.ts';
import { findMessage, namedSentence } from './pasted/message.ts';
import { retoldBody } from './pasted/retold.ts';
import { findStatus, SURE } from './pasted/status.ts';

/** The request of an access log (Apache's common log format and its kin), and the status of its answer. */
const ACCESS = /"([A-Z]{3,10}) (\S+) HTTP\/\d(?:\.\d)?" ([1-5]\d\d)\b/;

/**
 * Reads the text of an exception, of a tool or a line of a log: the body in it, the status that it names, or the failure
 * of the network that it tells of; and what the rest of the text adds to them. Null when it holds none of them.
 */
export function readLogText(text: string): Exchange | null {
  const start = cleaned(text)
    .replace(ENGINE, 'Error response from daemon: $1$2')
    .replace(OF_GO_SDK, '\n\tstatus code: $1, request id: $2');
  const logged = accessIn(start);
  if (logged !== null) return logged;
  const found = embeddedMarkup(start) ?? embeddedValue(start);
  const words = found === null ? start : `${start.slice(0, found.from)} ${start.slice(found.end)}`;
  // Details that a program printed of its own exception belong to its message.
  const named = findStatus(words) ?? (found?.exception === true ? findStatus(start) : null);
  const isNamed = named !== null && named.score >= SURE && named.status >= 400 && !OF_LWP.test(words);
  // `{reason: :nxdomain}` is no answer of a server, but why there was none.
  const isReason =
    found !== null &&
    (found.score === 1
      ? !/message|detail|error/i.test(found.body) || ZAP.test(words)
      : OF_CONNECTION.test(found.body)) &&
    readNetworkText(found.body) !== null;
  const isBody = found !== null && !found.exception && found.score > 0 && !isReason;
  // What a browser forbids counts whatever the status.
  const isForbidden = isNamed && /access-control-|\bCORS\b/i.test(words);
  const redirect = found === null && !isNamed ? redirectIn(start) : null;
  // A sentence of a service's own is an answer, whatever other connection it mentions.
  const retold = bodyIn(start, found);
  const isAnswer = (isNamed && !isForbidden) || isBody || redirect !== null || retold !== null || ANSWERED.test(words);
  const failure = isAnswer ? null : readNetworkText(start);
  const seen = seenIn(text);
  if (failure !== null) return { request: requestIn(start), response: null, failure, ...seen };
  const handled = HANDLED.exec(words);
  // A text that tells of an error is none of a success, whatever the status it came with.
  const isFailed = found === null && (named?.status ?? 400) < 300 && TELLS_ERROR.test(words) && topicOf(words) !== null;
  const status =
    (isFailed ? null : named?.status) ??
    (found === null ? null : statusWithin(found.body)) ??
    statusOfPhrase(handled?.[1] ?? '');
  // Labels of a metric, the fields of a log: nothing that an error has.
  const isBeside = found?.score === 0 && !hasSentence(parseJson(found.body));
  const told = retold ?? (isBeside ? said(words, status) : null);
  if (isBeside && told === null && status === null && topicOf(words) !== null) return null;
  const body = told ?? redirect ?? (found === null ? said(words, status) : completed(found, words));
  if (body === null && status === null) return null;
  const request = requestIn(words) ?? (ZAP.test(words) ? requestIn(start) : null);
  const url = handled?.[2] ?? urlIn(words);
  const response = {
    ...savedResponse(body ?? '', status),
    ...(request === null && { url }),
    ...pageAround(start, status),
  };
  return { request, response, failure: null, ...seen };
}

/** An exception of a library that got no answer, as an object: `{"detail":{"code":"ECONNRESET"},"type":"StripeConnectionError"}`. */
const OF_CONNECTION = /"(?:type|name)":\s?"\w{0,40}ConnectionError"/;

const TELLS_ERROR = /\b(?:error|erreur|errore?|fehler|failed|failure)\b/i;

/** The body that a text retells, also in one that holds an object: labels in a sentence, the fields of a log. */
function bodyIn(start: string, found: Embedded | null): string | null {
  if (found === null) return retoldBody(start);
  // The header field with the code of a body that has none stands above that body.
  if (found.score > 1 && !/\bx-amzn-errortype\b/i.test(start)) {
    const only = onlySentence(parseJson(found.body));
    return only === null ? null : retoldBody(only);
  }
  return retoldBody(start) ?? retoldBody(sentencesIn(parseJson(found.body)).join('\n'));
}

/** The sentence of a record that has nothing else but the status and names of classes: `AuthException(message: …, statusCode: 400)`. */
function onlySentence(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const members = Object.values(value);
  const [only, ...others] = sentencesIn(value);
  const isBeside = (member: unknown): boolean => typeof member !== 'object' && (member === only || !isCode(member));
  return only !== undefined && others.length === 0 && members.includes(only) && members.every(isBeside) ? only : null;
}

/** A text that may be a code: neither a number nor the name of an exception. */
const isCode = (member: unknown): boolean =>
  typeof member === 'string' && !/^(?:\d{0,3}|[A-Z]\w{2,60}(?:Exception|Error))$/.test(member);

/** The text of a page that somebody copied as it was displayed, where that tells who answered. */
function pageAround(text: string, status: number | null): Pick<Response, 'around'> {
  return text.includes('\n') && answererOf(status, {}, text) !== null ? { around: text } : {};
}

/** An error of a registry that Docker's engine passed on, as docker-py and go-dockerclient print it; the status is the engine's own. */
const ENGINE =
  /\bAPI error \(500\): ((?:(?:manifest|name) (?:unknown|invalid)|toomanyrequests|repository name component must match|unauthorized: |(?:pull access )?denied)[^\n]{3,1000})|\b[45]\d\d (?:Client|Server) Error for http\+docker:\/\/\S{1,500}: [A-Z][A-Za-z ]{2,40} \("((?:Head|Get|Put|Post) "https?:[^\n]{3,1000}|(?:pull access )?denied[^\n]{3,1000}|(?:unauthorized|toomanyrequests|manifest)\b[^\n]{3,1000})"\)/;

/** An exception of the AWS SDK for Go 1 with the members of its structure, below the code and the sentence. */
const OF_GO_SDK =
  /\s?\{\n\s{1,20}RespMetadata: \{\n\s{1,20}StatusCode: ([45]\d\d),\n\s{1,20}RequestID: "([^"\n]{0,80})"\n\s{1,20}\}(?:,\n\s{1,20}\w{1,40}: [^\n]{0,1500}){0,8}\n\s{0,20}\}/;

/** A line of zap for Go, in which JSON holds the fields of the log, its error among them. */
const ZAP = /^(?:\S{8,40}\t)?(?:WARN|ERROR|D?PANIC|FATAL)\t/;

/** LWP for Perl gives a status to what got no answer. */
const OF_LWP = /\b500 (?:Can't connect to|read timeout|SSL negotiation failed|Bad hostname|Status read failed)/;

/** How kubectl begins with what the server answered, which may tell of another connection that failed. */
const ANSWERED = /\bError from server \(\w{3,60}\): /;

/** The line of an access log. */
function accessIn(text: string): Exchange | null {
  const [, method, url, answered] = ACCESS.exec(text) ?? [];
  if (method === undefined || url === undefined) return null;
  // A line about a request that went well stands above the error of another.
  if (Number(answered) < 400 && text.includes('\n') && isError(text.replace(ACCESS, ''))) return null;
  const request: Request = { method, url, headers: {}, body: null, named: true };
  const found = embeddedValue(text);
  const body = found === null ? '' : (bodyIn(text, found) ?? found.body);
  return { request, response: savedResponse(body, Number(answered)), failure: null };
}

const isError = (text: string): boolean => {
  const found = findStatus(text);
  return found !== null && found.score >= SURE && found.status >= 400;
};

/** A framework's log of how it answered a request: `Internal Server Error: /api/orders/`. */
const HANDLED = /(?:^|\s)((?:[A-Z][a-z]+ ){0,3}[A-Z][a-z]+): (\/[^\s:]{0,1000})(?:$|\n)/;

/** The line of a logger above the members of the exception: `INFO: Bad credentials`. */
const HEADING = /^(?:INFO|WARN|ERROR|FATAL): ([A-Z][a-z'-]{1,30}(?: [a-z'-]{1,30}){1,12}\.?)\s{1,20}$/;

/** A body that holds only codes, with the sentence that the text around it has. */
function completed({ body }: Embedded, words: string): string {
  const value = parseJson(body);
  if (value === undefined || (hasSentence(value) && !HEADING.test(words))) return body;
  const message = namedSentence(words) ?? HEADING.exec(words)?.[1] ?? null;
  return message === null ? body : JSON.stringify({ message, details: value });
}

/**
 * Reads what somebody pasted that may be no more than a sentence: as `readLogText` does, else as a
 * text whose most telling line is the message.
 */
export function readPaste(text: string): Exchange {
  const told = readLogText(text);
  if (told !== null) return told;
  const words = cleaned(text);
  const fields = fieldsIn(words);
  const line = findMessage(words, null, null) || text;
  // A sentence may be wrapped at a width.
  const wrapped = topicOf(line) === null ? findMessage(words.replaceAll(WRAPPED, ' '), null, null) : '';
  const message = wrapped.length > line.length && topicOf(wrapped) !== null ? wrapped : line;
  const body = fields === null ? message : JSON.stringify({ message, errors: fields });
  return {
    request: requestIn(words),
    response: { ...savedResponse(body), ...pageAround(words, null) },
    failure: null,
    ...seenIn(text, ALARM.test(text.slice(0, 200))),
  };
}

/** The line break of a wrapped sentence: between words in small letters. */
const WRAPPED = /(?<=[a-z]{2,30} [a-z]{2,30},?) ?\n {0,4}(?=[a-z]{2,30} [a-z]{2,30}\b)/g;

/** The level of an error, behind the time and the names that a logger puts before it. */
const ALARM = /^[^\n]{0,100}?(?:^|[\s[|=(])(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC|EMERG|ALERT)\b/;

/** Makes a body of a text that has none: a code and a sentence, or a sentence. Null if the text reports no error. */
function said(words: string, status: number | null): string | null {
  const code = findCode(words, status);
  const headline = code === null ? headlineIn(words) : null;
  if (code === null && status === null && headline === null) return null;
  if (headline !== null) return headline.text;
  // A short text is told by who sends such a text, not by its code.
  if (code !== null && words.trim().length < 20) return words.trim();
  const message = findMessage(words, status, code) || quotaLine(words);
  return code === null ? message : JSON.stringify({ code: code.code, message });
}

/** The headline of a text, unless what follows the phrase is only the path of the request. */
function headlineIn(words: string): Headline | null {
  const headline = readHeadline(words);
  return headline === null || /^\/\S*$/.test(headline.message) ? null : headline;
}

/** Lines that blame a field each: `* spec.selector: Required value`. */
const BLAMED = /^\s{0,8}[*-] ([A-Za-z_$][\w$]{0,60}(?:[.[][\w$\]]{1,60}){1,12}): (\S[^\n]{2,300})$/gm;

function fieldsIn(text: string): { field: string; message: string }[] | null {
  const found = [...text.matchAll(BLAMED)].slice(0, 50).map(([, field = '', message = '']) => ({ field, message }));
  return found.length === 0 ? null : found;
}

function seenIn(text: string, isError = false): { seen?: Seen } {
  const requestId = requestIdIn(text) ?? undefined;
  const tool = findTool(text)?.id;
  const api = findApi(text) ?? undefined;
  if (requestId === undefined && tool === undefined && api === undefined && !isError) return {};
  return { seen: { requestId, tool, ...(api !== undefined && { api }), ...(isError && { isError }) } };
}

/** The line that says that a quota is used up, which decides about a retry wherever it is; "" if there is none. */
function quotaLine(text: string): string {
  const lines = text.split('\n', 50).map((line) => line.slice(0, 1000).trim());
  return lines.find((line) => topicOf(line) === 'quota') ?? '';
}
