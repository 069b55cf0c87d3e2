import { statusPhrase } from '../../diagnosis/status.ts';
import type { Result } from '../../model/report.ts';
import { formatBytes } from '../../text/bytes.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Styles } from '../style.ts';
import { visibleLine, wrap } from '../text.ts';
import { counted } from '../words.ts';

/**
 * A success in one line: `✔ 200 OK  application/json, 1.2 kB, 34 ms`. A body that is empty is said
 * to be, with the reason if there is one.
 *
 * @param width the most columns to fill with it
 * @param withFacts false for the status alone
 */
export function successLine(
  { response, request, attempts, timings }: Result,
  style: Styles,
  width: number,
  withFacts: boolean,
): string {
  const status = response?.status ?? null;
  if (response === null || status === null) return '';
  const after = attempts.length > 1 ? ` after ${counted(attempts.length, 'attempt')}` : '';
  const head = `${style.success(`✔ ${status} ${statusPhrase(status)}`.trimEnd())}${after}`;
  if (!withFacts) return head;
  const type = visibleLine(response.headers['content-type']?.split(';', 1)[0] ?? '');
  const ms = timings?.total ?? attempts.at(-1)?.ms ?? null;
  const isHead = request?.method === 'HEAD';
  const facts = [
    ...(response.bytes > 0 && !isHead ? [type, formatBytes(response.bytes)] : [emptiness(response, isHead, type)]),
    ...(ms === null ? [] : [formatDuration(ms)]),
  ];
  const text = facts.filter((fact) => fact !== '').join(', ');
  const plain = `✔ ${status} ${statusPhrase(status)}`.trimEnd() + after;
  if (plain.length + 2 + text.length <= width) return `${head}  ${style.quiet(text)}`;
  return [head, ...wrap(text, width - 2).map((line) => `  ${style.quiet(line)}`)].join('\n');
}

/** Why there is no body (RFC 9110, sections 9.3.2 and 15.3.5). */
function emptiness({ status, headers }: NonNullable<Result['response']>, isHead: boolean, type: string): string {
  const length = headers['content-length'];
  if (isHead && length !== undefined)
    return `no body to a HEAD; a GET has ${[type, formatBytes(Number(length))].filter((part) => part !== '').join(', ')}`;
  if (isHead) return 'no body to a HEAD';
  return status === 204 || status === 205 || status === 304 ? 'no body' : 'empty body';
}
