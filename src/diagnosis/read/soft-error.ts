import type { Answerer, ErrorBody } from '../../model/diagnosis.ts';
import type { Exchange, Response } from '../../model/exchange.ts';
import { isAlwaysError } from '../envelopes/read-envelope.ts';
import { topicOf } from '../verdict/words.ts';
import { isObject } from './blamed.ts';
import type { Content } from './content.ts';
import { failingMember } from './failing.ts';
import { isOnlyError } from './page.ts';

/** A path that belongs to an API by its looks. */
const API_PATH = /\/(?:api|rest|v\d+)\/|\/graphql\b|^https?:\/\/api\./i;

/** A page whose texts come from a script: what a site shows for every path that it does not know. */
const SCRIPTED_PAGE = /<(?:div|main)[^>]{0,100} id=["']?(?:root|app|__next|__nuxt)\b|<app-root\b/i;

/** The errors that PHP prints into a response that has begun. */
const FATAL = /^\s*(?:<br ?\/?>\s*<b>|PHP )?(?:Fatal|Parse) error(?:<\/b>)?: /;

/** A text that begins as those of gateways for short messages do: `ERR: 001, Authentication failed`. */
const COMPLAINT =
  /^\s*(?:error|err|failed|failure)(?: ?[:|,-] ?| \d{1,4}\b)(?!\s*(?:none|no|null|ok|false|0)\b)[^\n]{3,180}\s*$/i;
/** A number, a bar and a sentence; a negative one may have a colon. */
const BARRED = /^\s*(?:\d{1,5}\||-\d{1,4}[|:] ?)([^|\n]{3,100})(?:\||$)/;

/** A success, and what was read of it. */
export interface Success {
  request: Exchange['request'];
  response: Response;
  content: Content;
  error: ErrorBody;
  answerer: Answerer | null;
  /** True when the API is known, which answers with JSON. */
  known: boolean;
}

/**
 * Why a 2xx is a failure all the same, or null when it is none. Only what says so expressly counts: a success must not
 * be called a failure because it has a member named `error`.
 */
export function softError({ request, response, content, error, answerer, known }: Success): string | null {
  const { headers } = response;
  if (answerer?.kind === 'challenge') return `${answerer.name} answered with a challenge for browsers`;
  if (answerer?.page) return `the body is a page of ${answerer.name}`;
  const grpc = headers['grpc-status'];
  if (grpc !== undefined && grpc !== '0') return `grpc-status is ${grpc}`;
  if (headers['x-amz-function-error'] !== undefined) return 'the function ended with an error';
  if (isAlwaysError(error.envelope) || isProblem(response, error, content.value))
    return `the body is an error of the form ${error.envelope}`;
  if (content.kind === 'json' || content.kind === 'xml' || content.kind === 'form') return failingMember(content.value);
  if (FATAL.test(response.body.slice(0, 200))) return 'the body is a fatal error of the program';
  if (response.page !== undefined && isOnlyError(response.page)) return 'the body is the text of an error';
  const start = response.body.slice(0, 200);
  if (COMPLAINT.test(start) || topicOf(BARRED.exec(start)?.[1] ?? '') !== null)
    return 'the body is the text of an error';
  if (content.kind === 'stream') return 'the stream ended with an error';
  return brokenBody(response, known, request?.url ?? '');
}

/** RFC 9457: a title beside a detail may as well be those of an article; a status or a type of problem is not. */
function isProblem({ headers }: Response, { envelope, status, code }: ErrorBody, value: unknown): boolean {
  if (envelope !== 'problem+json') return false;
  // The status of a page beside its title may be what was asked for.
  const isTold = isObject(value) && (value.detail ?? value.type ?? value.instance) !== undefined;
  return (
    ((status ?? 0) >= 400 && isTold) || /[/:]/.test(code ?? '') || /problem\+json/.test(headers['content-type'] ?? '')
  );
}

/** Signs of a failure in a body that is not JSON. */
function brokenBody({ headers, body, truncated }: Response, known: boolean, url: string): string | null {
  const start = body.slice(0, 64 * 1024);
  const type = headers['content-type'] ?? '';
  if (/html/.test(type) || /^\s*<(?:!doctype )?html/i.test(start)) {
    if (/<input[^>]{1,500}type=["']?password/i.test(start)) return 'the body is a page to log in';
    const isApi = known || (API_PATH.test(url) && SCRIPTED_PAGE.test(start));
    return isApi ? 'the body is a page, not JSON' : null;
  }
  if (truncated || headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return null;
  // Without a length, a connection that is cut looks like one that is done.
  return /json/.test(type) && breaksOff(body) ? 'the JSON breaks off' : null;
}

/** True for JSON that is right up to its end, where something is still open. Linear in the length. */
function breaksOff(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return quoted || depth > 0;
}
