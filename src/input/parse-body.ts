import type { Response } from '../diagnosis/exchange.ts';

/** A root element that an error in XML has; pages have others. */
const XML =
  /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?!!doctype html|html|head|body|h1|center|title)[A-Za-z][\w:.-]*[\s>/]/i;

/** The response with its body parsed, where that is XML. The parser is loaded only then. */
export async function withParsedBody(response: Response): Promise<Response> {
  if (!XML.test(response.body.slice(0, 4096))) return response;
  const { parseXml } = await import('./xml.ts');
  const parsed = parseXml(response.body);
  return parsed === undefined ? response : { ...response, parsed };
}
