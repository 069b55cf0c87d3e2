import { statusPhrase } from '../../diagnosis/status.ts';
import type { Headers } from '../../model/exchange.ts';
import type { Styles } from '../style.ts';
import { visibleLine } from '../text.ts';

/** The status line and the header fields of a response, as they were sent, with an empty line after them. */
export function renderHead(
  { httpVersion, status, headers }: { httpVersion: string; status: number; headers: Headers },
  style: Styles,
): string {
  return `${[`${protocolName(httpVersion)} ${statusWords(status, style)}`, ...fieldLines(headers, style)].join('\n')}\n\n`;
}

/** `HTTP/1.1`, `HTTP/2` (RFC 9113, section 1). */
export const protocolName = (httpVersion: string): string =>
  `HTTP/${httpVersion.replace(/^(\d)\.0$/, (all, major) => (major === '1' ? all : major))}`;

/** `200 OK`, coloured by its class. */
export function statusWords(status: number, style: Styles): string {
  const words = `${status} ${statusPhrase(status)}`.trim();
  return status >= 400 ? style.error(words) : status >= 300 ? style.no(words) : style.success(words);
}

/** `name: value`, a line each. */
export function fieldLines(headers: Headers, style: Styles): string[] {
  return Object.entries(headers).map(([name, value]) => `${style.name(visibleLine(name))}: ${visibleLine(value)}`);
}
