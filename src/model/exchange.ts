import type { Block } from '../text/page.ts';

/** Header fields, names in lower case. Several fields of one name are joined with ", ". */
export type Headers = Record<string, string>;

/** The request of an exchange, as far as it is known. */
export interface Request {
  method: string;
  url: string;
  headers: Headers;
  /** The body as sent, or null when there was none. */
  body: string | null;
}

/** The response of an exchange. */
export interface Response {
  /** The status of the status line, or null where only a body was saved. */
  status: number | null;
  headers: Headers;
  /** The decoded body. Bytes that are not UTF-8 stand as U+FFFD. */
  body: string;
  /** The value of a body in another format than JSON, where it was parsed: elements of XML as members. */
  parsed?: unknown;
  /** The text of a body that is a page, where it was parsed. */
  page?: Block[] | undefined;
  /** Size of the whole body in bytes, after decompression; of one that was not read to its end, as far as it is known. */
  bytes: number;
  /** True when `body` is only its beginning. */
  truncated: boolean;
  /** Where it came from, when only a text about it says so: what was sent is not known. */
  url?: string | undefined;
}

/** The most of a body that is diagnosed, in bytes after decompression. */
export const LONGEST_DIAGNOSED = 10 * 1024 * 1024;

/** The same for people. */
export const LONGEST_DIAGNOSED_TEXT = `${LONGEST_DIAGNOSED / 1024 / 1024} MiB`;

/** What is said of a body that is longer. */
export const TRUNCATED_NOTE = `Only the first ${LONGEST_DIAGNOSED_TEXT} of the body were diagnosed.`;

/** Where an exchange without a response ended. `timeout` stands where the phase is not known. */
export type Phase = 'dns' | 'connect' | 'tls' | 'request' | 'response' | 'timeout';

/** What a server showed of itself: of the whole chain the time in which all of it is valid, the rest of its own certificate. */
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
  /** The certificate that was not accepted. */
  certificate?: Certificate | undefined;
}

/** One request and its outcome: a response, or a network failure with its phase. */
export interface Exchange {
  request: Request | null;
  response: Response | null;
  failure: Failure | null;
}

/** A response that is known by its parts only: a saved body, a status, a few headers. */
export function savedResponse(body: string, status: number | null = null, headers: Headers = {}): Response {
  return { status, headers: lowerCaseNames(headers), body, bytes: Buffer.byteLength(body), truncated: false };
}

/** The same header fields with their names in lower case, as everything here expects them. */
export function lowerCaseNames(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
