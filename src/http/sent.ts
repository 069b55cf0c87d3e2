import type { Exchange } from '../model/exchange.ts';
import type { Timings } from '../model/report.ts';

/** What came of sending a request once. */
export interface Sent {
  exchange: Exchange;
  httpVersion: string;
  timings: Timings;
  /** The URLs that redirects led away from, the first one first. */
  redirects: string[];
  /** The proxy that it went through, and the variable that names it. */
  proxy: { host: string; from: string } | null;
  notes: string[];
}
