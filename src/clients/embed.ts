/**
 * Explains errors by a catalog of your own, in a program that ships with it.
 *
 * @module errprobe/embed
 */
import { retryAdvice } from '../diagnosis/advice/retry-advice.ts';
import { matchEntry } from '../diagnosis/match/entry.ts';
import { documentedIn, NOTHING } from '../diagnosis/read/documented.ts';
import { statusPhrase } from '../diagnosis/status.ts';
import type { Catalog, Entry } from '../model/catalog.ts';
import { wordsOf } from '../model/catalog-text.ts';
import type { ErrorBody, RetryAdvice } from '../model/diagnosis.ts';
import type { Exchange, Request, Response } from '../model/exchange.ts';
import type { Category } from '../model/words.ts';
import { lookup } from '../text/lookup.ts';
import { fillTemplate } from '../text/template.ts';
import { isFetchResponse, readBody, responseOf } from './answer.ts';
import { memberAt, textAt } from './member.ts';
import { requestOf } from './requested.ts';

/** The explanation of an error, as a command-line tool or an SDK shows it. */
export interface Explained {
  /** The id of the catalog's entry; null for an error that it does not have. */
  id: string | null;
  status: number | null;
  code: string | null;
  /** What the API said itself. */
  message: string | null;
  requestId: string | null;
  category: Category;
  title: string;
  cause: string;
  /** The first thing to do; null if nothing is known. */
  hint: string | null;
  /** All that can be done. */
  steps: string[];
  retry: Pick<RetryAdvice, 'advice' | 'reason' | 'afterMs' | 'safe'>;
  exitCode: number;
}

/** What `errprobe catalog export --format embed` prints: its form is not yours to rely on. */
export interface EmbeddedCatalog {
  id: string;
  entries: object[];
}

/** What differs from the defaults. */
export interface EmbedOptions {
  /** Exit codes by category; by default those of `errprobe`: 8 for authentication, 7 for a rate limit … */
  exitCodes?: Partial<Record<Category, number>> | undefined;
  /** Milliseconds since 1970, for dates in headers. */
  now?: (() => number) | undefined;
}

/**
 * Explains the errors of one API by its own catalog, in a program that ships with it: nothing else is loaded.
 *
 * @param embedded what `errprobe catalog export --format embed` printed
 * @returns a function that takes a `Response`, or what an HTTP client threw
 * @example
 * import { explainer } from 'errprobe/embed';
 * import errors from './errors.json' with { type: 'json' };
 *
 * const explain = explainer(errors);
 * const response = await fetch('https://api.example.com/orders/17');
 * if (!response.ok) {
 *   const { title, hint, exitCode } = await explain(response);
 *   console.log(title); // There is no such order
 *   console.log(hint); // List your orders with `shop orders`.
 *   process.exitCode = exitCode;
 * }
 */
export function explainer(
  embedded: EmbeddedCatalog,
  options: EmbedOptions = {},
): (thrown: unknown) => Promise<Explained> {
  const catalog = embedded as Catalog;
  return async (thrown) => {
    const exchange = await exchangeOf(thrown);
    const error = errorOf(exchange.response, catalog);
    const status = exchange.response?.status ?? error?.status ?? null;
    const matched = error === null ? null : matchEntry(catalog, status, error, exchange.request);
    const found = { entry: matched?.entry ?? general(status, exchange, error), catalog };
    const now = options.now?.() ?? Date.now();
    const { advice, reason, afterMs, safe } = retryAdvice(exchange, {
      ...{ found, api: catalog, status, error, content: null, now },
    });
    const { category, title, resolution } = found.entry;
    const filled = (text: string) => fillTemplate(text, matched?.values ?? {});
    const cause = found.entry.causes.find(({ message }) => message !== undefined && message === matched?.template);
    const steps = resolution.map((step) => filled(wordsOf(step)));
    return {
      id: matched === null ? null : `${catalog.id}/${found.entry.id}`,
      ...{ status, code: error?.code ?? null, message: error?.message ?? null, requestId: error?.requestId ?? null },
      ...{ category, title },
      cause: filled(cause?.named ?? wordsOf(cause?.text ?? found.entry.cause)),
      hint: steps[0] ?? null,
      steps,
      retry: { advice, reason, afterMs, safe },
      exitCode:
        options.exitCodes?.[category] ?? lookup(EXIT_CODES, category) ?? (status !== null && status >= 500 ? 5 : 4),
    };
  };
}

/** As documented for `errprobe`; all others follow from the status. */
const EXIT_CODES: Partial<Record<Category, number>> = {
  ...{ authentication: 8, permission: 8, 'rate-limit': 7, quota: 7, redirect: 3 },
  ...{ dns: 6, connection: 6, tls: 6, timeout: 6 },
};

async function exchangeOf(thrown: unknown): Promise<Exchange> {
  const request: Request | null = requestOf(thrown);
  const inner = memberAt(thrown, 'response') ?? thrown;
  const response = isFetchResponse(inner) ? await readBody(inner) : responseOf(inner);
  if (response !== null) return { request, response, failure: null };
  const cause = memberAt(thrown, 'cause') ?? thrown;
  const code = textAt(cause, 'code') ?? textAt(thrown, 'code') ?? textAt(thrown, 'name') ?? 'UNKNOWN';
  const message = textAt(cause, 'message') ?? textAt(thrown, 'message') ?? code;
  const phase = /^(?:ENOTFOUND|EAI_)/.test(code)
    ? 'dns'
    : /REFUSED|CONNECT_TIMEOUT/.test(code)
      ? 'connect'
      : 'response';
  return { request, response: null, failure: { phase, code, message } };
}

/** The error as the catalog documents its shape, or the usual members of another. */
function errorOf(response: Response | null, catalog: Catalog): ErrorBody | null {
  if (response === null) return null;
  const value = parsed(response.body);
  const inner = typeof memberAt(value, 'error') === 'object' ? memberAt(value, 'error') : value;
  return (
    documentedIn([value], catalog, response.status) ?? {
      ...NOTHING,
      code: textAt(inner, 'code'),
      message: textAt(inner, 'message') ?? textAt(inner, 'detail') ?? textAt(inner, 'error') ?? textAt(inner, 'title'),
    }
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What the status alone tells: a category, and whether trying again can help. */
const OF_STATUS: Record<number, Category> = {
  ...{ 401: 'authentication', 402: 'quota', 403: 'permission', 404: 'not-found', 408: 'timeout', 409: 'conflict' },
  ...{ 410: 'not-found', 412: 'conflict', 429: 'rate-limit', 502: 'gateway', 503: 'server', 504: 'timeout' },
};

/** An entry for an error that the catalog does not have. */
function general(status: number | null, { failure }: Exchange, error: ErrorBody | null): Entry {
  const passes = status === null ? failure !== null : status === 408 || status === 429 || status >= 500;
  const title = status === null ? 'The server did not answer' : statusPhrase(status) || `Status ${status}`;
  const reason = passes ? 'this may pass' : 'the request must change first';
  return {
    id: 'undocumented',
    match: {},
    category: categoryOf(status, failure),
    title,
    cause: { general: error?.message ?? failure?.message ?? title },
    causes: [],
    resolution: [],
    retry: { advice: passes ? 'backoff' : 'never', reason: { general: reason } },
    source: { doc: '', section: '' },
    see: [],
    headers: {},
  };
}

function categoryOf(status: number | null, failure: Exchange['failure']): Category {
  if (status !== null)
    return OF_STATUS[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'validation' : 'redirect');
  if (failure?.phase === 'dns') return 'dns';
  return /TIMEOUT|TIMEDOUT/i.test(failure?.code ?? '') ? 'timeout' : 'connection';
}
