import { BLANK_RESULT, type Result } from '../../model/report.ts';

/** One examination, as a result. */
function examination(of: string, what: string, outcome: 'passed' | 'failed' | 'skipped', reason: string): Result {
  const check = { outcome, file: of, line: 0, tags: [], unmet: [], reason, ms: 0 };
  return { ...BLANK_RESULT, name: of === what ? what : `${of}: ${what}`, check };
}

/** A passed examination. */
export const good = (of: string, what: string, reason: string) => examination(of, what, 'passed', reason);
/** A problem. */
export const bad = (of: string, what: string, reason: string) => examination(of, what, 'failed', reason);
/** Worth knowing, but not a problem. */
export const note = (of: string, what: string, reason: string) => examination(of, what, 'skipped', reason);
