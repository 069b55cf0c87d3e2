import { type Exchange, type Headers, type Request, savedResponse } from '../model/exchange.ts';
import { lookup } from '../text/lookup.ts';

const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})\b.*$/;
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/\d(?:\.\d)?$/;
const BEGINNING = /^(?:HTTP\/\d|[A-Z]+ \S+ HTTP\/\d)/;

/**
 * Reads a response as printed by `curl -i` and HTTPie, after the request if that is printed too
 * (`http -v`). Of several in a row (100 Continue, redirects) the last counts. Null for a text that
 * does not start like HTTP.
 */
export function readRawHttp(text: string): Exchange | null {
  if (!BEGINNING.test(text)) return null;
  let rest = text.replaceAll('\r\n', '\n');
  let request: Request | null = null;
  let last: { status: number; headers: Headers; body: string } | null = null;
  for (;;) {
    const [head, body] = splitHead(rest);
    const [first = '', ...fields] = head.split('\n');
    const [, status] = STATUS_LINE.exec(first) ?? [];
    const [, method, target] = REQUEST_LINE.exec(first) ?? [];
    if (status !== undefined) {
      last = { status: Number(status), headers: readFields(fields), body };
      // Only interim responses and redirects are followed by another; the body of any other may
      // contain anything.
      if (!/^[13]/.test(status)) break;
    } else if (method !== undefined && target !== undefined && request === null) {
      request = requestOf(method, target, readFields(fields));
    } else {
      break;
    }
    const next = /(?:^|\n)(?=HTTP\/\d(?:\.\d)? \d{3}\b)/.exec(body);
    if (next === null) break;
    rest = body.slice(next.index + next[0].length);
  }
  if (last === null) return null;
  // Only the last body is measured: each of many in a row includes all that follow.
  const { status, headers, body } = last;
  const chunked = /chunked/i.test(headers['transfer-encoding'] ?? '');
  return { request, response: savedResponse(chunked ? joinChunks(body) : body, status, headers), failure: null };
}

/**
 * Reads the combined output of `curl -v`: `>` the request, `<` the response, `*` and braces curl's
 * remarks, and the body between them. Null for any other text.
 */
export function readVerboseCurl(text: string): Exchange | null {
  if (!/^< HTTP\//m.test(text)) return null;
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const sent = lines.filter((line) => /^> /.test(line)).map((line) => line.slice(2));
  const lastStatus = lines.findLastIndex((line) => /^< HTTP\//.test(line));
  const lastHeader = lines.findLastIndex((line) => /^<(?: |$)/.test(line));
  const received = lines.slice(lastStatus, lastHeader + 1).filter((line) => /^< /.test(line));
  const body = lines
    .slice(lastHeader + 1)
    .filter(
      (line) =>
        !/^[*<>] |^[{}] \[|^\s*[\d.]+ +[\d.kMG]+ .*--:--:--|^\s*(?:\[?snip\]?|\[?(?:\.{3}|…)\]?)\s*$/i.test(line),
    );

  const [, status] = STATUS_LINE.exec(received[0]?.slice(2) ?? '') ?? [];
  const lastRequest = sent.findLastIndex((line) => REQUEST_LINE.test(line));
  const [, method, target] = REQUEST_LINE.exec(sent[lastRequest] ?? '') ?? [];
  const scheme = /^\* .*\b(?:SSL|TLS|port 443\b)/m.test(text) ? 'https' : 'http';
  const headers = readFields(received.slice(1).map((line) => line.slice(2)));
  return {
    request:
      method === undefined || target === undefined
        ? null
        : requestOf(method, target, readFields(sent.slice(lastRequest + 1)), scheme),
    response: savedResponse(body.join('\n').trim(), Number(status), headers),
    failure: null,
  };
}

/** A response in quotes with its ends of lines escaped, as Emacs and Ruby print it; Ruby prints a line of it at a time. */
const QUOTED = /"(HTTP\/\d(?:\.\d)? \d{3}(?: [A-Za-z ]{0,40})?\\(?:r|015)\\n(?:[^"\\\n]|\\[^\n]){10,20000})"/;
const RECEIVED = /^-> "((?:[^"\\\n]|\\[^\n]){0,20000})"$/gm;

/** Reads a response that a program printed in quotes; null where a text has none. */
export function readQuotedHttp(text: string): Exchange | null {
  if (!text.includes('"HTTP/')) return null;
  const received = [...text.matchAll(RECEIVED)].map(([, part = '']) => part);
  const start = received.findLastIndex((part) => part.startsWith('HTTP/'));
  const quoted = start < 0 ? QUOTED.exec(text)?.[1] : received.slice(start).join('');
  if (quoted === undefined) return null;
  const plain = quoted.replaceAll(/\\(015|.)/g, (_, char: string) => ESCAPES[char] ?? char);
  return /\r\n\r\n/.test(plain) ? readRawHttp(plain) : null;
}

const ESCAPES: Record<string, string> = { '015': '\r', r: '\r', n: '\n', t: '\t' };

function splitHead(text: string): [head: string, body: string] {
  const end = text.indexOf('\n\n');
  // No field begins so: the empty line was lost before a body of JSON or markup.
  const start = text.search(/\n[{[<]/);
  if (start >= 0 && (end < 0 || start < end)) return [text.slice(0, start), text.slice(start + 1)];
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 2)];
}

/**
 * Decodes chunks as printed by `curl --raw` (RFC 9112, section 7.1); a body without chunks is
 * returned unchanged.
 */
function joinChunks(body: string): string {
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at);
    const [, size] = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(bytes.toString('utf8', at, end < 0 ? bytes.length : end)) ?? [];
    if (size === undefined) return body;
    const length = Number.parseInt(size, 16);
    if (length === 0 || end < 0) break;
    parts.push(bytes.subarray(end + 1, end + 1 + length));
    // A line feed alone may end the chunk.
    at = end + 1 + length + 1;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A request does not contain the scheme; https is assumed unless something else tells. */
function requestOf(method: string, target: string, headers: Headers, scheme = 'https'): Request {
  const url = /^https?:/.test(target) ? target : `${scheme}://${headers.host ?? 'unknown'}${target}`;
  return { method, url, headers, body: null };
}

/** Header fields with names in lower case; repeated ones are joined (RFC 9110, section 5.2). */
function readFields(lines: string[]): Headers {
  const headers: Headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = lookup(headers, name);
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`;
  }
  return headers;
}
