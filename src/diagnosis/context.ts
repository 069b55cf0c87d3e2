import type { Auth } from '../model/catalog.ts';

/** What the one who made the request knows of it. */
export interface RequestContext {
  /** How the key is sent, where config overrides the catalog. */
  auth: Pick<Auth, 'header' | 'value'> | null;
  /** Where the value of a header came from, for people, by the header's name in lower case. */
  origins: Record<string, string>;
  /** Why the key was kept back, or null. */
  withheld: string | null;
  /** The URLs that led to the one of the request by redirects, the first one first. */
  redirects: string[];
  /** The proxy that the request went through, and the variable that names it. */
  proxy: { host: string; from: string } | null;
  /** The keys that are configured for other APIs. */
  otherKeys: { value: string; from: string; api: string }[];
  /** The key that is configured for this API, though perhaps another was sent. */
  ownKey: { value: string; from: string } | null;
}

/** Which API a response may come from. */
export interface Origin {
  /** The API, where it is certain: named by the user or recognised by its host. */
  api?: string | null;
  /** The API that the user works with by default; it decides only where the body fits it. */
  preferred?: string | null;
}

/** What is known about where the exchange comes from. */
export interface Context extends Origin {
  /** The local time in milliseconds since 1970. */
  now: number;
  /** What is known of the request beside what was sent; absent for a saved exchange. */
  sent?: RequestContext;
}
