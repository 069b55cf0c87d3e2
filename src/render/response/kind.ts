/** How a body is laid out: `events` and `json-lines` are shown line by line, as they come. */
export type BodyKind = 'json' | 'json-lines' | 'events' | 'markup' | 'text';

/** Media types of one JSON document per line or record. */
const JSON_LINES = /^application\/(?:x-)?(?:ndjson|jsonl|json-lines|jsonlines|json-seq|stream\+json)\b/i;

/** The kind of a body by its media type; without a telling one, by how it begins. */
export function kindOf(contentType: string | undefined, start: string): BodyKind {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/event-stream') return 'events';
  if (JSON_LINES.test(type)) return 'json-lines';
  if (/[/+]json$/.test(type)) return 'json';
  if (/[/+](?:xml|html)$/.test(type)) return 'markup';
  const first = start.trimStart()[0];
  if (first === '{' || first === '[') return 'json';
  return first === '<' ? 'markup' : 'text';
}

/** How many characters of a text tell whether it is one. */
const TELLING = 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: binary data is recognized by them
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g;

/** Media types of data that is no text, even if it begins like one. */
const BINARY_TYPE = /^\s*(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|gzip)\b)/i;

/** True for decoded data that is no text: by its type, a NUL, or one in ten characters that no text contains. */
export function isBinary(text: string, contentType = ''): boolean {
  if (BINARY_TYPE.test(contentType)) return true;
  const start = text.slice(0, TELLING);
  return start.includes('\0') || (start.match(NOT_TEXT)?.length ?? 0) > start.length / 10;
}
