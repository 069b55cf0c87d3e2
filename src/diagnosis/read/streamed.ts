import { valueAt } from '../../json/pointer.ts';
import { parseJson } from '../../json/read.ts';

/** Longer streams are searched at their end, where an error stands. */
const SEARCHED = 64 * 1024;

/**
 * The error in a stream that began as a success; undefined when the text is no stream or none of it is an error.
 *
 * Server-sent events (WHATWG HTML, section 9.2) carry it as an event named `error` or as data with a member `error`;
 * Connect ends a stream with an envelope that has a member `error`.
 */
export function streamedError(text: string): unknown {
  const end = text.slice(-SEARCHED);
  if (/^(?:event|data|id|retry): ?|^: ?/m.test(text.slice(0, 200))) return eventError(end);
  const last = end.lastIndexOf('{"error":');
  // The five bytes before an envelope say how long it is; the first has the bit for the end of the stream.
  return last >= 5 && end.charCodeAt(last - 5) === 2 ? valueAt(parseJson(end.slice(last)), '/error') : undefined;
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
