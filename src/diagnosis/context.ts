import type { Auth } from '../model/catalog.ts';

/** The client's own knowledge of the request. */
export interface RequestContext {
  /** How the key is sent, where config overrides the catalog. */
  auth: Pick<Auth, 'header' | 'value'> | null;
  /** The source of each header's value, in words, by the header's lower-case name. */
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

/** The known origin of an exchange. */
export interface Context extends Origin {
  /** The local time in milliseconds since 1970. */
  now: number;
  /** The client's knowledge of the request; absent for a saved exchange. */
  sent?: RequestContext;
}
