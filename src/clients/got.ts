/**
 * Lets got try again by diagnosis.
 *
 * @module errprobe/got
 */
import { memberAt } from './member.ts';
import { Attempts, type RetryOptions } from './retrying.ts';
import { readThrown } from './thrown.ts';

export type { RetryEffects, RetryEvent, RetryOptions } from './retrying.ts';

/** The options for got that this gives. */
export interface GotOptions {
  retry: {
    limit: number;
    methods: never[];
    statusCodes: number[];
    errorCodes: string[];
    calculateDelay: (failed: { error: object }) => Promise<number>;
  };
  hooks: { init: ((raw: { context?: Record<string, unknown> }) => void)[] };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'] as never[];
const STATUSES = Array.from({ length: 200 }, (_, n) => 400 + n);
const CODES = [
  ...['ETIMEDOUT', 'ECONNRESET', 'EADDRINUSE', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'ERR_STREAM_PREMATURE_CLOSE'],
];

/**
 * Options that let got try again where the error's diagnosis says that this can help and does nothing twice: as
 * `errprobe call --retry` does. got throws the last error. Times and lists of methods or statuses need not be set.
 *
 * @example
 * import got from 'got';
 * import { retryingGot } from 'errprobe/got';
 *
 * const api = got.extend(retryingGot({ retries: 5, base: 20 }));
 * const { statusCode } = await api('https://api.example.com/busy');
 * console.log(statusCode); // 200
 */
export function retryingGot(options: RetryOptions = {}): GotOptions {
  return {
    retry: {
      // got asks only where its own lists allow it; the diagnosis decides.
      limit: Number.MAX_SAFE_INTEGER,
      methods: METHODS,
      statusCodes: STATUSES,
      errorCodes: CODES,
      async calculateDelay({ error }) {
        const attempts = memberAt(error, 'options.context.errprobe');
        const read = await readThrown(error);
        if (read === null || !(attempts instanceof Attempts)) return 0;
        const waitMs = attempts.next(read.exchange);
        // got takes 0 for no.
        return waitMs === null ? 0 : Math.max(1, waitMs);
      },
    },
    hooks: {
      // A retry is a new request, whose options are a copy with the same members of the context.
      init: [
        (raw) => {
          raw.context = { ...raw.context, errprobe: new Attempts(options) };
        },
      ],
    },
  };
}
