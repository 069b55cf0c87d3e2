import type { Response } from '../model/exchange.ts';
import { isPage, readPage } from '../text/page.ts';
import { parseXml, roughXml } from './xml.ts';

/** A root element that an error in XML has; pages have others. */
const XML =
  /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?(?:<!DOCTYPE (?!html)[^>[]{1,500}(?:\[[^\]]{0,2000}\]\s{0,20})?>\s*)?<(?!!doctype html|html|head|body|h1|center|title)[A-Za-z][\w:.-]*[\s>/]/i;

/** Longer XML is not parsed, in characters: its elements would take a hundred times as much memory. */
const LONGEST_XML = 512 * 1024;

/** Whether a body is XML, and no page. */
function isXml(body: string): boolean {
  return XML.test(body.slice(0, 4096));
}

/** A response with its body parsed, if that is XML or a page. */
export function parsed(response: Response): Response {
  const { body } = response;
  if (isPage(body)) return { ...response, page: readPage(body) };
  const value = body.length <= LONGEST_XML && isXml(body) ? (parseXml(body) ?? roughXml(body)) : undefined;
  return value === undefined ? response : { ...response, parsed: value };
}
