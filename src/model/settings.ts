import type { Auth, Backoff, Catalog } from './catalog.ts';

/** An API that commands can name: one with a catalog, or one that only a config describes. */
export interface Api {
  id: string;
  name: string;
  /** What documents its errors, or null. */
  catalog: Catalog | null;
}

/** An API key, and its source. */
export interface Key {
  value: string;
  /** For people: `RAPTOR_COMPLY_API_KEY`, `.errproberc.yaml:4`. */
  from: string;
  /** The environment variable that holds it, or that the catalog expects; with `user`, the password. */
  variable: string;
  /** The variable with the user name, where a key of Basic authentication is in two. */
  user?: string | undefined;
}

/** How to retry, and the longest waits; durations in milliseconds. */
export interface RetryPolicy extends Backoff {
  /** The longest single wait. */
  maxWait: number;
  /** The maximum total of a call's waits. */
  budget: number;
  /** Also repeat requests that may do something twice. */
  unsafe: boolean;
  /** The figures documented by the API. */
  documented: (keyof Backoff)[];
}

/**
 * A place where a project file sends something of the user's: an environment variable, or a key.
 */
export interface EnvUse {
  /** The variable; for a key in the user's own config, the variable that would hold it. */
  variable: string;
  value: string;
  /**
   * True for an API's key, which only goes to the hosts of that API; false for any other part of a
   * request.
   */
  isKey: boolean;
  /** Its possible destinations: hosts with ports, null for one that is not known in advance. */
  hosts: (string | null)[];
  /**
   * The hosts chosen by the user, the environment or a built-in catalog, and not by the project.
   */
  trusted: string[];
  /** The path of the project file. */
  file: string;
  /** For people: `.errproberc.yaml:4`. */
  at: string;
}

/** All settings for one API, resolved before a request is made. */
export interface ApiSettings {
  /** The API; null for a URL that belongs to none. */
  id: string | null;
  /** The profile that applies to it, or null. */
  profile: string | null;
  /** Null for an API without a catalog. */
  catalog: Catalog | null;
  baseUrl: string | null;
  /** The hosts that may receive the key. */
  hosts: string[];
  auth: Auth | null;
  key: Key | null;
  headers: Record<string, string>;
  /** The source of each header's value, for people. */
  headersFrom: Record<string, string>;
  timeoutMs: number;
  retry: RetryPolicy;
  /** True if the config turns retrying on. */
  retryByDefault: boolean;
  /** The user's variables and keys that project files send when this API is called. */
  uses?: EnvUse[];
  /** The hosts that the project did not choose. */
  trustedHosts?: string[];
}
