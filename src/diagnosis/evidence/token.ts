import type { Finding } from '../../model/finding.ts';
import { clockOf } from '../../text/moments.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut, suspected } from './assessment.ts';
import { type Facts, sentKey } from './facts.ts';

/** Runs a check on the key that was sent; without one it cannot tell. */
const onToken = (run: (key: string, facts: Facts) => Assessment) => (facts: Facts) => {
  const key = sentKey(facts)?.key;
  return key == null ? CANNOT_TELL : run(key, facts);
};

/** RFC 7519, section 4.1.3. An audience need not be a URL, so the response has to mention it. */
export const tokenAudience = onToken((key, { request, response, message }) => {
  const aud = claimsOf(key)?.aud;
  const audiences = (Array.isArray(aud) ? aud : [aud]).filter((one): one is string => typeof one === 'string');
  if (audiences.length === 0) return CANNOT_TELL;
  const { host, origin } = URL.canParse(request.url) ? new URL(request.url) : { host: '', origin: '' };
  if (audiences.some((one) => one === host || one.replace(/\/$/, '').startsWith(origin)))
    return ruledOut({ code: 'token-audience', host });
  const isSaid = /\baud(?:ience)?\b/i.test(`${message} ${response.headers['www-authenticate'] ?? ''}`);
  const finding: Finding = { code: 'token-other-audience', audiences, isSaid };
  return isSaid ? confirmed(finding) : suspected(finding);
});

/** RFC 7519, sections 4.1.4 and 4.1.5, by the server's clock. */
export const tokenExpired = onToken((key, facts) => {
  const exp = timeOf(claimsOf(key)?.exp);
  const clock = clockFor(facts);
  if (exp === null || clock === null) return CANNOT_TELL;
  const at = exp.toISOString();
  return exp.getTime() <= clock
    ? confirmed({ code: 'token-expired', at })
    : ruledOut({ code: 'token-valid-until', at });
});

export const tokenNotYetValid = onToken((key, facts) => {
  const nbf = timeOf(claimsOf(key)?.nbf);
  const clock = clockFor(facts);
  if (nbf === null || clock === null) return CANNOT_TELL;
  const at = nbf.toISOString();
  return nbf.getTime() > clock
    ? confirmed({ code: 'token-valid-from', at })
    : ruledOut({ code: 'token-valid-since', at });
});

/** A time in seconds since 1970, or null. */
function timeOf(claim: unknown): Date | null {
  const at = new Date(typeof claim === 'number' ? claim * 1000 : Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

function clockFor({ response, now }: Facts): number | null {
  return response.headers.date === undefined && now === null ? null : clockOf(response.headers, now ?? 0);
}

/** The claims of a JSON Web Token, which anyone can read; the signature is not verified. */
function claimsOf(key: string): { exp?: unknown; nbf?: unknown; aud?: unknown } | null {
  const [, payload = ''] = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(key.trim()) ?? [];
  return decoded(payload);
}

/** The object in a part of a token (RFC 7515, section 2), or null. */
function decoded(part: string): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** The evidence that a part of a key is missing; null if there is none. */
export function cutShort(key: string, from: string | null, own: Facts['ownKey']): Finding | null {
  const whole = own?.value.trim() ?? '';
  if (own !== null && key.length >= 4 && key.length < whole.length) {
    if (whole.startsWith(key)) return { code: 'key-beginning-only', from, whole: own.from };
    if (whole.endsWith(key)) return { code: 'key-end-only', from, whole: own.from };
  }
  if (/\w(?:\.{3,}|…)\w*$/.test(key)) return { code: 'key-dots', from };
  // A signed token has three parts, an encrypted one five (RFC 7516, section 9).
  const parts = key.split('.');
  const isToken = /^eyJ[\w.-]+$/.test(key) && typeof decoded(parts[0] ?? '')?.alg === 'string';
  if (!isToken) return null;
  if (parts.length < 3) return { code: 'key-parts-missing', from };
  const unsigned = parts.length === 3 && parts[2] === '' && decoded(parts[0] ?? '')?.alg !== 'none';
  return unsigned ? { code: 'key-signature-missing', from } : null;
}
