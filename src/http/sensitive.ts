import type { Headers } from '../diagnosis/exchange.ts';
import { MASK } from '../secrets.ts';

const HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'apikey',
  'x-auth-token',
  'x-access-token',
  'x-amz-security-token',
  'dpop',
]);

const PARAMETER = /^(?:.*[_-])?(?:api-?key|key|token|secret|password|passwd|signature|sig|code|client_secret)$/i;

/** True for a header whose value is a credential. */
export function isSensitiveHeader(name: string): boolean {
  return HEADERS.has(name.toLowerCase());
}

/** The credentials in headers and in a URL's query, so that they can be registered as secrets. */
export function credentialsIn(headers: Headers, url: URL | null): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    // The word before a space is the scheme, which is no secret.
    if (isSensitiveHeader(name)) found.push(value, value.replace(/^[\w-]+ +/, ''));
  }
  for (const [name, value] of url?.searchParams ?? []) if (PARAMETER.test(name)) found.push(value);
  return found;
}

/** Headers as they may be shown: the values of credentials are masked, the scheme stays. */
export function maskHeaders(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!isSensitiveHeader(name)) return [name, value];
      const scheme = /^(Bearer|Basic|Digest|Api-Key|Token|DPoP) /i.exec(value)?.[0] ?? '';
      return [name, scheme + MASK];
    }),
  );
}
