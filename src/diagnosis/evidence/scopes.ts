import { valueAt } from '../../json/pointer.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut, suspected } from './assessment.ts';
import type { Facts } from './facts.ts';

/**
 * The scopes of a token beside those of which an operation needs one: in the headers of GitHub and Slack, and in the
 * body of Slack.
 */
export function scopeMissing({ response, content, category }: Facts): Assessment {
  const needed = response.headers['x-accepted-oauth-scopes'] ?? textAt(content.value, '/needed');
  const given = response.headers['x-oauth-scopes'] ?? textAt(content.value, '/provided');
  if (needed === undefined || given === undefined) return CANNOT_TELL;
  const [accepted, held] = [scopesIn(needed), scopesIn(given)];
  if (accepted.length === 0) return CANNOT_TELL;
  const found = accepted.find((scope) => held.some((own) => includes(own, scope)));
  if (found !== undefined) return ruledOut({ code: 'scope-present', scope: found });
  const finding = { code: 'scope-absent' as const, accepted, held };
  // What does not exist is not found with any scope.
  return category === 'not-found' ? suspected(finding) : confirmed(finding);
}

const textAt = (value: unknown, pointer: string): string | undefined => {
  const text = valueAt(value, pointer);
  return typeof text === 'string' ? text : undefined;
};

const scopesIn = (list: string): string[] => list.split(/[\s,]+/).filter((scope) => scope !== '');

const LEVELS = ['read', 'write', 'admin'];

/** Whether a scope is or includes another: `repo` has `repo:status` in it, `admin:org` has `read:org`. */
function includes(own: string, other: string): boolean {
  if (own === other || other.startsWith(`${own}:`)) return true;
  const [level = '', subject] = own.split(':', 2);
  const [otherLevel = '', otherSubject] = other.split(':', 2);
  if (subject === undefined) return otherSubject === own && LEVELS.includes(otherLevel);
  return subject === otherSubject && LEVELS.indexOf(level) > LEVELS.indexOf(otherLevel) && LEVELS.includes(otherLevel);
}
