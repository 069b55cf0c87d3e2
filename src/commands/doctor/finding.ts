import { BLANK_RESULT, type Result } from '../../model/report.ts';

/** One thing that was examined, as a result. */
function finding(of: string, what: string, outcome: 'passed' | 'failed' | 'skipped', reason: string): Result {
  const check = { outcome, file: of, line: 0, tags: [], unmet: [], reason, ms: 0 };
  return { ...BLANK_RESULT, name: of === what ? what : `${of}: ${what}`, check };
}

/** What is as it should be. */
export const good = (of: string, what: string, reason: string) => finding(of, what, 'passed', reason);
/** A fault. */
export const bad = (of: string, what: string, reason: string) => finding(of, what, 'failed', reason);
/** What is worth knowing, and no fault. */
export const idle = (of: string, what: string, reason: string) => finding(of, what, 'skipped', reason);
