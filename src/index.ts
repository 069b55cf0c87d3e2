/**
 * Reads and diagnoses errors of HTTP APIs. It sends nothing and has no dependencies.
 *
 * @module errprobe
 */
export { explainError } from './clients/explain-error.ts';
export type { Context } from './diagnosis/context.ts';

import type { Context } from './diagnosis/context.ts';

export type { Advice, Category, Confidence } from './model/words.ts';

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
 *
 * @example
 * import { diagnose, knowledge, savedResponse } from 'errprobe';
 *
 * const response = savedResponse('{"error":"Unauthorized","message":"API key has expired"}', 401);
 * const catalogs = { ...knowledge, apis: [] };
 * console.log(diagnose({ request: null, response, failure: null }).id); // raptor-comply/expired-api-key
 * console.log(diagnose({ request: null, response, failure: null }, {}, catalogs).id); // http/unauthorized
 */
export const knowledge: Knowledge = builtIn;

/**
 * Says what an exchange's error is, why it happened, what to do and whether trying again can help.
 *
 * @param exchange a request and its response or failure; a saved error may have a response only
 * @param context the API if known, and the time in milliseconds against which dates in headers are
 * measured
 * @param catalogs the catalogs to use instead of the built-in ones
 * @example
 * import { diagnose, savedResponse } from 'errprobe';
 *
 * const request = { method: 'GET', url: 'https://api.raptormaps.com/cyber-assets', headers: {}, body: null };
 * const response = savedResponse('{"error":"Unauthorized","message":"Missing X-API-Key header"}', 401);
 * const { id, causes, retry } = diagnose({ request, response, failure: null });
 * console.log(id, retry.advice); // raptor-comply/missing-api-key never
 * console.log(causes[0].verdict, causes[0].evidence); // confirmed the request has no X-API-Key header
 */
export function diagnose(exchange: Exchange, context: Partial<Context> = {}, catalogs: Knowledge = builtIn): Diagnosis {
  return diagnoseWith(exchange, catalogs, { now: Date.now(), ...context });
}

/**
 * Reads code, message, fields and request id out of an error body.
 *
 * @param body the text of the body, or the value parsed from it
 * @param api the id of a built-in catalog whose documented shape is tried first
 * @example
 * import { readError } from 'errprobe';
 *
 * const { code, fields } = readError({ code: 'invalid', errors: [{ field: 'email', message: 'is already taken' }] });
 * console.log(code, fields[0].path, fields[0].message); // invalid /email is already taken
 */
export function readError(body: unknown, api?: string): ErrorBody {
  return readErrorOf(
    body,
    builtIn.apis.find(({ id }) => id === api),
  );
}
