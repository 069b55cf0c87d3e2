import type { Response } from '../model/exchange.ts';

/** A root element that an error in XML has; pages have others. */
const XML =
  /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?!!doctype html|html|head|body|h1|center|title)[A-Za-z][\w:.-]*[\s>/]/i;

/** Longer XML is not parsed, in characters: its elements would take a hundred times as much memory. */
const LONGEST_XML = 512 * 1024;

/** Whether a body is XML, and no page. */
export function isXml(body: string): boolean {
  return XML.test(body.slice(0, 4096));
}

/** The response with its body parsed, where that is XML. The parser is loaded only then. */
export async function withParsedBody(response: Response): Promise<Response> {
  if (response.body.length > LONGEST_XML || !isXml(response.body)) return response;
  const { parseXml } = await import('./xml.ts');
  const parsed = parseXml(response.body);
  return parsed === undefined ? response : { ...response, parsed };
}
