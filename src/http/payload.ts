import { lookup } from '../text/lookup.ts';
import { type Piece, sizeOf } from './pieces.ts';

/** The body of a request: what is sent, and how it is shown and spelled. */
export interface Payload {
  /** The body as text; binary parts and large files are described in brackets. */
  text: string;
  /** What is sent, where that is not the text. */
  pieces: Piece[] | null;
  /** The media type; null leaves it to the headers of the request. */
  type: string | null;
  /** Credentials in the body that its text alone would not give away as such. */
  secrets: string[];
  /** The options of curl that produce a body which is not text; null for text. */
  spelling: string[][] | null;
}

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** A body that is text. */
export function textPayload(text: string, type: string | null): Payload {
  return { text, pieces: null, type, secrets: [], spelling: null };
}

/** A body that is a file: as text if it is text. */
export function filePayload(piece: Piece, type: string | null, spelling: string[]): Payload {
  const text = textIn(piece);
  if (text !== null) return textPayload(text, type);
  return { text: described(piece), pieces: [piece], type, secrets: [], spelling: [spelling] };
}

const described = (piece: Piece): string => `[${sizeOf([piece])} bytes]`;

/** The text of bytes in UTF-8; null for binary data, and for a file too large to be read first. */
export function textIn(bytes: Piece): string | null {
  if (!(bytes instanceof Uint8Array)) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** A part of a multipart form. */
export interface FormPart {
  name: string;
  content: string | Piece;
  /** Set for a file. */
  filename: string | null;
  type: string | null;
  /** The option of curl for it, with its value. */
  spelling: string[];
}

/**
 * A multipart form (RFC 7578).
 *
 * @param boundary must not occur in any part
 * @param isSecret true for the name of a part that is a credential
 */
export function multipart(parts: FormPart[], boundary: string, isSecret: (name: string) => boolean): Payload {
  const written = parts.map(({ name, content, filename, type }) => {
    const file = filename === null ? '' : `; filename="${quoted(filename)}"`;
    const typed = type === null ? '' : `Content-Type: ${type}\r\n`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n${typed}\r\n`;
    const piece = typeof content === 'string' ? Buffer.from(content) : content;
    const text = typeof content === 'string' ? content : (textIn(content) ?? described(content));
    return { head, piece, text };
  });
  const end = `--${boundary}--\r\n`;
  const pieces = written.flatMap(({ head, piece }) => [Buffer.from(head), piece, Buffer.from('\r\n')]);
  return {
    text: written.map(({ head, text }) => `${head}${text}\r\n`).join('') + end,
    pieces: [...pieces, Buffer.from(end)],
    type: `multipart/form-data; boundary=${boundary}`,
    secrets: parts.flatMap(({ name, content }) => (typeof content === 'string' && isSecret(name) ? content : [])),
    spelling: parts.map(({ spelling }) => spelling),
  };
}

/** A name between double quotes, escaped as browsers do (HTML, multipart/form-data). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The media types of files that people send most; null for any other. */
export function typeOfFile(path: string): string | null {
  return lookup(TYPES, /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '') ?? null;
}

const TYPES: Record<string, string> = {
  json: JSON_TYPE,
  xml: 'application/xml',
  txt: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  csv: 'text/csv',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  zip: 'application/zip',
};
