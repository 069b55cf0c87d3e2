import type { Exchange } from './exchange.ts';
import type { Result } from './report.ts';

/** An error in an input, and its place there; null for a single one. */
export interface SavedError {
  name: string | null;
  exchange: Exchange;
  /** Facts in a report of errprobe beside the exchange. */
  recorded?: Partial<Pick<Result, 'attempts' | 'timings'>>;
}
