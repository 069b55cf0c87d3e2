import type { Support } from './catalog.ts';
import type { Finding } from './finding.ts';
import type { Advice, Category, Confidence, From } from './words.ts';

/** A part of the request that the API rejected. */
export interface Field {
  /** A JSON Pointer (RFC 6901) into that part of the request; "" for all of it. */
  path: string;
  message: string;
  /** The part of the request, if the response says so; usually the body. */
  in?: 'body' | 'query' | 'path' | 'header' | 'cookie' | undefined;
}

/** The location of a part of an error, and the reasons for choosing it. */
export interface Part {
  /** A JSON Pointer (RFC 6901) into the body; it continues into JSON in a string. */
  pointer: string;
  /** The strength of the evidence; comparable only within the same role. */
  score: number;
  why: string[];
  /** The pointer of a close second choice. */
  rival: string | null;
}

/** The parts read by evidence rather than by a known envelope. */
export type Parts = Partial<Record<'code' | 'message' | 'status' | 'requestId', Part | undefined>>;

/** The information in an error body, whatever its envelope. */
export interface ErrorBody {
  /** The id of the catalog or standard that defines it, or `unknown`. */
  envelope: string;
  status: number | null;
  code: string | null;
  /** A subdivision of the code: the reason of a Google error, the decline code of a card. */
  subcode: string | null;
  message: string | null;
  requestId: string | null;
  fields: Field[];
  /** Documentation links in the body. */
  docs: string[];
  /** The wait requested in the body, in milliseconds. */
  retryAfterMs: number | null;
  /** Other envelopes that match the body equally well. */
  ambiguous: string[];
  /** The locations of the parts read by evidence. */
  parts?: Parts;
}

/** A documented or known cause of an error. */
export interface Cause {
  text: string;
  from: From;
  verdict: 'confirmed' | 'possible' | 'ruled-out';
  /** The findings that led to the verdict, in words; null if there are none. */
  evidence: string | null;
  findings: Finding[];
  /** The change that repairs the request, if it is mechanical. */
  fix?: Fix | undefined;
}

/** A change to a request; placeholders for the user are in angle brackets. */
export interface Fix {
  method?: string | undefined;
  header?: [name: string, value: string] | undefined;
  data?: string | undefined;
  /**
   * How to repair the path: merge double slashes, remove a repeated part, or add or remove the
   * trailing slash.
   */
  path?: 'single-slashes' | 'no-repetition' | 'other-slash' | undefined;
  /**
   * How to repair the key: send it the way the API expects, replace a placeholder, or strip what
   * does not belong to it.
   */
  key?:
    | 'send'
    | 'replace'
    | 'strip-scheme'
    | 'strip-name'
    | 'strip-quotes'
    | 'strip-spaces'
    | 'strip-invisible'
    | undefined;
  /** True to send an idempotency key. */
  idempotencyKey?: true | undefined;
}

/** Whether retrying can help. */
export interface RetryAdvice {
  advice: Advice;
  reason: string;
  /** The wait that the server asked for, in milliseconds, and the header or member that did. */
  afterMs: number | null;
  afterFrom: string | null;
  /** True when the same request can be repeated without the risk of doing something twice. */
  safe: boolean;
  /** Why repeating the request needs care, as a clause; null if it is safe. */
  caution: string | null;
}

/** Another explanation that fits an error as well as the one that is given. */
export interface Candidate {
  /** The id of its entry; `errprobe explain` takes it. */
  id: string;
  api: string | null;
  title: string;
  /** What speaks for it, in a few words: `same code and message`. */
  why: string;
  /** The option that chooses it: `--api victims`; null if only a closer look at the response can tell. */
  choose: string | null;
}

/** The diagnosis of an exchange. */
export interface Diagnosis {
  /** The id of the entry, `raptor-comply/expired-api-key`; null if nothing matched. */
  id: string | null;
  api: string | null;
  /** The API's display name. */
  apiName: string | null;
  /** False if the API's own catalog lacks this error. */
  documented: boolean;
  confidence: Confidence;
  category: Category;
  title: string;
  envelope: string;
  status: number | null;
  /** The API's own phrase for the status, `Rate Limited`; null if its body has none. */
  phrase: string | null;
  code: string | null;
  subcode: string | null;
  message: string | null;
  requestId: string | null;
  fields: Field[];
  /** The values of the placeholders in the message's template. */
  values: Record<string, string>;
  cause: string;
  causes: Cause[];
  resolution: string[];
  retry: RetryAdvice;
  /**
   * Whether the API's document is the source of the texts above; `resolution` has one value per
   * step.
   */
  from: { cause: From; resolution: From[]; retry: From };
  answeredBy: { kind: 'api' | 'unknown' | 'nobody' | Answerer['kind']; name: string | null };
  /** The tool that reported the error, if the text tells: kubectl, Python requests, a browser. */
  tool: { id: string; name: string } | null;
  /** The state of the rate limit, if headers give it. */
  rateLimit: RateLimit | null;
  support: Support | null;
  docs: string[];
  /** Other pages that the API's document refers to for this error. */
  see: string[];
  /** `address`: the URL of the section or the document, if the catalog has it. */
  source: { doc: string; section: string; address?: string | undefined } | null;
  /** The observations behind the diagnosis. */
  evidence: string[];
  /** The locations of code, message, status and request ID, except those from a known envelope or a header. */
  reading: Parts;
  /** Up to three other explanations that fit as well; empty if this one clearly wins. */
  candidates: Candidate[];
  notes: string[];
}

/** Who answered instead of the API. */
export interface Answerer {
  kind: 'gateway' | 'proxy' | 'captive-portal' | 'challenge';
  name: string;
  /** True if a page of its own says so, not only a header. */
  page: boolean;
  /** Its own name for the error: a code (`1015`, `ERR_DNS_FAIL`) or the words of its page. */
  reason: string | null;
  /** The request id that it assigned. */
  requestId: string | null;
}

/** The state of a rate limit, as far as the headers give it. */
export interface RateLimit {
  limit: number | null;
  remaining: number | null;
  /** Milliseconds from the response until the limit resets. */
  resetMs: number | null;
  /** The header that gives it. */
  from: string;
  /** The header that says when the limit is reset; null where none does. */
  resetFrom: string | null;
}
