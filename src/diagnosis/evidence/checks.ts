import type { Cause } from '../../model/diagnosis.ts';
import type { From } from '../../model/words.ts';
import { type Assessment, CANNOT_TELL, isConfirmed, isRuledOut, isSuspected } from './assessment.ts';
import { CHECK_NAMES, CHECKS, type Check } from './check-table.ts';
import type { Facts } from './facts.ts';
import { namesSomethingElse, speaksOf } from './response-words.ts';
import { evidenceOf } from './sentences.ts';

/** The schema of catalogs knows the names, so an unknown one is a bug. */
function checkOf(name: string): Check {
  const check = (CHECKS as Record<string, Check>)[name];
  if (check === undefined) throw new Error(`there is no check ${name}`);
  return check;
}

/** Runs a check on a request of which only method and URL are known: it cannot tell if it asks for more. */
function runNamed(run: Check['run'], facts: Facts): Assessment {
  let asked = false;
  const unknown = <T>(value: T): T => {
    asked = true;
    return value;
  };
  const { method, url } = facts.request;
  const request = {
    method,
    url,
    get headers() {
      return unknown({});
    },
    get body() {
      return unknown(null);
    },
  };
  const assessment = run({ ...facts, request, json: () => unknown(undefined) });
  return asked ? CANNOT_TELL : assessment;
}

/** The result of a check, unless the response names something else. */
function assess(name: string, facts: Facts): Assessment {
  const { run, subject } = checkOf(name);
  const assessment = facts.request.named ? runNamed(run, facts) : run(facts);
  return isConfirmed(assessment) && subject !== undefined && namesSomethingElse(facts, subject)
    ? { verdict: 'possible', findings: assessment.findings }
    : assessment;
}

/**
 * The combined result of a cause's checks: one that confirms it is enough, and all have to rule it
 * out.
 */
export function assessmentOf(names: string[], facts: Facts): Assessment {
  const assessments = names.map((name) => assess(name, facts));
  const yes = assessments.find(isConfirmed);
  if (yes !== undefined) return yes;
  if (assessments.length > 0 && assessments.every(isRuledOut))
    return { verdict: 'ruled-out', findings: assessments.flatMap(({ findings }) => findings) };
  return assessments.find(isSuspected) ?? CANNOT_TELL;
}

/** A cause with its assessment, the findings also in words. */
export const causeOf = (text: string, from: From, { verdict, findings, fix }: Assessment): Cause => ({
  text,
  from,
  verdict,
  evidence: evidenceOf(findings),
  findings,
  ...(fix && { fix }),
});

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
    const assessment = assess(name, facts);
    if (isConfirmed(assessment) || isSuspected(assessment)) found.push(causeOf(text, 'general', assessment));
  }
  return found;
}
