/**
 * Lets axios try again by diagnosis.
 *
 * @module errprobe/axios
 */
import { memberAt } from './member.ts';
import { Attempts, type RetryOptions } from './retrying.ts';
import { readThrown } from './thrown.ts';

export type { RetryEffects, RetryEvent, RetryOptions } from './retrying.ts';

/** The parts of an axios instance that are used. */
export interface Axios {
  // biome-ignore lint/suspicious/noExplicitAny: axios's own types are not here, since axios is not.
  request(config: any): Promise<any>;
  interceptors: {
    response: {
      // biome-ignore lint/suspicious/noExplicitAny: see above.
      use(fulfilled: undefined, rejected: (error: any) => any): number;
      eject(id: number): void;
    };
  };
}

/** The config of a request; axios hands on members that it does not know. */
interface Config {
  signal?: AbortSignal | undefined;
  errprobeAttempts?: () => Attempts;
}

/**
 * Lets an axios instance try again where the error's diagnosis says that this can help and does nothing twice: as
 * `errprobe call --retry` does. axios throws the last error. Aborting the request's signal ends a wait, too.
 *
 * @returns a function that takes it back
 * @example
 * import axios from 'axios';
 * import { retryingAxios } from 'errprobe/axios';
 *
 * const api = axios.create({ baseURL: 'https://api.example.com' });
 * retryingAxios(api, { retries: 5, base: 20 });
 *
 * const { status } = await api.get('/busy');
 * console.log(status); // 200
 */
export function retryingAxios(axios: Axios, options: RetryOptions = {}): () => void {
  const id = axios.interceptors.response.use(undefined, async (error: { config?: Config }) => {
    const { config } = error;
    // A stream has been read: what is sent again would be empty.
    const isSpent =
      typeof memberAt(config, 'data.pipe') === 'function' || typeof memberAt(config, 'data.getReader') === 'function';
    if (config === undefined || config.signal?.aborted || isSpent) throw error;
    const attempts = config.errprobeAttempts?.() ?? new Attempts(options);
    const read = await readThrown(error);
    if (read === null || !(await attempts.pause(read.exchange, config.signal))) throw error;
    return await axios.request({
      ...config,
      errprobeAttempts: () => attempts,
      // The body has been written already.
      transformRequest: (data: unknown) => data,
    });
  });
  return () => axios.interceptors.response.eject(id);
}
