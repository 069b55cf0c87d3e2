import type { Sent } from '../../http/sent.ts';

/**
 * The result of a request with the URLs that redirects led to free of secrets. They are redacted in
 * the Location header as it came: a URL made of it is normalized (`\/` becomes `//`), and a secret in
 * it may no longer be recognized.
 */
export function withSafeUrls(sent: Sent, redact: (text: string) => string): Sent {
  const { request } = sent.exchange;
  if (sent.redirects.length === 0 || request === null) return sent;
  let url = sent.redirects[0]?.url ?? '';
  let isChanged = false;
  const redirects = sent.redirects.map((hop, i) => {
    const safe = { ...hop, url };
    const location = redact(hop.location);
    isChanged ||= location !== hop.location;
    const base = url;
    url = sent.redirects[i + 1]?.url ?? request.url;
    // A later redirect may be relative to one that was redacted.
    if (isChanged) url = URL.canParse(location, base) ? new URL(location, base).href : location;
    return safe;
  });
  if (!isChanged) return sent;
  return { ...sent, redirects, exchange: { ...sent.exchange, request: { ...request, url } } };
}
