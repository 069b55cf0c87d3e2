import { statusPhrase } from '../diagnosis/status.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Request } from '../model/exchange.ts';
import { formatDuration } from '../text/duration.ts';
import { visibleLine } from './text.ts';

const AGAIN = {
  never: 'trying again does not help',
  'after-action': 'trying again helps after that',
  wait: 'trying again helps later',
  backoff: 'trying again can help',
};

/** More characters of what the API said hide the rest. */
const LONGEST = 200;

/**
 * A diagnosis in a few lines: the error, the request, what the API said, why, what to do, and whether trying again can help.
 *
 * @param diagnosis without secrets
 * @param request the request, without secrets in its path; its query is not shown
 * @param isLast whether it is taken for the reason only because it is the last of a test that failed
 */
export function noticeOf(diagnosis: Diagnosis, request: Request | null, isLast: boolean): string {
  const { status, title, cause, causes, resolution, retry, source } = diagnosis;
  const confirmed = causes.find(({ verdict }) => verdict === 'confirmed');
  const isTimed = retry.afterMs !== null && (retry.advice === 'wait' || retry.advice === 'backoff');
  const after = isTimed ? ` in ${formatDuration(retry.afterMs ?? 0)}` : '';
  const below = [
    ...(request === null ? [] : [`request: ${shown(request)}${isLast ? ', the last one that failed' : ''}`]),
    ...saidBy(diagnosis).map((text) => `says: ${clipped(text)}`),
    `why: ${confirmed?.text ?? cause}`,
    ...resolution.slice(0, 2).map((step) => `do: ${step}`),
    `${AGAIN[retry.advice]}${after}: ${retry.reason}`,
    ...(source?.address === undefined ? [] : [`see: ${source.address}`]),
  ];
  const first = `errprobe: ${status === null ? '' : `${status} ${statusPhrase(status)}: `}${title}`;
  return [first, ...below.map((line) => `  ${visibleLine(line)}`)].join('\n');
}

function shown({ method, url }: Request): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return `${method} ${parsed === null ? url.split(/[?#]/, 1)[0] : parsed.origin + parsed.pathname}`;
}

/** The fields that the API rejected, or its message. */
function saidBy({ fields, message, title, answeredBy }: Diagnosis): string[] {
  if (answeredBy.kind === 'nobody') return [];
  if (fields.length > 0) return fields.slice(0, 3).map(({ path, message }) => `${path}: ${message}`);
  return message === null || message === title ? [] : [message];
}

const clipped = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
