import { XMLParser } from 'fast-xml-parser';
import { lookup } from '../text/lookup.ts';

/**
 * The references that XML itself defines (XML 1.0, section 4.6); all others are kept as written.
 */
const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Parses XML: elements become members without namespace prefixes, attributes become members with an
 * `@` before the name, and the text beside them becomes `#text`. Undefined for malformed XML.
 * Entities that the document declares are not expanded.
 */
export function parseXml(text: string): unknown {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    ignoreDeclaration: true,
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    tagValueProcessor: (_name, value) =>
      value.replaceAll(/&(\w+);/g, (whole, name: string) => lookup(PREDEFINED, name) ?? whole),
  });
  try {
    return parser.parse(text, true);
  } catch {
    return undefined;
  }
}
