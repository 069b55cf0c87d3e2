import { formatBytes } from '../../text/bytes.ts';

/** The beginnings of binary formats, as Latin-1, and their names. */
const FORMATS: [start: string, name: string][] = [
  ['\x89PNG\r\n\x1a\n', 'PNG image'],
  ['GIF87a', 'GIF image'],
  ['GIF89a', 'GIF image'],
  ['\xff\xd8\xff', 'JPEG image'],
  ['%PDF-', 'PDF document'],
  ['PK\x03\x04', 'ZIP archive'],
  ['\x1f\x8b', 'gzip data'],
  ['\x28\xb5\x2f\xfd', 'zstd data'],
];

/** How many bytes at the beginning of binary data are looked at; the size of a JPEG may be behind a preview. */
export const LOOKED_AT = 64 * 1024;

/**
 * Represents binary data on a terminal: `PNG image, 640 × 480, 12.3 kB (not shown; -o <file> saves it)`.
 *
 * @param start the first bytes, up to `LOOKED_AT`
 * @param size the size of all of it, in bytes
 */
export function binaryLine(start: Uint8Array, contentType: string | undefined, size: number): string {
  const text = Buffer.from(start.subarray(0, 16)).toString('latin1');
  const known = isWebp(text) ? 'WebP image' : FORMATS.find(([beginning]) => text.startsWith(beginning))?.[1];
  const type = contentType?.split(';', 1)[0]?.trim() ?? '';
  const dimensions = dimensionsOf(start);
  const facts = [
    known ?? `binary data${type === '' ? '' : `, ${type}`}`,
    ...(dimensions === null ? [] : [`${dimensions.width} × ${dimensions.height}`]),
    formatBytes(size),
  ];
  return `${facts.join(', ')} (not shown; -o <file> saves it)`;
}

const isWebp = (start: string): boolean => start.startsWith('RIFF') && start.startsWith('WEBP', 8);

/** The width and height of an image, in pixels; null for anything else. */
export function dimensionsOf(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (start.startsWith('\x89PNG') && bytes.length >= 24) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (/^GIF8[79]a/.test(start) && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (isWebp(start)) return webpDimensions(view);
  return start.startsWith('\xff\xd8') ? jpegDimensions(view) : null;
}

/** JPEG: the first frame header, SOF0 to SOF15 but for the tables among them (ITU-T T.81, B.2.2). */
function jpegDimensions(view: DataView): { width: number; height: number } | null {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker)) continue;
    return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

/** WebP: lossy, lossless or extended (RFC 9649, section 2). */
function webpDimensions(view: DataView): { width: number; height: number } | null {
  if (view.byteLength < 30) return null;
  const form = String.fromCharCode(view.getUint8(15));
  if (form === ' ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (form === 'L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  const long = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  return { width: long(24) + 1, height: long(27) + 1 };
}
