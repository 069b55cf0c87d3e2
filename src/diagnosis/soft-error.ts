import { isInteger, plainNumber } from '../json/number.ts';
import { valueAt } from '../json/pointer.ts';
import { stringify } from '../json/stringify.ts';
import type { Answerer, ErrorBody } from '../model/diagnosis.ts';
import type { Exchange, Response } from '../model/exchange.ts';
import type { Content } from './content.ts';
import { BATCHES } from './envelopes/batches.ts';
import { list, present } from './envelopes/envelope.ts';

/** Envelopes that mean a failure whatever the status. */
const ALWAYS_ERRORS = new Set([
  ...BATCHES.map(({ id }) => id),
  'anthropic',
  'aws-xml',
  'cloudflare-api',
  'cloudflare-edge',
  'discord',
  'google-rpc',
  'graphql',
  'hubspot',
  'jsonrpc',
  'kubernetes',
  'lambda',
  'notion',
  'oauth2',
  'problem+json',
  's3-delete',
  'slack',
  'soap11',
  'soap12',
  'telegram',
  'trpc',
  'webdav-multistatus',
  'xml-rpc',
]);

/** A path that belongs to an API by its looks. */
const API_PATH = /\/(?:api|rest|v\d+)\/|\/graphql\b|^https?:\/\/api\./i;

/** A page whose texts come from a script: what a site shows for every path that it does not know. */
const SCRIPTED_PAGE = /<(?:div|main)[^>]{0,100} id=["']?(?:root|app|__next|__nuxt)\b|<app-root\b/i;

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
  if (ALWAYS_ERRORS.has(error.envelope)) return `the body is an error of the form ${error.envelope}`;
  if (content.kind === 'json') return failingMember(content.value);
  if (content.kind === 'stream') return 'the stream ended with an error';
  return brokenBody(response, known, request?.url ?? '');
}

/** What a body that is no JSON says about itself. */
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

/** Members that say that it failed. */
function failingMember(value: unknown): string | null {
  for (const [pointer, ...failing] of SAYS_SO) {
    if (failing.includes(valueAt(value, pointer as string)))
      return `${pointer} in the body is ${stringify(valueAt(value, pointer as string))}`;
  }
  for (const pointer of CODES) {
    const code = valueAt(value, pointer);
    if (!isGood(code)) return `${pointer} in the body is ${stringify(code)}`;
  }
  // A code beside msg and data, as many APIs in China have it; 0 and 200 are their success.
  const code = valueAt(value, '/code');
  if (isInteger(code) && !isGood(code) && typeof valueAt(value, '/msg') === 'string' && present(value, '/data')) {
    return `/code in the body is ${code}`;
  }
  if (typeof valueAt(value, '/error/message') === 'string' && present(value, '/error/code')) {
    return 'the body has an error with code and message';
  }
  const data = valueAt(value, '/data');
  if (typeof data !== 'object' || data === null) return null;
  const listed = Object.values(data).some((member) => list(member, '/userErrors'));
  return listed ? 'userErrors in the body is not empty' : null;
}

/** Members and the values with which they say that it failed: JSend, and common custom. */
const SAYS_SO: [pointer: string, ...failing: unknown[]][] = [
  ['/ok', false],
  ['/success', false],
  ['/Success', false],
  ['/status', 'error', 'fail', 'failure'],
  ['/errors', true],
  ['/kind', 'Error'],
];

/** Members that hold 0 or nothing when all is well. */
const CODES = ['/errcode', '/error_code', '/errno'];
const GOOD = new Set<unknown>([undefined, null, 0, '0', '', 200, '200']);
const isGood = (code: unknown): boolean => GOOD.has(plainNumber(code));

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
