import { XMLParser } from 'fast-xml-parser';

/**
 * The references that XML itself defines (XML 1.0, section 4.6); all others are kept as written.
 */
const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The value of an XML text: elements become members without the prefixes of namespaces, attributes members with an `@`
 * before their names, and the text beside them `#text`. Undefined when it is not well-formed. Entities that a document
 * declares are not expanded.
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
      value.replaceAll(/&(\w+);/g, (whole, name: string) => PREDEFINED[name] ?? whole),
  });
  try {
    return parser.parse(text, true);
  } catch {
    return undefined;
  }
}
