import { statusPhrase } from '../../diagnosis/status.ts';
import { fingerprint } from '../../http/fingerprint.ts';
import type { Prepared } from '../../http/request.ts';
import type { RetryDecision } from '../../http/retry.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Attempt } from '../../model/report.ts';
import type { ApiSettings, RetryPolicy } from '../../model/settings.ts';
import { formatDuration, localTime } from '../../text/duration.ts';

/** The source of the key, if the error is about it. */
export function keyNotes({ withKey }: Prepared, { auth, key }: ApiSettings, { category }: Diagnosis): string[] {
  if (key === null || auth === null || !withKey || (category !== 'authentication' && category !== 'permission'))
    return [];
  const notes = [
    `The key came from ${key.from} (fingerprint ${fingerprint(key)}) and went out in ${auth.query === undefined ? auth.header : `the parameter ${auth.query}`}.`,
  ];
  if (!auth.documented) {
    notes.push(
      'How the key is sent is not documented and was assumed: set auth in the config if it is sent otherwise.',
    );
  }
  return notes;
}

/** One line for an attempt that failed: `attempt 1 of 5: 429 Too Many Requests; waiting 1.3 s (backoff)`. */
export function attemptLine(
  { n, status }: Attempt,
  diagnosis: Diagnosis,
  policy: RetryPolicy | null,
  decision: RetryDecision,
  now: number,
): string {
  const what = status === null ? (diagnosis.code ?? 'no answer') : `${status} ${statusPhrase(status)}`.trim();
  const head = `attempt ${n} of ${(policy?.retries ?? 0) + 1}: ${what}`;
  if (decision.retry) return `${head}; waiting ${formatDuration(decision.waitMs)} (${decision.waitFrom})`;
  const { advice } = diagnosis.retry;
  // The diagnosis that follows says why.
  if (advice === 'never' || advice === 'after-action') return `${head}; not worth trying again`;
  const at = decision.comeBackMs === null ? null : localTime(now + decision.comeBackMs);
  return `${head}; not trying again: ${decision.reason}${at === null ? '' : `; come back at ${at}`}`;
}
