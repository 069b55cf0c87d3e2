import type { Auth, Backoff, Catalog } from './catalog/catalog.ts';

/** An API key, and where it was found. */
export interface Key {
  value: string;
  /** For people: `RAPTOR_COMPLY_API_KEY`, `.errproberc.yaml:4`. */
  from: string;
  /** The environment variable that holds it, or the one that the catalog expects. */
  variable: string;
}

/** How to retry, and how long to wait at most; durations in milliseconds. */
export interface RetryPolicy extends Backoff {
  /** The longest single wait. */
  maxWait: number;
  /** The longest that all waits of a call may take together. */
  budget: number;
  /** Repeat also what may do a thing twice. */
  unsafe: boolean;
}

/** All that is settled about one API before a request is made. */
export interface ApiSettings {
  /** Null for an API that no catalog knows. */
  catalog: Catalog | null;
  baseUrl: string | null;
  /** The hosts that may receive the key. */
  hosts: string[];
  auth: Auth | null;
  key: Key | null;
  headers: Record<string, string>;
  /** Where the values of the headers came from, for people. */
  headersFrom: Record<string, string>;
  timeoutMs: number;
  retry: RetryPolicy;
  /** True when the config switches retrying on. */
  retryByDefault: boolean;
}
