/** A larger number of seconds is a point in time (2001 and later), not a span. */
export const EPOCH_SECONDS = 1e9;

export const EPOCH_MS = 1e11;

/** The time of a response: its Date header, else the local time; milliseconds since 1970. */
export function clockOf(headers: Readonly<Record<string, string>>, now: number): number {
  const dated = Date.parse(headers.date ?? '');
  return Number.isNaN(dated) ? now : dated;
}

/**
 * Milliseconds until a reset, which may be written as remaining seconds, seconds or milliseconds
 * since 1970, a duration such as `6m0s` or `120ms`, or a date. Null for anything else.
 *
 * @param clock the time of the response in milliseconds since 1970
 */
export function untilReset(value: string, clock: number): number | null {
  const number = decimal(value);
  if (number !== null) {
    if (number > EPOCH_MS) return Math.max(0, number - clock);
    if (number > EPOCH_SECONDS) return Math.max(0, Math.round(number * 1000 - clock));
    return Math.round(number * 1000);
  }
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/.exec(value.trim());
  if (parts !== null && value.trim() !== '') {
    const [hours = 0, minutes = 0, seconds = 0, ms = 0] = parts.slice(1).map((part) => Number(part ?? 0));
    return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000 + ms);
  }
  const at = parseDate(value);
  return at === null ? null : Math.max(0, at - clock);
}

/** A number without a sign; Infinity if it has too many digits, so that a wait of any length is one. */
export function decimal(value: string | undefined): number | null {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null;
}

/** In characters; the longest form, `Wednesday, 09-Sep-26 23:59:59 GMT`, has half as many. */
export const LONGEST_DATE = 64;

/**
 * Parses an HTTP-date in its three forms (RFC 9110, section 5.6.7) or ISO 8601. asctime has no zone
 * and means UTC.
 */
export function parseDate(value: string): number | null {
  // Date.parse accepts almost anything, even "-5".
  if (value.length > LONGEST_DATE || !/^\d{4}-\d\d-\d\d|[A-Za-z]{3}.{1,60}\d\d:\d\d:\d\d/.test(value)) return null;
  const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(value.trim());
  const ms = Date.parse(asctime ? `${value.trim()} UTC` : value);
  return Number.isNaN(ms) ? null : ms;
}
