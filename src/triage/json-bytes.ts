/** The delimiter of strings. */
export const QUOTE = 0x22;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;

/**
 * Bytes that need attention within a string: its end, an escape, and bytes that are not allowed.
 */
const STOPS = new Uint8Array(256);
STOPS.fill(1, 0, 0x20);
STOPS[QUOTE] = 1;
STOPS[BACKSLASH] = 1;

/** The end of a string, after its quote; -1 if it is not valid (RFC 8259, section 7). */
export function stringEnd(line: Buffer, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const byte = line[i] as number;
    if (STOPS[byte] === 0) continue;
    if (byte === QUOTE) return i + 1;
    if (byte !== BACKSLASH) return -1;
    const escaped = line[++i] as number;
    if (escaped === 0x75) {
      for (let k = 1; k <= 4; k++) if (!isHex(line[i + k] as number)) return -1;
    } else if (!ESCAPED.has(escaped)) return -1;
  }
  return -1;
}

const ESCAPED = new Set(Buffer.from('"\\/bfnrt'));

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** The end of a number; -1 if it is not valid (RFC 8259, section 6). */
export function numberEnd(line: Buffer, from: number, to: number): number {
  let i = from;
  let simple = true;
  while (i < to) {
    const byte = line[i] as number;
    if (byte < 0x30 || byte > 0x39) {
      if (byte !== 0x2e && byte !== 0x2d && byte !== 0x2b && byte !== 0x65 && byte !== 0x45) break;
      simple = false;
    }
    i++;
  }
  if (simple && (i - from === 1 || line[from] !== 0x30)) return i;
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(line.toString('latin1', from, i)) ? i : -1;
}

/** Whether a byte can start a number. */
export function beginsNumber(byte: number): boolean {
  return byte === MINUS || (byte >= 0x30 && byte <= 0x39);
}
