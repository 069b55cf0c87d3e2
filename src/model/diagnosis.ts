import type { Support } from './catalog.ts';
import type { Advice, Category, Confidence, From } from './words.ts';

/** One part of the request that the API rejected. */
export interface Field {
  /** A JSON Pointer (RFC 6901) into the part of the request that it stands in; "" is all of it. */
  path: string;
  message: string;
  /** The part of the request, where the answer says it; most often the body. */
  in?: 'body' | 'query' | 'path' | 'header' | 'cookie' | undefined;
}

/** What could be read out of a body, whatever its envelope. */
export interface ErrorBody {
  /** The id of the catalog or standard whose shape the body has, or `unknown`. */
  envelope: string;
  status: number | null;
  code: string | null;
  /** What the code is further divided into: the reason of a Google error, the decline code of a card. */
  subcode: string | null;
  message: string | null;
  requestId: string | null;
  fields: Field[];
  /** Links to documentation that the body names. */
  docs: string[];
  /** How long the body asks to wait, in milliseconds. */
  retryAfterMs: number | null;
  /** Other envelopes that the body could as well be of. */
  ambiguous: string[];
}

/** One documented or known reason for an error. */
export interface Cause {
  text: string;
  from: From;
  verdict: 'confirmed' | 'possible' | 'ruled-out';
  /** What was seen that led to the verdict. */
  evidence: string | null;
  /** What of the request to change, where that is mechanical. */
  fix?: Fix | undefined;
}

/** A change to a request; what is left for the user to fill in stands in angle brackets. */
export interface Fix {
  method?: string | undefined;
  header?: [name: string, value: string] | undefined;
  data?: string | undefined;
  /** What to do to the path: two slashes become one, what stands in it twice goes once, the slash at its end goes or comes. */
  path?: 'single-slashes' | 'no-repetition' | 'other-slash' | undefined;
  /** What to do about the key: send it as the API wants it, put a real one in its place, or take away what does not belong to it. */
  key?:
    | 'send'
    | 'replace'
    | 'strip-scheme'
    | 'strip-name'
    | 'strip-quotes'
    | 'strip-spaces'
    | 'strip-invisible'
    | undefined;
  /** True to send one. */
  idempotencyKey?: true | undefined;
}

/** Whether trying again can help. */
export interface RetryAdvice {
  advice: Advice;
  reason: string;
  /** What the server asked to wait, in milliseconds, and which header or member said so. */
  afterMs: number | null;
  afterFrom: string | null;
  /** True when the same request can be sent again without the risk of doing something twice. */
  safe: boolean;
  /** Why repeating the request needs care, as a clause; null where it is safe. */
  caution: string | null;
}

/** The answer for one exchange. */
export interface Diagnosis {
  /** The id of the entry, `raptor-comply/expired-api-key`; null when nothing matched. */
  id: string | null;
  api: string | null;
  /** The name of the API for people. */
  apiName: string | null;
  /** False when the API's own catalog does not have this error. */
  documented: boolean;
  confidence: Confidence;
  category: Category;
  title: string;
  envelope: string;
  status: number | null;
  /** What the API itself calls the status, `Rate Limited`; null where its body does not say. */
  phrase: string | null;
  code: string | null;
  subcode: string | null;
  message: string | null;
  requestId: string | null;
  fields: Field[];
  /** What the placeholders of the message's template stood for. */
  values: Record<string, string>;
  cause: string;
  causes: Cause[];
  resolution: string[];
  retry: RetryAdvice;
  /** Whether the API's document says the texts above; `resolution` has one word for each step. */
  from: { cause: From; resolution: From[]; retry: From };
  answeredBy: { kind: 'api' | 'unknown' | 'nobody' | Answerer['kind']; name: string | null };
  /** The state of the rate limit, when headers give it. */
  rateLimit: RateLimit | null;
  support: Support | null;
  docs: string[];
  /** Other pages that the API's document refers to for this error. */
  see: string[];
  source: { doc: string; section: string } | null;
  /** What in the exchange led here. */
  evidence: string[];
  notes: string[];
}

/** Who answered, when it was not the API. */
export interface Answerer {
  kind: 'gateway' | 'proxy' | 'captive-portal' | 'challenge';
  name: string;
  /** True when a page of its own says so, not only a header. */
  page: boolean;
  /** What it calls the error: a code (`1015`, `ERR_DNS_FAIL`) or the words of its page. */
  reason: string | null;
  /** The id that it gave the request. */
  requestId: string | null;
}

/** How much of a limit is used, as far as the headers tell. */
export interface RateLimit {
  limit: number | null;
  remaining: number | null;
  /** Milliseconds until the limit is reset, counted from the response. */
  resetMs: number | null;
  /** The header that says so. */
  from: string;
  /** The header that says when the limit is reset; null where none does. */
  resetFrom: string | null;
}
