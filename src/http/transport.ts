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
  /** Where to connect, other than the URL says; null for nothing special. Excludes proxies. */
  connection: Placement | null;
  /** The only version of IP to use; null for both. */
  ipVersion: 4 | 6 | null;
  /** The credentials for a Digest challenge. */
  digest: DigestCredentials | null;
}

/** A place to connect to. */
export interface Placement {
  /** The path of a Unix domain socket for all connections. */
  socketPath: string | null;
  /** Other hosts and ports; an empty host or a null port stands for any, and for the same. */
  places: { from: Place; to: Place }[];
}

/** A host and a port. */
export interface Place {
  host: string;
  port: number | null;
}

/** A user and a password, which stay here: only hashes of them are sent. */
export interface DigestCredentials {
  user: string;
  password: string;
  /** Receives the value of each Authorization header before it is sent. */
  onAnswer?: (authorization: string) => void;
}

/** The options of TLS that a user gave for this call. */
export interface Tls {
  /** False to accept any certificate. */
  verify: boolean;
  /** Certificates of authorities to trust in place of the system's, as PEM. */
  ca: Uint8Array | null;
  /** The client's certificate, sent to the starting origin only. */
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

/** The settings without any option. */
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
  connection: null,
  ipVersion: null,
  digest: null,
};
