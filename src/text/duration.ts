const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** The syntax of a duration: a number and a unit, `500ms`, `1.5s`, `2m`, `1h`. */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/**
 * Parses a duration such as `500ms`, `2s` or `1m`; returns milliseconds, or null for anything else.
 */
export function parseDuration(text: string): number | null {
  const [, number, unit] = DURATION.exec(text.trim()) ?? [];
  return number === undefined ? null : Number(number) * UNITS[unit as keyof typeof UNITS];
}

/**
 * The longest wait and time limit, in milliseconds (24.8 days). A Node.js timer keeps its delay in
 * 32 bits and fires at once when it is longer.
 */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Limits milliseconds to what a timer can wait. */
export function timerMs(ms: number): number {
  return Math.min(ms, LONGEST_TIMER);
}

/** Limits an external span, in milliseconds, to what JSON and arithmetic can represent. */
export function spanMs(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(Math.round(ms), 0), Number.MAX_SAFE_INTEGER);
}

/** The first and the last millisecond whose year has four digits (RFC 3339, section 5.6). */
export const FIRST_TIME = Date.parse('0000-01-01T00:00:00.000Z');
export const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** A point in time in RFC 3339; null outside its range. */
export function isoTime(ms: number): string | null {
  return ms >= FIRST_TIME && ms <= LAST_TIME ? new Date(ms).toISOString() : null;
}

/**
 * A point in time in the time zone of this machine, in RFC 3339 to the second:
 * `2026-03-02T01:00:00+01:00`; null outside its range.
 */
export function localTime(ms: number): string | null {
  if (isoTime(ms) === null) return null;
  const offset = -new Date(ms).getTimezoneOffset();
  const shifted = isoTime(ms + offset * 60_000)?.slice(0, 19);
  if (shifted === undefined) return null;
  const minutes = Math.abs(offset);
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${shifted}${offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`}`;
}

/** When something happens, in words: `in 12 s`, or `now` if it is due or past. */
export function inTime(ms: number): string {
  return ms < 1 ? 'now' : `in ${formatDuration(ms)}`;
}

/** Formats milliseconds for people: `12 ms`, `1.3 s`, `2 min 5 s`, `3 h 20 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1).replace(/\.0$/, '')} s`;
  const seconds = Math.round(ms / 1000);
  const [large, small, units] =
    seconds < 3600
      ? ([Math.floor(seconds / 60), seconds % 60, ['min', 's']] as const)
      : ([Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60), ['h', 'min']] as const);
  return small === 0 ? `${large} ${units[0]}` : `${large} ${units[0]} ${small} ${units[1]}`;
}
