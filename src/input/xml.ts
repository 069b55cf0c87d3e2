import { XMLParser } from 'fast-xml-parser';
import { nameOf } from '../diagnosis/read/names.ts';
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

/** An element that holds nothing but text. */
const LEAF =
  /<(?:[\w-]{1,40}:)?([A-Za-z][\w.-]{0,60})(?: [^<>]{0,500})?>\s{0,20}(?:<!\[CDATA\[([^\]]{1,2000})\]\]>|([^<>]{1,2000}))\s{0,20}<\/(?:[\w-]{1,40}:)?\1 {0,4}>/g;

const MOST_LEAVES = 60;

/**
 * The elements of an error in XML that is cut or was copied with gaps, so that it cannot be parsed: those that hold only
 * text, by their names, of several alike the first. Undefined where none of them tells of an error.
 */
export function roughXml(text: string): unknown {
  // A text with a second document is no answer.
  if (text.indexOf('<?xml', 1) > 0) return undefined;
  const leaves: Record<string, string> = {};
  let read = 0;
  for (const [, name = '', quoted, plain = ''] of text.matchAll(LEAF)) {
    if (++read > MOST_LEAVES) break;
    if (!Object.hasOwn(leaves, name)) leaves[name] = quoted ?? plain.trim();
  }
  const tells = (name: string): boolean => {
    const { words, weights } = nameOf(name);
    return Math.max(weights.message, weights.code) >= 3 && words.some((word) => OF_ERRORS.has(word));
  };
  // Below a name of its own, so that it has the shape of no service.
  return Object.keys(leaves).some(tells) ? { part: leaves } : undefined;
}

/** Words in the names of elements that errors have, and other things have not. */
const OF_ERRORS = new Set(['error', 'fault', 'exception', 'message', 'reason']);
