import type { Exchange } from './exchange.ts';
import type { Result } from './report.ts';

/** One error of an input, and where in it it stands; null where there is only one. */
export interface SavedError {
  name: string | null;
  exchange: Exchange;
  /** What a report of errprobe tells beside the exchange. */
  told?: Partial<Pick<Result, 'attempts' | 'timings'>>;
}
