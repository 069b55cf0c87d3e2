const ZERO = 0x30;

let lastDay = 0;
let lastDayMs = 0;

/**
 * Parses the time in bytes of JSON: a text in ISO 8601 or any form that `Date` parses, or a number
 * of seconds, milliseconds, microseconds or nanoseconds since 1970. Returns milliseconds since
 * 1970, or null.
 */
export function timeOf(bytes: Buffer, from: number, to: number): number | null {
  if (bytes[from] !== 0x22) return timeOfNumber(wholeNumber(bytes, from, to));
  return isoTime(bytes, from + 1, to - 1) ?? timeOfText(bytes.toString('latin1', from + 1, to - 1));
}

/** Parses the time in a text; null if it has none. */
export function timeOfText(text: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(text)) return timeOfNumber(Number(text));
  // The access log format of nginx and Apache: 21/Nov/2026:16:02:38 +0000.
  const [, day, month, year, clock, zone] =
    /^\[?(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ?([+-]\d{4})?/.exec(text) ?? [];
  const written = day === undefined ? text.replace(',', '.') : `${day} ${month} ${year} ${clock} ${zone ?? '+0000'}`;
  // Without a zone UTC is assumed: the zone of this machine says nothing about a log.
  const zoned = /(?:Z|[+-]\d\d:?\d\d|GMT|UTC)$/.test(written) ? written : `${written}Z`;
  const time = Date.parse(zoned);
  return isSensible(time) ? time : null;
}

/**
 * Parses the time at the start of a line of text, bracketed or not, or where access logs have it.
 */
export function timeOfLine(line: string): number | null {
  const [, iso, access] =
    /^[^\d[]{0,2}\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)|^\S+ \S+ \S+ (\[\d\d\/[^\]]{10,30})\]/.exec(
      line,
    ) ?? [];
  const written = iso ?? access;
  return written === undefined ? null : timeOfText(written);
}

function timeOfNumber(number: number): number | null {
  const ms = number < 1e11 ? number * 1000 : number < 1e14 ? number : number < 1e17 ? number / 1e3 : number / 1e6;
  return isSensible(ms) ? Math.floor(ms) : null;
}

/** Only years 2000 to 2099 count as times. */
function isSensible(ms: number): boolean {
  return ms >= 946_684_800_000 && ms < 4_102_444_800_000;
}

/**
 * Parses `2026-11-21T16:02:38.123Z`, the most common form, without creating a string; null for any
 * other form.
 */
function isoTime(b: Buffer, from: number, to: number): number | null {
  const length = to - from;
  if (length < 20 || length > 30 || b[to - 1] !== 0x5a || b[from + 4] !== 0x2d || b[from + 13] !== 0x3a) return null;
  const day = (two(b, from) * 100 + two(b, from + 2)) * 10_000 + two(b, from + 5) * 100 + two(b, from + 8);
  if (day !== lastDay) {
    lastDay = day;
    lastDayMs = Date.parse(b.toString('latin1', from, from + 10));
  }
  let ms = 0;
  if (length > 20) {
    if (b[from + 19] !== 0x2e) return null;
    for (let i = from + 20, unit = 100; i < from + 23 && i < to - 1; i++, unit /= 10) ms += digit(b, i) * unit;
  }
  const time = lastDayMs + ((two(b, from + 11) * 60 + two(b, from + 14)) * 60 + two(b, from + 17)) * 1000 + ms;
  return isSensible(time) ? time : null;
}

function two(b: Buffer, at: number): number {
  return digit(b, at) * 10 + digit(b, at + 1);
}

function digit(b: Buffer, at: number): number {
  return (b[at] as number) - ZERO;
}

/** Parses an integer, the most common form; NaN for any other. */
function wholeNumber(b: Buffer, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const value = digit(b, i);
    if (value < 0 || value > 9) return Number(b.toString('latin1', from, to));
    number = number * 10 + value;
  }
  return number;
}
