import type { Diagnosis } from '../model/diagnosis.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Context, Origin } from './context.ts';
import { describeReading } from './describe-reading.ts';
import { diagnoseFailure } from './diagnose-failure.ts';
import type { Knowledge } from './match/general.ts';
import { matchReading } from './match/reading.ts';
import { type Reading, readResponse } from './reading.ts';

/**
 * Says what an exchange's error is, why it happened, what to do and whether trying again can help.
 *
 * The API's catalog comes first; what it does not document is explained from general knowledge, and said to be
 * undocumented. Pure: the same arguments give the same answer.
 */
export function diagnose(exchange: Exchange, knowledge: Knowledge, context: Context): Diagnosis {
  return diagnoseReading(exchange, readExchange(exchange, knowledge, context), knowledge, context);
}

/** Reads the response of an exchange; null where there is none. */
export function readExchange(exchange: Exchange, knowledge: Knowledge, origin: Origin): Reading | null {
  return exchange.response === null ? null : readResponse(exchange, exchange.response, knowledge, origin);
}

/** The diagnosis of an exchange whose response has been read already. */
export function diagnoseReading(
  exchange: Exchange,
  reading: Reading | null,
  knowledge: Knowledge,
  context: Context,
): Diagnosis {
  if (reading === null) return diagnoseFailure(exchange, knowledge, context);
  const match = matchReading(reading, knowledge, exchange.seen?.api);
  return describeReading(exchange, reading, match, knowledge, context);
}

/** Whether an exchange is an error: a success that nothing calls a failure is none, nor a body without a code, a message or a status of one. */
export function isRecognized(diagnosis: Diagnosis): boolean {
  if (diagnosis.confidence !== 'unrecognized') return true;
  if (diagnosis.status !== null && diagnosis.status < 300) return false;
  return diagnosis.envelope !== 'unknown' && (diagnosis.code !== null || diagnosis.message !== null);
}
