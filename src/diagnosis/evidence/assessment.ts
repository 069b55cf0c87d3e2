import type { Fix } from '../../model/diagnosis.ts';
import type { Finding } from '../../model/finding.ts';

/** The result of a check for its cause. `possible` if it cannot tell. */
export interface Assessment {
  verdict: 'confirmed' | 'possible' | 'ruled-out';
  /** What led to the verdict; empty if nothing points either way. */
  findings: Finding[];
  /** The change that repairs it, if that is mechanical. */
  fix?: Fix | undefined;
}

export const CANNOT_TELL: Assessment = { verdict: 'possible', findings: [] };
export const confirmed = (finding: Finding, fix?: Fix): Assessment => ({
  verdict: 'confirmed',
  findings: [finding],
  ...(fix && { fix }),
});
/** Something points to the cause, but also occurs in correct requests. */
export const suspected = (finding: Finding): Assessment => ({ verdict: 'possible', findings: [finding] });
export const ruledOut = (finding: Finding): Assessment => ({ verdict: 'ruled-out', findings: [finding] });

export const isConfirmed = ({ verdict }: Assessment): boolean => verdict === 'confirmed';
export const isRuledOut = ({ verdict }: Assessment): boolean => verdict === 'ruled-out';
export const isSuspected = ({ verdict, findings }: Assessment): boolean =>
  verdict === 'possible' && findings.length > 0;

/** The assessment of a cause that each of several fields may confirm, and that all of them have to rule out. */
export function combined(assessments: Assessment[]): Assessment {
  const yes = assessments.find(isConfirmed);
  const no = assessments.length > 0 && assessments.every(isRuledOut);
  return yes ?? (no ? assessments[0] : assessments.find(isSuspected)) ?? CANNOT_TELL;
}
