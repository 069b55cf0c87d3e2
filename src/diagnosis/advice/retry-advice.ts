import { valueAt } from '../../json/pointer.ts';
import type { Catalog, Entry, RetryRule } from '../../model/catalog.ts';
import { fromOf, wordsOf } from '../../model/catalog-text.ts';
import type { ErrorBody, RetryAdvice } from '../../model/diagnosis.ts';
import type { Exchange, Response } from '../../model/exchange.ts';
import type { Advice, From } from '../../model/words.ts';
import { isStatus } from '../match/entry.ts';
import type { Content } from '../read/content.ts';
import { RETRYING_MAY_HELP, readRetryHint } from './retry-hint.ts';

/** RFC 9110, section 9.2.2, and QUERY of RFC 10008: sending one again has no further effect. */
export const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PUT', 'DELETE']);

/** Phases of a failure in which no byte of the request has been sent. */
const BEFORE_SENDING = new Set(['dns', 'connect', 'tls']);

/** The facts behind the advice, besides the exchange. */
export interface AdviceSource {
  /** The entry of the error, and its catalog. */
  found: { entry: Entry; catalog: Catalog } | null;
  /** The API that was called, where it is known. */
  api: Catalog | undefined;
  status: number | null;
  error: ErrorBody | null;
  /** The body of the response, parsed. */
  content: Content | null;
  /** The local time in milliseconds since 1970. */
  now: number;
}

/**
 * Whether trying again can help, and whether it is free of risk.
 *
 * The server's express word counts most, then what the API's document says of this status and method, then the entry.
 * How long to wait is the response's to say; a time alone never makes an error worth retrying that is not.
 *
 * @returns the advice, and whether the API's document gives it
 */
export function retryAdvice(exchange: Exchange, source: AdviceSource): RetryAdvice & { from: From } {
  const { response } = exchange;
  const { found, api, error, now } = source;
  const after = found?.entry.retry.after;
  const documented = after === undefined ? null : { ms: after, from: 'the documentation' };
  const hint = response === null ? null : (readRetryHint(response.headers, error, now) ?? documented);
  const rule = ruleFor(api, exchange, source.status);
  const caution = cautionOf(exchange, source, rule, hint !== null);
  const wait = { afterMs: hint?.ms ?? null, afterFrom: hint?.from ?? null, safe: caution === null, caution };

  const word = response === null ? null : serverWord(response, source.content?.value, error?.message ?? null);
  if (word?.retry === false) {
    return { advice: 'never', reason: `the server says so (${word.from})`, from: 'general', ...wait };
  }
  const known = adviceOf(exchange, source, rule);
  // A quota comes back at the time that the response names.
  const comesBack = source.status === 429 && hint !== null && found?.catalog.general === true;
  const helps = known.advice === 'backoff' || known.advice === 'wait' || (comesBack && known.advice === 'after-action');
  if (!helps && word === null) return { ...known, ...wait };
  const said = helps ? known : { reason: `the server says so (${word?.from})`, from: 'general' as const };
  if (hint !== null) return { ...said, advice: 'wait', ...wait };
  // Without the header that says how long, a limit is backed off from; a quota has to be waited for all the same.
  const isQuota = known.advice === 'wait' && found?.entry.category === 'quota' && !found.catalog.general;
  return { ...said, advice: response === null || isQuota ? known.advice : 'backoff', ...wait };
}

/** A rule that names the method comes before the API's own entry, and every rule before general knowledge. */
function adviceOf(
  { response }: Exchange,
  { found, api }: AdviceSource,
  rule: RetryRule | undefined,
): { advice: Advice; reason: string; from: From } {
  const own = found !== null && found.catalog === api;
  // A rule for network errors speaks of those that pass, not of a certificate or a name that does not exist.
  const ruled = rule !== undefined && response !== null && (rule.methods !== undefined || !own);
  if (ruled) return { advice: rule.advice, reason: rule.reason, from: 'documented' };
  if (found === null) return { advice: 'never', reason: 'nothing is known about this error', from: 'general' };
  const { advice, reason } = found.entry.retry;
  return { advice, reason: wordsOf(reason), from: fromOf(reason, found.catalog) };
}

/**
 * The steps, without general advice to retry if the API's document says that a retry does not help.
 *
 * @param advice what came out for the exchange
 */
export function stepsFor(
  steps: string[],
  { found, api }: Pick<AdviceSource, 'found' | 'api'>,
  advice: Advice,
): string[] {
  if (found === null || found.catalog === api || advice !== 'never' || found.entry.retry.advice === 'never')
    return steps;
  const left = steps.filter((step) => !/^(?:Retry|Wait|Try again)\b/.test(step));
  return left.length > 0 ? left : ['Change the request before you send it again.'];
}

/** The first rule of the API's document that holds for a response or a failure. */
export function ruleFor(
  api: Catalog | undefined,
  { request, failure }: Exchange,
  status: number | null,
): RetryRule | undefined {
  return api?.retry?.rules.find((rule) => {
    const fits =
      status === null
        ? rule.failure === true && failure !== null
        : rule.status?.some((pattern) => isStatus(pattern, status)) === true;
    return fits && (rule.methods === undefined || (request !== null && rule.methods.includes(request.method)));
  });
}

/** The server's own word on retrying, which outweighs any rule. */
function serverWord(
  { headers }: Response,
  body: unknown,
  message: string | null,
): { retry: boolean; from: string } | null {
  for (const name of ['x-should-retry', 'stripe-should-retry']) {
    if (headers[name] === 'true' || headers[name] === 'false') return { retry: headers[name] === 'true', from: name };
  }
  // gRFC A6: a pushback that is negative or no number forbids retrying.
  const pushback = headers['grpc-retry-pushback-ms'];
  if (pushback !== undefined && !/^\d+$/.test(pushback)) return { retry: false, from: 'grpc-retry-pushback-ms' };
  const retryable = valueAt(body, '/cloudflare_error') === true ? valueAt(body, '/retryable') : undefined;
  if (typeof retryable === 'boolean') return { retry: retryable, from: 'retryable in the body' };
  if (valueAt(body, '/error/is_transient') === true) return { retry: true, from: 'is_transient in the body' };
  return message !== null && RETRYING_MAY_HELP.test(message) ? { retry: true, from: 'the message' } : null;
}

/**
 * Why repeating the request could do a thing twice, or null where it cannot: nothing of it was ever sent, the response
 * says that nothing was done (429; 503 with a time to come back), the API's document calls it safe, its method is
 * idempotent, or it carries the idempotency key that the API documents.
 */
function cautionOf(
  exchange: Exchange,
  { api, error }: AdviceSource,
  rule: RetryRule | undefined,
  hinted: boolean,
): string | null {
  const { request, response, failure } = exchange;
  // RFC 9113, section 8.7: a refused stream was not processed at all.
  if (failure !== null && (BEFORE_SENDING.has(failure.phase) || failure.code === 'NGHTTP2_REFUSED_STREAM')) return null;
  const status = response?.status ?? null;
  // A 408, 421 or 425 does not count: the one who answers so may be a gateway that has passed the request on.
  if (status !== null && (status === 429 || (status === 503 && hinted))) return null;
  const done = `this ${request?.method ?? 'request'} may have been carried out, so check first`;
  if (rule?.safe === false) return `check first whether this ${request?.method ?? 'request'} was carried out`;
  // The document speaks of the API's own errors, not of a gateway's before it.
  if (rule?.safe === true && (api === undefined || response === null || error?.envelope === api.id)) return null;
  if (request !== null && IDEMPOTENT.has(request.method)) return null;

  const header = api === undefined ? 'Idempotency-Key' : api.retry?.idempotencyHeader;
  if (header !== undefined && request?.headers[header.toLowerCase()] !== undefined) return null;
  if (header !== undefined) return `${done} or send an ${header}`;
  const isKeyed = request?.headers['idempotency-key'] !== undefined;
  return isKeyed ? `${done}; ${api?.name} documents no idempotency key and may ignore the one sent` : done;
}
