import { valueAt } from '../catalog/pointer.ts';
import { answererOf } from './answered-by.ts';
import type { ErrorBody } from './diagnosis.ts';
import type { Response } from './exchange.ts';
import { parseJson } from './read-error.ts';

/** Envelopes that mean a failure whatever the status. */
const ALWAYS_ERRORS = new Set([
  'anthropic',
  'cloudflare-api',
  'cloudflare-edge',
  'discord',
  'google-rpc',
  'graphql',
  'jsonrpc',
  'kubernetes',
  'lambda',
  'notion',
  'hubspot',
  'oauth2',
  'problem+json',
  'slack',
  'soap11',
  'soap12',
  'aws-xml',
  'xml-rpc',
  'telegram',
  'trpc',
]);

/**
 * Why a 2xx is a failure all the same, or null when it is none. Only what says so expressly counts: a success must not
 * be called a failure because it has a member named `error`.
 */
export function softError(response: Response, error: ErrorBody): string | null {
  const { status, headers, body } = response;
  if (status === null || status < 200 || status >= 300) return null;
  const answerer = answererOf(status, headers, body);
  if (answerer?.kind === 'challenge') return `${answerer.name} answered with a challenge for browsers`;
  const grpc = headers['grpc-status'];
  if (grpc !== undefined && grpc !== '0') return `grpc-status is ${grpc}`;
  if (headers['x-amz-function-error'] !== undefined) return 'the function ended with an error';
  if (ALWAYS_ERRORS.has(error.envelope)) return `the body is an error of the form ${error.envelope}`;

  const value = parseJson(body);
  if (value === undefined) return isLoginPage(headers['content-type'], body) ? 'the body is a page to log in' : null;
  for (const [pointer, ...failing] of SAYS_SO) {
    if (failing.includes(valueAt(value, pointer as string)))
      return `${pointer} in the body is ${JSON.stringify(valueAt(value, pointer as string))}`;
  }
  const code = valueAt(value, '/errcode') ?? valueAt(value, '/error_code');
  if (code !== undefined && code !== null && code !== 0 && code !== '0' && code !== '')
    return `the body has the code ${JSON.stringify(code)}`;
  if (typeof valueAt(value, '/error/message') === 'string' && valueAt(value, '/error/code') !== undefined) {
    return 'the body has an error with code and message';
  }
  const userErrors = valueAt(value, '/data');
  if (typeof userErrors === 'object' && userErrors !== null) {
    const listed = Object.values(userErrors).find(
      (member) => (valueAt(member, '/userErrors') as unknown[] | undefined)?.length,
    );
    if (listed !== undefined) return 'userErrors in the body is not empty';
  }
  return null;
}

/** Members and the values with which they say that it failed: JSend, Elasticsearch's bulk, and common custom. */
const SAYS_SO: [pointer: string, ...failing: unknown[]][] = [
  ['/ok', false],
  ['/success', false],
  ['/status', 'error', 'fail', 'failure'],
  ['/errors', true],
  ['/kind', 'Error'],
];

function isLoginPage(contentType: string | undefined, body: string): boolean {
  return /html/.test(contentType ?? '') && /<input[^>]{1,500}type=["']?password/i.test(body.slice(0, 64 * 1024));
}
