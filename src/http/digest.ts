import { createHash, randomBytes } from 'node:crypto';
import type { DigestCredentials } from './transport.ts';

/** A challenge for Digest authentication (RFC 7616, section 3.3). */
export interface Challenge {
  realm: string;
  nonce: string;
  opaque: string | null;
  algorithm: keyof typeof HASHES;
  /** True for the variants whose hash of the password is bound to a session. */
  isSession: boolean;
  /** The quality of protection; null in a challenge of RFC 2069, which has none. */
  qop: 'auth' | 'auth-int' | null;
  /** True if only the nonce was wrong. */
  stale: boolean;
  /** True if the name of the user is to be hashed. */
  userhash: boolean;
}

/** The request to be authenticated. */
export interface Asked {
  method: string;
  /** The path and the query. */
  uri: string;
  /** Null for a body that is not at hand, or for none. */
  body: string | null;
}

/** The algorithms of RFC 7616, the strongest first, and their names in OpenSSL. */
const HASHES = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' } as const;

/** A parameter, and the scheme if it is the first of a challenge. */
const PARAMETER = /(?:^|,)\s*(?:([a-z][\w-]*) +)?([a-z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/gi;

/** The strongest challenge in the value of a WWW-Authenticate header; null if there is none to answer. */
export function challengeIn(header: string): Challenge | null {
  const challenges: { scheme: string; values: Map<string, string> }[] = [];
  for (const [, scheme, name = '', quoted, bare = ''] of header.matchAll(PARAMETER)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), values: new Map() });
    challenges.at(-1)?.values.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare);
  }
  const read = challenges.flatMap(({ scheme, values }) => (scheme === 'digest' ? (challengeOf(values) ?? []) : []));
  const strength = Object.keys(HASHES);
  return read.sort((a, b) => strength.indexOf(a.algorithm) - strength.indexOf(b.algorithm))[0] ?? null;
}

function challengeOf(values: Map<string, string>): Challenge | null {
  const [realm, nonce] = [values.get('realm'), values.get('nonce')];
  const [, name = ''] = /^(.*?)(-sess)?$/i.exec(values.get('algorithm')?.toUpperCase() ?? 'MD5') ?? [];
  if (realm === undefined || nonce === undefined || !Object.hasOwn(HASHES, name)) return null;
  const offered = values
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  const qop = offered === undefined ? null : (['auth', 'auth-int'] as const).find((one) => offered.includes(one));
  if (qop === undefined) return null;
  return {
    realm,
    nonce,
    opaque: values.get('opaque') ?? null,
    algorithm: name as Challenge['algorithm'],
    isSession: /-sess$/i.test(values.get('algorithm') ?? ''),
    qop,
    stale: /^true$/i.test(values.get('stale') ?? ''),
    userhash: /^true$/i.test(values.get('userhash') ?? ''),
  };
}

/**
 * The value of the Authorization header that answers a challenge (RFC 7616, section 3.4).
 *
 * @param cnonce a random text
 * @returns null if the hash has to cover a body that is not at hand
 */
export function digestAnswer(
  challenge: Challenge,
  { method, uri, body }: Asked,
  { user, password }: DigestCredentials,
  cnonce = randomBytes(16).toString('hex'),
): string | null {
  const { realm, nonce, opaque, algorithm, isSession, qop, userhash } = challenge;
  if (qop === 'auth-int' && body === null && !/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method)) return null;
  const hash = (text: string) => createHash(HASHES[algorithm]).update(text).digest('hex');
  const account = hash(`${user}:${realm}:${password}`);
  const secret = isSession ? hash(`${account}:${nonce}:${cnonce}`) : account;
  const target = hash(`${method}:${uri}${qop === 'auth-int' ? `:${hash(body ?? '')}` : ''}`);
  const count = '00000001';
  const response = hash([secret, nonce, ...(qop === null ? [] : [count, cnonce, qop]), target].join(':'));
  const fields = [
    userhash ? `username=${quoted(hash(`${user}:${realm}`))}` : named(user),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    `algorithm=${algorithm}${isSession ? '-sess' : ''}`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${count}`]),
    ...(qop === null && !isSession ? [] : [`cnonce="${cnonce}"`]),
    ...(userhash ? ['userhash=true'] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}

/** A name that a quoted string cannot hold is percent-encoded (RFC 8187). */
function named(user: string): string {
  return /^[ -~]*$/.test(user) ? `username=${quoted(user)}` : `username*=UTF-8''${encodeURIComponent(user)}`;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
