import type { Auth, Backoff, Catalog } from './catalog.ts';

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
  /** The figures that come from the API's document. */
  documented: (keyof Backoff)[];
}

/** A place where a file of the project sends something of the user's: a variable of the environment, or a key. */
export interface EnvUse {
  /** The variable; for a key that stands in the user's own config, the variable that would hold it. */
  variable: string;
  value: string;
  /** True for the key of an API, which goes to the hosts of that API only; false for any other part of a request. */
  isKey: boolean;
  /** Where it can go: hosts with their port, null for one that is not known beforehand. */
  hosts: (string | null)[];
  /** The hosts among them that the user, the environment or a built-in catalog chose, and the project did not. */
  trusted: string[];
  /** The path of the project's file. */
  file: string;
  /** For people: `.errproberc.yaml:4`. */
  at: string;
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
  /** What files of the project send of the user's, when this API is asked. */
  uses?: EnvUse[];
  /** Those of the hosts that the project did not choose. */
  trustedHosts?: string[];
}
