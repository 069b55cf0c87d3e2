import { builtIn } from '../catalogs/index.ts';
import type { Context } from '../diagnosis/context.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { readThrown } from './thrown.ts';

/**
 * Explains what a program caught: the exception of axios, fetch, got, ky, node-fetch, superagent, undici or of an SDK, or a
 * `Response` that it did not expect. Null for an exception that is about no request.
 *
 * @param thrown what was caught; a `Response` can still be read afterwards
 * @param context the API if known, and the time in milliseconds against which dates in headers are measured
 * @param catalogs the catalogs to use instead of the built-in ones
 * @example
 * import axios from 'axios';
 * import { explainError } from 'errprobe';
 *
 * try {
 *   await axios.get('https://api.example.com/missing');
 * } catch (error) {
 *   const diagnosis = await explainError(error);
 *   console.log(diagnosis?.title); // Nothing was found at this URL
 * }
 */
export async function explainError(
  thrown: unknown,
  context: Partial<Context> = {},
  catalogs: Knowledge = builtIn,
): Promise<Diagnosis | null> {
  const read = await readThrown(thrown);
  if (read === null) return null;
  return diagnose(read.exchange, catalogs, { now: Date.now(), api: read.api, ...context });
}
