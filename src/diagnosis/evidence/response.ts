import { clockOf, untilReset } from '../../text/moments.ts';
import { readRateLimit } from '../advice/rate-limit.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut } from './facts.ts';

/** A larger clock skew is reported, in milliseconds. */
const SKEW = 5 * 60_000;

export function clockSkew({ response, now }: Facts): Finding {
  const date = Date.parse(response.headers.date ?? '');
  if (Number.isNaN(date) || now === null) return CANNOT_TELL;
  const skew = now - date;
  if (Math.abs(skew) <= SKEW) return ruledOut('the clocks agree');
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return confirmed(`the clock here is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} that of the server`);
}

export function limitUsedUp({ response, now }: Facts): Finding {
  const limit = readRateLimit(response.headers, clockOf(response.headers, now ?? 0));
  if (limit?.remaining == null) return CANNOT_TELL;
  return limit.remaining === 0 ? confirmed(`${limit.from} is 0`) : ruledOut(`${limit.from} is ${limit.remaining}`);
}

/** RFC 9110, section 10.2.3: the server expects to be able to answer again. */
export function retryAfter({ response, now }: Facts): Finding {
  const value = response.headers['retry-after'];
  if (value === undefined) return CANNOT_TELL;
  const ms = untilReset(value, clockOf(response.headers, now ?? 0));
  return ms === null ? CANNOT_TELL : confirmed(`Retry-After asks to come back in ${Math.ceil(ms / 1000)} s`);
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

export function gatewayBetween({ response }: Facts): Finding {
  const found = LAYERS.find((name) => response.headers[name] !== undefined);
  return found === undefined
    ? CANNOT_TELL
    : confirmed(`the answer has the header ${found}: ${response.headers[found]}`);
}

/** JSON that ends before it is complete. */
export function bodyCutShort({ response: { body, bytes, headers, truncated }, content }: Facts): Finding {
  if (truncated) return confirmed(`only the first ${bytes} bytes of the body were read`);
  const length = Number(headers['content-length'] ?? Number.NaN);
  // Content-Length counts the body as sent, which may have been compressed.
  if (headers['content-encoding'] === undefined && length > bytes)
    return confirmed(`Content-Length is ${length}, and ${bytes} bytes came`);
  if (!/^\s*[{[]/.test(body)) return CANNOT_TELL;
  if (content.kind === 'json') return ruledOut('the body is whole');
  return /[}\]]\s*$/.test(body) ? CANNOT_TELL : confirmed('the body begins as JSON and breaks off');
}

/** The redirect that left the requested origin: `from https://a to https://b`; null if none did. */
export function crossing({ redirects, request }: Facts): string | null {
  const origins = [...redirects, request.url].map((url) => (URL.canParse(url) ? new URL(url).origin : url));
  const at = origins.findIndex((origin, i) => i > 0 && origin !== origins[0]);
  return at < 0 ? null : `from ${origins[0]} to ${origins[at]}`;
}

export function redirectCrossedOrigin(facts: Facts): Finding {
  const crossed = crossing(facts);
  if (crossed !== null) return confirmed(`a redirect led ${crossed}`);
  return facts.redirects.length > 0 ? ruledOut('the redirects stayed with the same origin') : CANNOT_TELL;
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

export function redirectedSlash(facts: Facts): Finding {
  const all = steps(facts);
  if (all.length === 0) return CANNOT_TELL;
  const step = all.find(
    ([from, to]) => from.pathname !== to.pathname && bare(from.pathname) === bare(to.pathname) && from.host === to.host,
  );
  if (step === undefined) return ruledOut('the redirect is not about a slash at the end');
  const what = step[1].pathname.endsWith('/')
    ? 'to the path with a slash at its end'
    : 'to the path without the slash at its end';
  return confirmed(`the server redirects ${what}`, { path: 'other-slash' });
}

export function redirectedToHttps(facts: Facts): Finding {
  const all = steps(facts);
  if (all.length === 0) return CANNOT_TELL;
  return all.some(
    ([from, to]) => from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname,
  )
    ? confirmed('the server redirects from http to https')
    : ruledOut('the redirect is not about https');
}

/** A redirect that ends at a login page. */
export function redirectedToLogin(facts: Facts): Finding {
  const all = steps(facts);
  if (all.length === 0) return CANNOT_TELL;
  const login = all.find(([, to]) =>
    /(?:^|[/._-])(?:log[-_]?in|sign[-_]?in|sso|auth|oauth2?|authorize|saml|cas)(?:[/._?-]|$)/i.test(to.pathname),
  );
  return login === undefined ? CANNOT_TELL : confirmed(`the redirect leads to ${login[1].origin}${login[1].pathname}`);
}
