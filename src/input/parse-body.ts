import type { Response } from '../model/exchange.ts';

/** Parses the body of an XML response or a page. The parsers are loaded lazily. */
export async function withParsedBody(response: Response): Promise<Response> {
  if (!/^\s*</.test(response.body)) return response;
  const { parsed } = await import('./parsed.ts');
  return parsed(response);
}
