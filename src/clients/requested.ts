import type { Request } from '../model/exchange.ts';
import { headersOf, textOf, urlOf } from './answer.ts';
import { memberAt, textAt } from './member.ts';

/** Where clients keep the request: got, axios, ky and Octokit, superagent. */
const PLACES = ['options', 'config', 'request', 'response.request', 'response.config'];

/** The request of an exception, if the client keeps it. */
export function requestOf(error: unknown): Request | null {
  for (const place of PLACES) {
    const request = memberAt(error, place);
    const url = urlOf(memberAt(request, 'url'));
    if (url === null || url === '') continue;
    return {
      method: (textAt(request, 'method') ?? 'GET').toUpperCase(),
      url: withBase(url, textAt(request, 'baseURL')),
      headers: headersOf(memberAt(request, 'headers') ?? memberAt(request, 'header')),
      body:
        ['data', 'body', '_data'].map((name) => textOf(memberAt(request, name))).find((text) => text !== null) ?? null,
    };
  }
  return null;
}

/** axios keeps the base of a relative URL separately. */
function withBase(url: string, base: string | null): string {
  if (base === null || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  return `${base.replace(/(?<!\/)\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}
