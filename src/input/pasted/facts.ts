import { requestIdOf } from '../../diagnosis/read/request-id.ts';
import { lowerCaseNames, type Request } from '../../model/exchange.ts';

const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';

/** The forms in which a text names a request: `GET https://…`, `Get "https://…"`, `[GET] to [http://…]`, `PUT https://… - …`. */
const REQUEST = new RegExp(
  `(?:^|[^\\w-])(${METHODS}|${METHODS.split('|')
    .map((m) => m[0] + m.slice(1).toLowerCase())
    .join(
      '|',
    )})["'\\]]{0,2}(?: request)?(?: to| on| for| from)?(?: URL:?| url:?)? ["'\`[(<]{0,2}(https?:\\/\\/[^\\s"'\`<>()\\\\\\]]{4,2000})`,
);

const URL = /\bhttps?:\/\/[^\s"'`<>()\\\]]{4,2000}/i;

/** An id that support asks for, behind its name in any notation. */
const REQUEST_ID =
  /\b(?:x-)?(?:amzn?-)?(?:request|req|correlation|trace|activity|operation|transaction|ray|incident|support|reference|error)[ _-]?id["'\])]{0,2}(?: is)?\s{0,3}[:=]?\s{0,3}["'[(]{0,2}([\w][\w.:+/=-]{4,100}(?:;[\w-]{8,60})?)/gi;

/** The request that a text names with its method; null where it names none. */
export function requestIn(text: string): Request | null {
  const [, method, url] = REQUEST.exec(text) ?? [];
  if (method === undefined || url === undefined) return null;
  return { method: method.toUpperCase(), url: trimmed(url), headers: {}, body: null, named: true };
}

/** The first URL of a text, which says where the answer came from. */
export function urlIn(text: string): string | undefined {
  const found = URL.exec(text)?.[0];
  return found === undefined ? undefined : trimmed(found);
}

/** A URL to which a server redirected with an error, as OAuth does (RFC 6749, section 4.1.2.1). */
const REDIRECT = /https?:\/\/[^\s"'<>]{1,2000}?[?#&](error(?:_?code)?=[^\s"'<>]{1,2000})/i;

/** Parameters of such a URL that belong to the error. */
const OF_REDIRECT = /error|message|detail|reason|desc|code$|trace|correlation|request/i;

/** The error in the parameters of a URL, as a body; null where none has one. */
export function redirectIn(text: string): string | null {
  const [url, query] = REDIRECT.exec(text) ?? [];
  if (url === undefined || query === undefined) return null;
  const all = new URLSearchParams(url.slice(url.search(/[?#]/) + 1).replaceAll(/[?#]/g, '&'));
  const members = [...all].filter(([name, value]) => value !== '' && OF_REDIRECT.test(name));
  return members.some(([name]) => /^error/i.test(name)) ? JSON.stringify(Object.fromEntries(members)) : null;
}

/** A header field on a line of its own, and so much of a text to look for some. */
const FIELD = /^[<\s]{0,8}([A-Za-z][\w-]{2,40}): ([\w.:;=+/-]{5,100})$/gm;
const SEARCHED = 16 * 1024;

/** The id of the request that a text names; null where it names none. */
export function requestIdIn(text: string): string | null {
  const prefixed = /\breq_[A-Za-z0-9]{6,60}\b/.exec(text)?.[0];
  if (prefixed !== undefined) return prefixed;
  for (const [, id = ''] of text.matchAll(REQUEST_ID)) {
    const plain = id.replace(/(?<![.,:;/+-])[.,:;/+-]+$/, '');
    // A word is none.
    if (/\d/.test(plain) && plain.length > 4) return plain;
  }
  const fields = [...text.slice(0, SEARCHED).matchAll(FIELD)].map(([, name = '', value = '']) => [name, value]);
  return requestIdOf(lowerCaseNames(Object.fromEntries(fields)));
}

const trimmed = (url: string): string => url.replace(/(?<![.,;:])[.,;:]+$/, '');
