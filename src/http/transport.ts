/** A forward proxy. */
export interface ForwardProxy {
  /** Includes credentials, if any. */
  url: URL;
  /** The environment variable or option that names it. */
  from: string;
}

/** How to reach a server, beyond what its URL says. */
export interface Transport {
  /** Which redirects are followed: those of GET and HEAD, all, or none. */
  follow: 'reads' | 'all' | 'none';
  maxRedirects: number;
  /** Null for the proxy that the environment names, if any; `none` for a direct connection. */
  proxy: ForwardProxy | 'none' | null;
  /** The hosts that are asked directly, in place of those that NO_PROXY names; null for these. */
  noProxy: string | null;
  tls: Tls;
  /** Negotiates HTTP/2 over TLS. */
  http2: boolean;
  /** The longest time until the connection is established, in milliseconds; null for no limit of its own. */
  connectTimeoutMs: number | null;
  /** The longest time for all of an attempt, in milliseconds; null for none. */
  maxTimeMs: number | null;
  /** Addresses to use in place of DNS, by host and port: `example.com:443`. */
  addresses: ReadonlyMap<string, string>;
  cookies: CookieStore | null;
}

/** The options of TLS that a user gave for this call. */
export interface Tls {
  /** False to accept any certificate. */
  verify: boolean;
  /** Certificates of authorities to trust in place of the system's, as PEM. */
  ca: Uint8Array | null;
  /** What identifies the client, which goes to the starting origin only. */
  client: ClientCertificate | null;
}

/** A certificate and its key, as PEM or, for `pfx`, as PKCS #12. */
export interface ClientCertificate {
  certificate: Uint8Array;
  key: Uint8Array | null;
  passphrase: string | null;
  isPfx: boolean;
}

/** Cookies by URL (RFC 6265), as got asks for them. */
export interface CookieStore {
  getCookieString(url: string): Promise<string>;
  setCookie(cookie: string, url: string): Promise<unknown>;
}

/** What applies where nothing else is asked for. */
export const PLAIN_TRANSPORT: Transport = {
  follow: 'reads',
  maxRedirects: 10,
  proxy: null,
  noProxy: null,
  tls: { verify: true, ca: null, client: null },
  http2: false,
  connectTimeoutMs: null,
  maxTimeMs: null,
  addresses: new Map(),
  cookies: null,
};
