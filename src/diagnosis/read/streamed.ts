import { valueAt } from '../../json/pointer.ts';
import { parseJson } from '../../json/read.ts';
import { failingMember } from './failing.ts';

/** Longer streams are searched at their end, where an error is. */
const SEARCHED = 64 * 1024;
const MOST_LINES = 5;

/**
 * The error in a stream that began as a success; undefined when the text is no stream or none of it is an error.
 *
 * Server-sent events (WHATWG HTML, section 9.2) carry it as an event named `error` or as data with a member `error`;
 * lines of JSON carry it in one of the last; Connect ends a stream with an envelope that has a member `error`.
 *
 * @param end the last part of the stream, if `text` is only its beginning
 */
export function streamedError(text: string, end = text.slice(-SEARCHED)): unknown {
  if (hasEvents(text)) return eventError(end);
  if (hasLines(text)) return lineError(end);
  const last = end.lastIndexOf('{"error":');
  // The five bytes before an envelope say how long it is; the first has the bit for the end of the stream.
  return last >= 5 && end.charCodeAt(last - 5) === 2 ? valueAt(parseJson(end.slice(last)), '/error') : undefined;
}

const hasEvents = (text: string): boolean => /^(?:event|data|id|retry): ?|^: ?/m.test(text.slice(0, 200));
const hasLines = (text: string): boolean => /^\s*\{.*\}\s*\n\s*\{/.test(text.slice(0, SEARCHED));

/** True for a text that begins as a stream of events or of lines of JSON, so that its end may be an error. */
export const isStream = (text: string): boolean => hasEvents(text) || hasLines(text);

/** Lines of JSON of which one of the last is an error, as Docker answers while it works. */
function lineError(text: string): unknown {
  const lines = text.trim().split('\n').slice(-MOST_LINES);
  const values = lines.map((line) => parseJson(line)).filter((value) => value !== undefined);
  return values.findLast((value) => failingMember(value) !== null);
}

function eventError(text: string): unknown {
  for (const event of text.split(/\r?\n\r?\n/).toReversed()) {
    const lines = event.split(/\r?\n/);
    const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).replace(/^ /, ''));
    const value = parseJson(data.join('\n'));
    if (value === undefined) continue;
    const named = lines.some((line) => /^event: ?error$/.test(line));
    const error = valueAt(value, '/error');
    if (named || (typeof error === 'object' && error !== null)) return value;
  }
  return undefined;
}
