import { parseJson } from '../json/read.ts';
import type { Headers, Request } from '../model/exchange.ts';
import { isSensitiveName, looksLikeCredential } from '../secrets/names.ts';
import { MASK } from '../secrets/secrets.ts';

/** Query parameters that are often credentials, and often not. */
const AMBIGUOUS = /^(?:key|code|sig|auth|hmac)$/i;

/** A shorter member of a body is probably a word, which must stay readable elsewhere. */
const SHORTEST_MEMBER = 6;

/** The deepest level to search for members. */
const DEEPEST = 20;

/** True for a header whose value is a credential. */
export function isSensitiveHeader(name: string): boolean {
  return isSensitiveName(name);
}

/** The credentials in a request, to be registered as secrets. */
export function credentialsIn({ headers, url, body }: Pick<Request, 'headers' | 'url' | 'body'>): string[] {
  const form = /form-urlencoded/i.test(headers['content-type'] ?? '') ? new URLSearchParams(body ?? '') : [];
  const query = URL.canParse(url) ? new URL(url).searchParams : [];
  return [
    ...credentialsInHeaders(headers),
    ...(URL.canParse(url) ? [new URL(url).password, decoded(new URL(url).password)] : []),
    ...[...query, ...form].flatMap(([name, value]) =>
      isSensitiveName(name) || (AMBIGUOUS.test(name) && looksLikeCredential(value)) ? value : [],
    ),
    ...members(body === null ? undefined : parseJson(body)),
  ];
}

/**
 * The credentials in headers, whole and in parts: the part after the scheme, each cookie (RFC 6265,
 * section 4.2.1), and the password of `Basic` (RFC 7617) and the hash of `Digest` (RFC 7616), which
 * a server may echo alone.
 */
export function credentialsInHeaders(headers: Headers): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (!isSensitiveHeader(name)) return [];
    if (/^cookie$/i.test(name)) return [value, ...cookiesIn(value)];
    return [value, value.replace(/^[\w-]+ +/, ''), ...passwordIn(value), ...digestIn(value)];
  });
}

/**
 * The credentials in a response's cookies, which identify a session from then on. Tokens in a body
 * are for the caller, who asked for them.
 */
export function credentialsInAnswer(headers: Headers): string[] {
  // Several cookies are joined by commas, which dates contain as well; attributes have no values
  // that look like credentials.
  const cookies = headers['set-cookie']?.split(/,(?=\s*[^\s;,=]+=)/) ?? [];
  return cookies.flatMap((cookie) => cookiesIn(cookie.split(';', 1)[0] ?? ''));
}

/**
 * The values that are more than a word such as `dark` or `en-US`, or whose name marks them as
 * secret.
 */
function cookiesIn(header: string): string[] {
  return header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1).trim();
    const isSecret = isSensitiveName(pair.slice(0, at)) || !/^(?:[a-z-]{0,15}|[a-z]{2}[-_][a-z]{2})$/i.test(value);
    return isSecret ? [value, value.replace(/^"(.*)"$/, '$1'), decoded(value)] : [];
  });
}

function passwordIn(header: string): string[] {
  const encoded = /^Basic +([\w+/-]+=*)\s*$/i.exec(header)?.[1];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, 'base64').toString();
  return pair.includes(':') ? [pair, pair.slice(pair.indexOf(':') + 1)] : [];
}

function digestIn(header: string): string[] {
  return /^Digest /i.test(header) ? [...header.matchAll(/\bresponse="?(\w{8,})/gi)].map(([, hash = '']) => hash) : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function members(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member !== 'string') return members(member, depth + 1);
    return isSensitiveName(name) && member.length >= SHORTEST_MEMBER ? member : [];
  });
}

/** Masks the credentials in headers; schemes stay. */
export function maskHeaders(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!isSensitiveHeader(name)) return [name, value];
      const scheme = /^(Bearer|Basic|Digest|Api-Key|Token|DPoP) /i.exec(value)?.[0] ?? '';
      return [name, scheme + MASK];
    }),
  );
}
