/** A decoder of the Encoding Standard, which Node.js has as a global. */
export type Decoder = InstanceType<typeof TextDecoder>;

/** How far a declaration within a document is searched for, in bytes (HTML, section 13.2.3.2). */
const DECLARED_WITHIN = 1024;

/**
 * The encoding declarations of XML (1.0, section 4.3.3) and HTML (section 4.2.5.4); both are ASCII
 * up to that point.
 */
const DECLARATIONS = [
  /^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)/i,
  /<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i,
];

/** Byte order marks, which override any label (Encoding Standard, section 6.1). */
const MARKS: [label: string, ...bytes: number[]][] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/**
 * Decodes bytes, without a byte order mark. Invalid bytes become U+FFFD.
 *
 * @param contentType the header's value, whose `charset` names the encoding
 */
export function textOf(bytes: Uint8Array, contentType?: string): string {
  const decoder = decoderOf(bytes, contentType);
  // In a single call, Node.js 20 decodes windows-1252 as ISO 8859-1.
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

/**
 * A decoder for bytes with this beginning. The encoding is that of the byte order mark, else of the
 * media type, else of the document's declaration; UTF-8 if none is given or known.
 */
export function decoderOf(start: Uint8Array, contentType = ''): Decoder {
  return knownDecoder(charsetOf(start, contentType)) ?? new TextDecoder();
}

/** The label of the encoding that bytes or their media type name; null if none is known. */
export function charsetOf(start: Uint8Array, contentType = ''): string | null {
  const [mark] = MARKS.find(([, ...bytes]) => bytes.every((byte, i) => start[i] === byte)) ?? [];
  if (mark !== undefined) return mark;
  const said = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  if (said !== undefined && knownDecoder(said) !== null) return said;
  return unmarked(start) ?? declared(start, contentType);
}

/**
 * UTF-16 without a byte order mark: in JSON and markup the first two characters are ASCII, so every
 * other byte is zero.
 */
function unmarked([a, b, c, d]: Uint8Array): string | null {
  if (a && b === 0 && c && d === 0) return 'utf-16le';
  return a === 0 && b && c === 0 && d ? 'utf-16be' : null;
}

function declared(start: Uint8Array, contentType: string): string | null {
  // In JSON and plain text it would be a quotation.
  if (contentType !== '' && !/html|xml/i.test(contentType)) return null;
  const text = new TextDecoder('latin1').decode(start.subarray(0, DECLARED_WITHIN));
  if (!/^\s*</.test(text)) return null;
  const label = DECLARATIONS.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  // A document whose declaration can be read as ASCII is not UTF-16, whatever it declares.
  return label === undefined || /^utf-?16/i.test(label) || knownDecoder(label) === null ? null : label;
}

function knownDecoder(label: string | null): Decoder | null {
  try {
    return label === null ? null : new TextDecoder(label);
  } catch {
    return null;
  }
}
