import type { Result } from '../model/report.ts';

/** The request as it was asked for: the first of those that redirects made. */
export function askedRequest({ request, redirects }: Result): { method: string; url: string } | null {
  return redirects?.[0] ?? request;
}

/** Where each redirect led: `302 to https://example.com/b`. */
export function hopWords({ request, redirects = [] }: Result): string[] {
  return redirects.map(({ status }, i) => `${status} to ${redirects[i + 1]?.url ?? request?.url}`);
}

/** `GET https://example.com/a, 302 to https://example.com/b`; null without a request. */
export function askedLine(result: Result): string | null {
  const asked = askedRequest(result);
  return asked && [`${asked.method} ${asked.url}`, ...hopWords(result)].join(', ');
}
