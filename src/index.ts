export { explainError } from './clients/explain-error.ts';
export type { Context } from './diagnosis/context.ts';

import type { Context } from './diagnosis/context.ts';

export type { Advice, Category, Confidence } from './model/words.ts';

/**
 * The library: reads and diagnoses errors. It sends nothing and has no dependencies.
 *
 * @example
 * diagnose({ request: null, failure: null, response: { status: 401, headers: {}, body, bytes: body.length, truncated: false } }).id
 */
import { builtIn } from './catalogs/index.ts';
import { diagnose as diagnoseWith } from './diagnosis/diagnose.ts';
import type { Knowledge } from './diagnosis/match/general.ts';
import { readError as readErrorOf } from './diagnosis/read/read-error.ts';
import type { Diagnosis, ErrorBody } from './model/diagnosis.ts';
import type { Exchange } from './model/exchange.ts';

export type { Knowledge } from './diagnosis/match/general.ts';
export type { Catalog, Entry } from './model/catalog.ts';
export type { Cause, Diagnosis, ErrorBody, Field, RetryAdvice } from './model/diagnosis.ts';
export type { Exchange, Failure, Headers, Phase, Request, Response } from './model/exchange.ts';
export { savedResponse } from './model/exchange.ts';
export type { Finding } from './model/finding.ts';

/**
 * The built-in catalogs: those of the APIs and those of statuses, gateways and network failures.
 */
export const knowledge: Knowledge = builtIn;

/**
 * Says what an exchange's error is, why it happened, what to do and whether trying again can help.
 *
 * @param exchange a request and its response or failure; a saved error may have a response only
 * @param context the API if known, and the time in milliseconds against which dates in headers are
 * measured
 * @param catalogs the catalogs to use instead of the built-in ones
 */
export function diagnose(exchange: Exchange, context: Partial<Context> = {}, catalogs: Knowledge = builtIn): Diagnosis {
  return diagnoseWith(exchange, catalogs, { now: Date.now(), ...context });
}

/**
 * Reads code, message, fields and request id out of an error body.
 *
 * @param body the text of the body, or the value parsed from it
 * @param api the id of a built-in catalog whose documented shape is tried first
 */
export function readError(body: unknown, api?: string): ErrorBody {
  return readErrorOf(
    body,
    builtIn.apis.find(({ id }) => id === api),
  );
}
