import type { StatusPattern } from '../../model/catalog.ts';
import type { Advice } from '../../model/words.ts';
import { adviceIn, isAboutRetry, sentencesOf } from './advice.ts';
import { statusesIn } from './subject.ts';

/** A rule of a page on retrying errors with some statuses. */
export interface RetryRuleSaid {
  statuses: StatusPattern[];
  except: StatusPattern[];
  advice: Advice;
  /** The sentence that says so. */
  reason: string;
  /** True for one that counts only where no other rule does. */
  isWeak?: boolean;
}

const STATUS = /(?<![\w.-])`?([45](?:\d\d|xx))`?(?!\d|\w|%|\s?(?:ms|seconds|requests|characters)\b)/gi;
const EXCEPT = /\b(?:except|excluding|other than|apart from|but not|besides|salvo|excepto|außer|sauf|кроме)\b|以外|除/i;

/** The rules in a text: sentences that name statuses and say whether to retry. */
export function retryRulesIn(text: string): RetryRuleSaid[] {
  const rules: RetryRuleSaid[] = [];
  let before: StatusPattern[] = [];
  for (const sentence of sentencesOf(text)) {
    const at = EXCEPT.exec(sentence)?.index ?? sentence.length;
    const named = statusesNamed(sentence.slice(0, at));
    const except = statusesNamed(sentence.slice(at));
    const label = /^[*\s]*(not |non-?)?retr(?:y|i)able\b/i.exec(sentence);
    const advice =
      label?.[1] === undefined ? (adviceIn(sentence, named) ?? (label === null ? null : 'backoff')) : 'never';
    if (named.length > 0 && advice !== null) rules.push({ statuses: named, except, advice, reason: sentence });
    // "On a 5xx, back off." and then: "A 400 or 401 will fail again".
    else if (named.length > 0 && /will fail again|fail identically/i.test(sentence))
      rules.push({ statuses: named, except, advice: 'never', reason: sentence });
    // "… return 429. Retry after the time in Retry-After."
    else if (named.length === 0 && before.length > 0 && rules.length === 0 && advice !== null && isAboutRetry(sentence))
      rules.push({ statuses: before, except: [], advice, reason: sentence });
    if (named.length > 0) before = named;
  }
  return rules;
}

function statusesNamed(text: string): StatusPattern[] {
  const numbers = [...text.matchAll(STATUS)].flatMap(([, number = '']) => statusesIn(number));
  const classes: StatusPattern[] = [];
  if (numbers.length === 0 && /\bserver (?:-side )?errors?\b/i.test(text)) classes.push('5xx');
  if (numbers.length === 0 && /\bclient (?:-side )?errors?\b/i.test(text)) classes.push('4xx');
  return [...new Set([...numbers, ...classes])];
}

/** The rule for an error: one that names its status before one that names its class. */
export function ruleFor(all: RetryRuleSaid[], statuses: StatusPattern[]): RetryRuleSaid | undefined {
  const [first] = statuses;
  if (first === undefined) return undefined;
  const rules = [...all.filter(({ isWeak }) => isWeak !== true), ...all.filter(({ isWeak }) => isWeak === true)];
  const kind = `${String(first)[0]}xx`;
  return (
    rules.find((rule) => rule.statuses.includes(first)) ??
    rules.find((rule) => rule.statuses.some((status) => status === kind) && !rule.except.includes(first))
  );
}
