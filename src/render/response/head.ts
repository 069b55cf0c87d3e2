import { statusPhrase } from '../../diagnosis/status.ts';
import type { Headers } from '../../model/exchange.ts';
import type { Styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';

/**
 * The status line and the header fields of a response, as they were sent, with an empty line after them.
 *
 * @param width that of a screen; longer fields are broken between words
 */
export function renderHead(
  { httpVersion, status, headers }: { httpVersion: string; status: number; headers: Headers },
  style: Styles,
  width = Number.POSITIVE_INFINITY,
): string {
  return `${[`${protocolName(httpVersion)} ${statusWords(status, style)}`, ...fieldLines(headers, style, width)].join('\n')}\n\n`;
}

/** `HTTP/1.1`, `HTTP/2` (RFC 9113, section 1). */
export const protocolName = (httpVersion: string): string =>
  `HTTP/${httpVersion.replace(/^(\d)\.0$/, (all, major) => (major === '1' ? all : major))}`;

/** `200 OK`, coloured by its class. */
export function statusWords(status: number, style: Styles): string {
  const words = `${status} ${statusPhrase(status)}`.trim();
  return status >= 400 ? style.error(words) : status >= 300 ? style.no(words) : style.success(words);
}

/** How far the further lines of a field are indented. */
const FURTHER = '    ';

/** `name: value`, a line each, or several where the width ends. */
export function fieldLines(headers: Headers, style: Styles, width = Number.POSITIVE_INFINITY): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const shown = visibleLine(name);
    const text = `${shown}: ${visibleLine(value)}`;
    // As it came, where it fits: to wrap joins spaces.
    const [first = '', ...more] = text.length <= width ? [text] : wrap(text, width - FURTHER.length);
    return [style.name(shown) + first.slice(shown.length), ...more.map((line) => FURTHER + line)];
  });
}
