import type { Finding, Findings } from '../../model/finding.ts';
import { clockOf, untilReset } from '../../text/moments.ts';
import { readRateLimit } from '../advice/rate-limit.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut } from './assessment.ts';
import type { Facts } from './facts.ts';

/** A larger clock skew is reported, in milliseconds. */
const SKEW = 5 * 60_000;

export function clockSkew({ response, now }: Facts): Assessment {
  const date = Date.parse(response.headers.date ?? '');
  if (Number.isNaN(date) || now === null) return CANNOT_TELL;
  const skew = now - date;
  if (Math.abs(skew) <= SKEW) return ruledOut({ code: 'clocks-agree' });
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return confirmed({ code: 'clock-off', minutes, ahead: skew > 0 });
}

export function limitUsedUp({ response, now }: Facts): Assessment {
  const limit = readRateLimit(response.headers, clockOf(response.headers, now ?? 0));
  if (limit?.remaining == null) return CANNOT_TELL;
  const finding: Finding = { code: 'limit-remaining', header: limit.from, remaining: limit.remaining };
  return limit.remaining === 0 ? confirmed(finding) : ruledOut(finding);
}

/** RFC 9110, section 10.2.3: the server expects to be able to answer again. */
export function retryAfter({ response, now }: Facts): Assessment {
  const value = response.headers['retry-after'];
  if (value === undefined) return CANNOT_TELL;
  const ms = untilReset(value, clockOf(response.headers, now ?? 0));
  return ms === null ? CANNOT_TELL : confirmed({ code: 'retry-after', seconds: Math.ceil(ms / 1000) });
}

/** Headers that intermediaries add to a response; Via is RFC 9110, section 7.6.3. */
const LAYERS = [
  'via',
  'x-served-by',
  'x-cache',
  'cf-ray',
  'x-amz-cf-id',
  'x-azure-ref',
  'x-envoy-upstream-service-time',
];

export function gatewayBetween({ response }: Facts): Assessment {
  const found = LAYERS.find((name) => response.headers[name] !== undefined);
  return found === undefined
    ? CANNOT_TELL
    : confirmed({ code: 'gateway-header', header: found, value: response.headers[found] ?? '' });
}

/** JSON that ends before it is complete. */
export function bodyCutShort({ response: { body, bytes, headers, truncated }, content }: Facts): Assessment {
  if (truncated) return confirmed({ code: 'answer-truncated', bytes });
  const length = Number(headers['content-length'] ?? Number.NaN);
  // Content-Length counts the body as sent, which may have been compressed.
  if (headers['content-encoding'] === undefined && length > bytes)
    return confirmed({ code: 'answer-shorter', declared: length, bytes });
  if (!/^\s*[{[]/.test(body)) return CANNOT_TELL;
  if (content.kind === 'json') return ruledOut({ code: 'answer-whole' });
  return /[}\]]\s*$/.test(body) ? CANNOT_TELL : confirmed({ code: 'answer-breaks-off' });
}

/** The redirect that left the requested origin; null if none did. */
export function crossing({ redirects, request }: Facts): Findings['redirect-crossed-origin'] | null {
  const origins = [...redirects, request.url].map((url) => (URL.canParse(url) ? new URL(url).origin : url));
  const [origin = ''] = origins;
  const redirectedTo = origins.find((other) => other !== origin);
  return redirectedTo === undefined ? null : { origin, redirectedTo };
}

export function redirectCrossedOrigin(facts: Facts): Assessment {
  const crossed = crossing(facts);
  if (crossed !== null) return confirmed({ code: 'redirect-crossed-origin', ...crossed });
  return facts.redirects.length > 0 ? ruledOut({ code: 'redirect-same-origin' }) : CANNOT_TELL;
}

/** Each step of a chain of redirects, and the one that was not followed. */
function steps({ redirects, request, response }: Facts): [from: URL, to: URL][] {
  const { location } = response.headers;
  const next =
    location !== undefined && URL.canParse(location, request.url) ? [new URL(location, request.url).href] : [];
  const urls = [...redirects, request.url, ...next].filter((url) => URL.canParse(url)).map((url) => new URL(url));
  return urls.slice(1).map((to, i) => [urls[i] ?? to, to]);
}

const bare = (path: string): string => path.replace(/(?<!\/)\/+$/, '');

export function redirectedSlash(facts: Facts): Assessment {
  const all = steps(facts);
  if (all.length === 0) return CANNOT_TELL;
  const step = all.find(
    ([from, to]) => from.pathname !== to.pathname && bare(from.pathname) === bare(to.pathname) && from.host === to.host,
  );
  if (step === undefined) return ruledOut({ code: 'redirect-not-slash' });
  const code = step[1].pathname.endsWith('/') ? 'redirect-adds-slash' : 'redirect-removes-slash';
  return confirmed({ code }, { path: 'other-slash' });
}

export function redirectedToHttps(facts: Facts): Assessment {
  const all = steps(facts);
  if (all.length === 0) return CANNOT_TELL;
  return all.some(
    ([from, to]) => from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname,
  )
    ? confirmed({ code: 'redirect-to-https' })
    : ruledOut({ code: 'redirect-not-https' });
}

/** A redirect that ends at a login page. */
export function redirectedToLogin(facts: Facts): Assessment {
  const all = steps(facts);
  if (all.length === 0) return CANNOT_TELL;
  const login = all.find(([, to]) =>
    /(?:^|[/._-])(?:log[-_]?in|sign[-_]?in|sso|auth|oauth2?|authorize|saml|cas)(?:[/._?-]|$)/i.test(to.pathname),
  );
  return login === undefined
    ? CANNOT_TELL
    : confirmed({ code: 'redirect-to-login', url: `${login[1].origin}${login[1].pathname}` });
}
