import type { Check, CheckResult, Outcome } from '../../model/check.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import { BLANK_RESULT, type Result } from '../../model/report.ts';

/**
 * The result of a check that could not be run. A bug in errprobe costs no other check its result.
 */
export function failedResult(check: Check, error: unknown): Result {
  if (error instanceof UsageError || error instanceof ConfigError) return resultOf(check, 'error', error.message);
  const { name, message, stack = message } = error as Error;
  const reason = `errprobe failed at this check, which is a bug in errprobe: ${name}: ${message}`;
  return { ...BLANK_RESULT, name: check.name, check: { ...checkResult(check, 'error', reason, 0, []), stack } };
}

/** The result of a check without a request. */
export function resultOf(check: Check, outcome: Outcome, reason: string): Result {
  return { ...BLANK_RESULT, name: check.name, check: checkResult(check, outcome, reason, 0, []) };
}

/** The part of a report about the check itself. */
export function checkResult(
  { file, line, tags }: Check,
  outcome: Outcome,
  reason: string | null,
  ms: number,
  unmet: CheckResult['unmet'],
): CheckResult {
  return { outcome, file, line, tags, unmet, reason, ms };
}
