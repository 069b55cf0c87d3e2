import type { Response } from '../model/exchange.ts';

/** The response with its body parsed, where that is XML or a page. The parsers are loaded only then. */
export async function withParsedBody(response: Response): Promise<Response> {
  if (!/^\s*</.test(response.body)) return response;
  const { parsed } = await import('./parsed.ts');
  return parsed(response);
}
