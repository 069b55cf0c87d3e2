/** Characters that XML 1.0 cannot contain, not even escaped (section 2.2), and lone surrogates. */
const IMPOSSIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
};

/**
 * Text for the content of XML or HTML; characters that XML cannot contain become U+FFFD. \r is
 * escaped, since parsers would turn it into \n.
 */
export function escapeXml(text: string): string {
  return text.replaceAll(IMPOSSIBLE, '\ufffd').replaceAll(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? '');
}

/** Like `escapeXml`, for an attribute, where parsers would turn line breaks into spaces. */
export function escapeAttribute(text: string): string {
  return escapeXml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
