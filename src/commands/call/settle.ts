import { methodOf } from '../../http/method.ts';
import type { Payload } from '../../http/payload.ts';
import { SENT_EMPTY } from '../../http/request.ts';
import { readTarget, type Target } from '../../http/target.ts';
import type { DigestCredentials } from '../../http/transport.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import type { Sink } from '../../terminal/sink.ts';
import { type BodyOptions, hasBody, readBody, readQuery } from './body.ts';
import { type CredentialOptions, credentialsOf } from './credentials.ts';
import type { Item } from './items.ts';
import { isCookie } from './transport.ts';
import { readWords } from './words.ts';

/** The options that describe a request, as curl and HTTPie have them. */
export interface RequestOptions extends Omit<BodyOptions, 'items'>, CredentialOptions {
  /** The method, the target and HTTPie's items. */
  words: string[];
  /** The target, if an option names it. */
  url?: string | undefined;
  api?: string | undefined;
  /** The method, if an option names it. */
  request?: string | undefined;
  /** Sends the data in the query. */
  get?: boolean | undefined;
  head?: boolean | undefined;
  query: [string, string][];
  headers: Headers;
  userAgent?: string | undefined;
  referer?: string | undefined;
  range?: string | undefined;
  /** Cookies, `name=value; …`, or the file of a cookie jar. */
  cookie?: string | undefined;
}

/** A request as the command line describes it, before an API's settings apply. */
export interface SettledRequest {
  method: string;
  target: Target;
  query: [string, string][];
  encodedQuery: string | null;
  headers: Headers;
  /** Header fields that a file sets for its hosts. */
  sharedHeaders: Headers;
  digest: DigestCredentials | null;
  payload: Payload | null;
}

/** Reads the words and options of a request. Files and passwords are read later. */
export function readRequest(options: RequestOptions): { method: string; target: Target; items: Item[] } {
  const words = options.url === undefined ? options.words : [options.url, ...options.words];
  const read = readWords(words, options.request !== undefined || options.url !== undefined);
  const bodied = hasBody({ ...options, items: read.items });
  const implied = options.head
    ? 'HEAD'
    : options.uploadFile !== undefined
      ? 'PUT'
      : bodied && !options.get
        ? 'POST'
        : 'GET';
  const method = methodOf(options.request ?? read.method ?? implied);
  return { method, target: readTarget(read.target, options.api !== undefined), items: read.items };
}

/**
 * Settles a request: reads its files, and asks for a password that is missing.
 *
 * @param baseUrl the address of the API to which a path belongs
 * @throws UsageError for anything that contradicts itself or cannot be read
 */
export async function settleRequest(
  options: RequestOptions,
  { method, target, items }: ReturnType<typeof readRequest>,
  baseUrl: string | null,
  effects: Effects,
  err: Sink,
): Promise<SettledRequest> {
  const url = target.kind === 'url' && URL.canParse(target.url) ? new URL(target.url) : null;
  const headers = headersOf(options, items);
  const base = baseUrl !== null && URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const { authorization, digest, isShared } = await credentialsOf(options, url ?? base, headers, effects, err);
  const sharedHeaders: Headers = {};
  if (authorization !== null) (isShared ? sharedHeaders : headers).Authorization = authorization;
  if (options.get && (options.parts ?? []).length > 0)
    throw new UsageError('-G sends data in the query: it does not go with -F');
  const inQuery = options.get ? (options.data ?? []) : [];
  return {
    method,
    target: url === null ? target : { kind: 'url', url: withoutCredentials(url, target) },
    query: [
      ...options.query,
      ...items.flatMap(({ kind, name, value }) => (kind === 'query' ? [[name, value] as [string, string]] : [])),
    ],
    encodedQuery: inQuery.length === 0 ? null : await readQuery(inQuery, effects),
    headers,
    sharedHeaders,
    digest,
    payload: await readBody({ ...options, items, data: options.get ? [] : options.data }, headers, effects),
  };
}

/** The headers of all options; an empty value removes one. */
function headersOf({ headers, userAgent, referer, range, cookie }: RequestOptions, items: Item[]): Headers {
  const named = {
    'User-Agent': userAgent,
    Referer: referer,
    Range: range === undefined ? undefined : `bytes=${range}`,
    Cookie: cookie !== undefined && isCookie(cookie) ? cookie : undefined,
  };
  const byOption = Object.entries(named).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const byItem = items.flatMap(({ kind, name, value }): [string, string][] =>
    kind === 'header' ? [[name, value.trim()]] : kind === 'empty-header' ? [[name, SENT_EMPTY]] : [],
  );
  return { ...Object.fromEntries(byOption), ...headers, ...Object.fromEntries(byItem) };
}

function withoutCredentials(url: URL, target: Target): string {
  if (target.kind !== 'url' || (url.username === '' && url.password === ''))
    return target.kind === 'url' ? target.url : '';
  url.username = '';
  url.password = '';
  return url.href;
}
