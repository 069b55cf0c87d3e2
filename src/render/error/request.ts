import { parseJson } from '../../json/read.ts';
import type { Request } from '../../model/exchange.ts';
import type { RetryPlan } from '../../model/report.ts';
import { MASK } from '../../secrets/secrets.ts';
import { formatDuration } from '../../text/duration.ts';
import { shellCommand, type Variable, type Word } from '../../text/shell.ts';
import { visible, visibleLine, wrap } from '../text.ts';
import { listOf } from '../words.ts';

/** How to show the key of a request. */
export interface ShownKey {
  /** The header that carries it, in lower case; null for a parameter of the query. */
  header: string | null;
  /** The parameter of the query that carries it. */
  query: string | null;
  /** True if the key is a user and a password, which the header holds in base64. */
  isBasic: boolean;
  /** The header's value with the key masked: `Bearer [redacted]`. */
  masked: string;
  /** The header's value in parts, with a variable for the key: `Bearer `, VICTIMS_API_KEY. */
  credential: (string | Variable)[];
  /** Its source: `from RAPTOR_COMPLY_API_KEY, fingerprint 1a2b3c`. */
  origin: string;
}

/**
 * Shows the request that would be sent, and its retry plan.
 *
 *     GET https://api.raptormaps.com/cyber-assets
 *     accept: application/json
 *     x-api-key: [redacted]  (from RAPTOR_COMPLY_API_KEY, fingerprint 1a2b3c)
 *
 *     Retry: up to 4 times, after 1 s, 2 s, 4 s and 8 s; at most 17 s of backoff in total
 */
export function renderDryRun(
  request: Request,
  key: ShownKey | null,
  withheld: { what: string; why: string }[],
  plan: RetryPlan,
  width: number,
): string {
  const lines = [`${request.method} ${request.url}`];
  for (const [name, value] of Object.entries(request.headers)) {
    lines.push(key?.header === name ? `${name}: ${key.masked}  (${key.origin})` : `${name}: ${visibleLine(value)}`);
  }
  if (withheld.length > 0) lines.push('', ...withheld.map(({ what, why }) => `${what} would not be sent: ${why}.`));
  if (request.body !== null) lines.push('', visible(request.body));
  lines.push('', ...wrap(planSentence(plan), width), 'Nothing was sent.');
  return `${lines.join('\n')}\n`;
}

function planSentence(plan: RetryPlan): string {
  const { retries, waitsMs, totalMs } = plan;
  if (retries === 0) return 'Retry: off; enable it with --retry';
  const waits = waitsMs.map(formatDuration);
  const times = retries === 1 ? 'once' : `${retries} times`;
  return `Retry: up to ${times}, after ${listOf(waits)}, or longer if the server asks; at most ${formatDuration(totalMs)} of backoff in total (${figuresFrom(plan)})`;
}

/** The backoff parameters in words. */
const FIGURES = { base: 'first wait', factor: 'factor', jitter: 'jitter', cap: 'longest wait', retries: 'number' };

/** Whose figures these are: the API documents all, some or none of them. */
function figuresFrom({ documented }: RetryPlan): string {
  const names = documented.map((name) => FIGURES[name]);
  if (names.length === Object.keys(FIGURES).length) return 'all as the API documents them';
  if (names.length === 0) return 'figures that are not documented by the API';
  return `the API documents the ${listOf(names)}; the rest is general`;
}

/** What a curl command has beside the request itself. */
export interface CurlExtras {
  /** The options for a body that is not text; null for text. */
  body: string[][] | null;
  /** The options that say how to reach the server. */
  options: string[][];
}

/** The equivalent curl command; credentials become shell variables. */
export function renderCurl(
  request: Request,
  key: ShownKey | null,
  isSensitive: (name: string) => boolean,
  more: CurlExtras | null = null,
): string {
  const { method, url, body } = request;
  const spelling = more?.body ?? (body === null ? [] : [['--data-raw', withoutLastBreak(body)]]);
  const isForm = spelling.some(([option]) => option === '-F' || option === '--form-string');
  // A name that is not a token (RFC 9110, section 5.1) cannot be sent by curl.
  const headers = Object.entries(request.headers).filter(
    ([name]) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !(isForm && name === 'content-type'),
  );
  // Header fields that curl would add.
  const added = ['accept', 'user-agent', ...(body === null || isForm ? [] : ['content-type'])];
  const removed = more === null ? [] : added.filter((name) => request.headers[name] === undefined);
  const options: Word[][] = [
    ...(method === 'HEAD' ? [['--head']] : method === 'GET' && body === null ? [] : [['-X', method]]),
    // curl treats brackets and braces in a URL as a pattern.
    ...(/[[\]{}]/.test(url.replaceAll(MASK, '')) ? [['--globoff']] : []),
    ...headers.map(([name, value]): Word[] => {
      if (key?.header === name && key.isBasic) return ['-u', key.credential.slice(1)];
      if (key?.header === name) return ['-H', [`${name}: `, ...key.credential]];
      if (value === '') return ['-H', `${name};`];
      return ['-H', isSensitive(name) ? [`${name}: `, { variable: variableOf(name) }] : `${name}: ${value}`];
    }),
    ...removed.map((name) => ['-H', `${name}:`]),
    ...spelling,
    ...(more?.options ?? []),
  ];
  return `${shellCommand({ program: ['curl'], positionals: [urlWord(url, key)], options, separator: ' \\\n  ' })}\n`;
}

/** A URL in which each hidden value is a variable, named for its parameter. */
function urlWord(url: string, key: ShownKey | null): Word {
  const [first = '', ...rest] = url.split(MASK);
  let before = first;
  const parts: (string | Variable)[] = [first];
  for (const text of rest) {
    const [, name = 'secret'] = /[?&]([^=&]+)=[^&]*$/.exec(before) ?? [];
    const ofKey = key?.query === name ? key.credential.find((part) => typeof part !== 'string') : undefined;
    parts.push(ofKey ?? { variable: variableOf(name) }, text);
    before += text;
  }
  return rest.length === 0 ? url : parts;
}

/** Line breaks at the end of JSON are insignificant and cannot be shown in a command. */
function withoutLastBreak(body: string): string {
  return parseJson(body) === undefined ? body : body.trimEnd();
}

/** The shell variable to use for the value of a header. */
export function variableOf(header: string): string {
  return header
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');
}
