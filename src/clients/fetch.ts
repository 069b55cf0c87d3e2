/**
 * A `fetch` that tries again by diagnosis.
 *
 * @module errprobe/fetch
 */
import type { Exchange } from '../model/exchange.ts';
import { headersOf, readBody } from './answer.ts';
import { Attempts, type RetryOptions } from './retrying.ts';
import { readThrown } from './thrown.ts';

export type { RetryEffects, RetryEvent, RetryOptions } from './retrying.ts';

type Fetch = typeof globalThis.fetch;

/**
 * A `fetch` that tries again where the error's diagnosis says that this can help and does nothing twice: as
 * `errprobe call --retry` does. It gives the last response, whatever its status, or throws the last exception, as `fetch`
 * does. A body that is a stream can be sent only once, and aborting the signal ends a wait, too.
 *
 * @param fetch the function to use instead of the global one
 * @example
 * import { retryingFetch } from 'errprobe/fetch';
 *
 * const onRetry = ({ attempt, reason }) => {
 *   console.log(attempt, reason); // 1 the status indicates a temporary condition
 * };
 * const fetch = retryingFetch({ retries: 5, base: 20, onRetry });
 *
 * const response = await fetch('https://api.example.com/busy');
 * console.log(response.status); // 200
 */
export function retryingFetch(options: RetryOptions = {}, fetch: Fetch = globalThis.fetch): Fetch {
  return async (input, init) => {
    if (init?.body instanceof ReadableStream) return await fetch(input, init);
    const attempts = new Attempts(options);
    const request = new Request(input, init);
    for (;;) {
      const outcome = await attempt(fetch, request);
      if ('response' in outcome && outcome.response.status < 400) return outcome.response;
      const exchange = request.signal.aborted ? null : await exchangeOf(request, outcome);
      if (exchange === null || !(await attempts.pause(exchange, request.signal))) {
        if ('response' in outcome) return outcome.response;
        throw outcome.thrown;
      }
      // Frees the connection.
      if ('response' in outcome) await outcome.response.body?.cancel();
    }
  };
}

type Outcome = { response: Response } | { thrown: unknown };

async function attempt(fetch: Fetch, request: Request): Promise<Outcome> {
  try {
    return { response: await fetch(request.clone()) };
  } catch (thrown) {
    return { thrown };
  }
}

async function exchangeOf(request: Request, outcome: Outcome): Promise<Exchange | null> {
  const sent = { method: request.method, url: request.url, headers: headersOf(request.headers), body: null };
  if ('response' in outcome) return { request: sent, response: await readBody(outcome.response), failure: null };
  const read = await readThrown(outcome.thrown);
  return read === null ? null : { ...read.exchange, request: sent };
}
