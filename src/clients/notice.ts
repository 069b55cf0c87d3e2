import { statusPhrase } from '../diagnosis/status.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { formatDuration } from '../text/duration.ts';

const AGAIN = {
  never: 'trying again does not help',
  'after-action': 'trying again helps after that',
  wait: 'trying again helps later',
  backoff: 'trying again can help',
};

/** A diagnosis in a few lines: what, why, what to do, and whether trying again can help. */
export function noticeOf({ status, title, cause, causes, resolution, retry, source }: Diagnosis): string {
  const confirmed = causes.find(({ verdict }) => verdict === 'confirmed');
  const isTimed = retry.afterMs !== null && (retry.advice === 'wait' || retry.advice === 'backoff');
  const after = isTimed ? ` in ${formatDuration(retry.afterMs ?? 0)}` : '';
  return [
    `errprobe: ${status === null ? '' : `${status} ${statusPhrase(status)}: `}${title}`,
    `  why: ${confirmed?.text ?? cause}`,
    ...resolution.slice(0, 2).map((step) => `  do: ${step}`),
    `  ${AGAIN[retry.advice]}${after}: ${retry.reason}`,
    ...(source?.address === undefined ? [] : [`  see: ${source.address}`]),
  ].join('\n');
}
