import type { Cause } from '../../model/diagnosis.ts';
import { CHECK_NAMES, CHECKS, type Check } from './check-table.ts';
import { CANNOT_TELL, type Facts, type Finding, suspected } from './facts.ts';
import { namesSomethingElse, speaksOf } from './said.ts';

/** The schema of catalogs knows the names, so an unknown one is a bug. */
function checkOf(name: string): Check {
  const check = (CHECKS as Record<string, Check>)[name];
  if (check === undefined) throw new Error(`there is no check ${name}`);
  return check;
}

/** The result of a check, unless the response names something else. */
function assess(name: string, facts: Facts): Finding {
  const { run, subject } = checkOf(name);
  const finding = run(facts);
  const isBeside = finding.verdict === 'confirmed' && subject !== undefined && namesSomethingElse(facts, subject);
  return isBeside ? suspected(finding.evidence ?? '') : finding;
}

/**
 * The combined result of a cause's checks: one that confirms it is enough, and all have to rule it
 * out.
 */
export function verdictOf(names: string[], facts: Facts): Finding {
  const findings = names.map((name) => assess(name, facts));
  const yes = findings.find(({ verdict }) => verdict === 'confirmed');
  if (yes !== undefined) return yes;
  const all = findings.length > 0 && findings.every(({ verdict }) => verdict === 'ruled-out');
  if (all) return { verdict: 'ruled-out', evidence: findings.map(({ evidence }) => evidence).join('; ') };
  return findings.find(({ verdict, evidence }) => verdict === 'possible' && evidence !== null) ?? CANNOT_TELL;
}

/**
 * Problems, or possible problems, of this request that no cause of the entry mentions.
 *
 * @param used the checks that the entry's causes have used
 */
export function furtherCauses(facts: Facts, used: string[]): Cause[] {
  const found: Cause[] = [];
  for (const name of CHECK_NAMES) {
    const { broad, categories, subject, text }: Check = CHECKS[name];
    if (used.includes(name) || !categories.includes(facts.category)) continue;
    // That nothing was found only means that the address is wrong.
    const isOpen = facts.vague || facts.category === 'not-found';
    if (broad !== undefined && !isOpen && !speaksOf(facts, broad)) continue;
    if (broad !== undefined && subject !== undefined && namesSomethingElse(facts, subject)) continue;
    const finding = assess(name, facts);
    const told = finding.verdict === 'possible' && finding.evidence !== null;
    if (finding.verdict === 'confirmed' || told) found.push({ text, from: 'general', ...finding });
  }
  return found;
}
