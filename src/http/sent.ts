import type { Exchange } from '../model/exchange.ts';
import type { Timings } from '../model/report.ts';

/** The result of sending a request once. */
export interface Sent {
  exchange: Exchange;
  httpVersion: string;
  timings: Timings;
  /** The URLs that redirected, in order. */
  redirects: string[];
  /** The proxy, and the variable that names it. */
  proxy: { host: string; from: string } | null;
  notes: string[];
}
