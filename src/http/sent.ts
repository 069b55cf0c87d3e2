import type { Certificate, Exchange, Headers } from '../model/exchange.ts';
import type { Timings } from '../model/report.ts';

/** The result of sending a request once. */
export interface Sent {
  exchange: Exchange;
  httpVersion: string;
  timings: Timings;
  /** The redirects that were followed, in order. */
  redirects: Hop[];
  /** The proxy, and the variable that names it. */
  proxy: { host: string; from: string } | null;
  /** The connection of the last request; null without a response. */
  connection: Connection | null;
  notes: string[];
}

/** A redirect that was followed. */
export interface Hop {
  method: string;
  /** The URL that redirected. */
  url: string;
  status: number;
  /** The value of its Location header, as it came. */
  location: string;
}

/** A connection, and what went over it. */
export interface Connection {
  /** `127.0.0.1:443`, that of a proxy if there is one. */
  address: string | null;
  /** The header fields as sent, including those that the client adds. */
  headers: Headers;
  tls: {
    /** `TLSv1.3` */
    protocol: string;
    /** The IANA name of the cipher suite. */
    cipher: string;
    certificate: Certificate | null;
  } | null;
}
