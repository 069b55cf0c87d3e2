import type { Block } from '../text/page.ts';
import { utf8Length } from '../text/utf8.ts';

/** Header fields, names in lower case. Several fields of one name are joined with ", ". */
export type Headers = Record<string, string>;

/** The request of an exchange, as far as it is known. */
export interface Request {
  method: string;
  url: string;
  headers: Headers;
  /** The body as sent, or null for none. */
  body: string | null;
  /** True if a text only names method and URL: nothing is known of headers and body. */
  named?: true | undefined;
}

/** The response of an exchange. */
export interface Response {
  /** The status code, or null if only a body was saved. */
  status: number | null;
  headers: Headers;
  /** The decoded body. Invalid UTF-8 becomes U+FFFD. */
  body: string;
  /** The parsed value of a body that is not JSON: elements of XML as members. */
  parsed?: unknown;
  /** The text of a page, if it was parsed. */
  page?: Block[] | undefined;
  /**
   * Size of the whole body in bytes, after decompression; of a body not read to its end, the size
   * as far as known.
   */
  bytes: number;
  /** True when `body` is only the beginning. */
  truncated: boolean;
  /** The last lines of a longer body, which tell whether a stream ended with an error. */
  end?: string | undefined;
  /** The URL, if only a text about the response names it and nothing is known about the request. */
  url?: string | undefined;
  /** The text of a page that somebody pasted as it was displayed, of which `body` is the sentence. */
  around?: string | undefined;
}

/** The most bytes of a body to diagnose, after decompression. */
export const LONGEST_DIAGNOSED = 10 * 1024 * 1024;

/** The limit in words. */
export const LONGEST_DIAGNOSED_TEXT = `${LONGEST_DIAGNOSED / 1024 / 1024} MiB`;

/** The note about a longer body. */
export const TRUNCATED_NOTE = `Only the first ${LONGEST_DIAGNOSED_TEXT} of the body were diagnosed.`;

/** The phase in which an exchange without a response failed; `timeout` if unknown. */
export type Phase = 'dns' | 'connect' | 'tls' | 'request' | 'response' | 'timeout';

/**
 * The server's certificate. `validFrom` and `validTo` span the whole chain; the rest is the leaf's.
 */
export interface Certificate {
  /** The hosts that it is for. */
  names: string[];
  issuer: string;
  selfSigned: boolean;
  /** ISO 8601. */
  validFrom: string;
  validTo: string;
}

/** Why there was no response. */
export interface Failure {
  phase: Phase;
  /** A Node.js or OpenSSL code: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
  code: string;
  message: string;
  /** The status of the response that had begun. */
  status?: number | undefined;
  /** The rejected certificate. */
  certificate?: Certificate | undefined;
}

/** Details from the text around an error. */
export interface Seen {
  /** The id of the request. */
  requestId?: string | undefined;
  /** The id of the tool that wrote the text. */
  tool?: string | undefined;
  /** The id of the well-known API that this tool, or a library within it, called. */
  api?: string | undefined;
  /** True for a line of a log that calls itself an error by its level. */
  isError?: boolean | undefined;
}

/** A request and its outcome: a response, or a network failure with its phase. */
export interface Exchange {
  request: Request | null;
  response: Response | null;
  failure: Failure | null;
  /** Absent where nothing but the exchange itself is known. */
  seen?: Seen | undefined;
}

/**
 * A response of which only parts are known: a saved body, a status, a few headers.
 *
 * @example
 * import { diagnose, savedResponse } from 'errprobe';
 *
 * const response = savedResponse('{"error":"slow_down"}', 429, { 'Retry-After': '7' });
 * console.log(diagnose({ request: null, response, failure: null }).retry.afterMs); // 7000
 */
export function savedResponse(body: string, status: number | null = null, headers: Headers = {}): Response {
  return { status, headers: lowerCaseNames(headers), body, bytes: utf8Length(body), truncated: false };
}

/** Converts header names to lower case, which all other code expects. */
export function lowerCaseNames(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
