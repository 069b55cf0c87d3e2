import { scalarNumber, scalarText } from '../../json/scalar.ts';
import { stringify } from '../../json/stringify.ts';
import { isObject } from './blamed.ts';
import { formOf } from './forms.ts';
import { nameOf } from './names.ts';
import { saidBy } from './texts.ts';

type Json = Record<string, unknown>;

/** So deep a wrapper is looked into. */
const DEEPEST = 3;

/** With more members that are no part of an error, it is a thing that has an error of its own, such as a job. */
const MOST_OTHERS = 2;

/** Members that say by themselves whether it worked. */
const IS_GOOD = /^(?:ok|success|successful|succeeded|is success|is successful|is ok|status ok)$/;
const IS_BAD = /^(?:errors?|has errors?|is error|failed|failure)$/;
/** Members that say in a word how it went. */
const OUTCOME =
  /^(?:stat|status|result|result code|result status|status code|outcome|ack|response status|api status|kind)$/;
const FAILED = /^(?:fail(?:ed|ure)?|err|errors?|ko|nok|exception|fault|fatal)$/i;
/** Members that hold a number, 0 or a success where all is well. */
const NUMBERED = /^(?:error code|error number|error no|err|errno|return code|ret|ret code)$/;
const HOLDS_ERROR =
  /^(?:errors?|fault|exception|failure|(?:\w+ )?exception|error response|user errors|exception report|(?:service )?exception report)$/;
const TELLS_ERROR =
  /^(?:errors?|exception|fault|failure) (?:message|text|description|detail|details|info|reason|summary)$/;

/** Members whose value may only wrap the answer. */
const WRAPS =
  /^(?:response|json|meta|messages?|status|result|results|head|header|envelope|rsp|body|data|root|reply|output)$/;

/**
 * Which member of a body says that it failed, in words; null when none does. Only what says so expressly counts: a
 * success that has a member called `error`, or lists jobs of which some failed, is a success.
 */
export function failingMember(value: unknown): string | null {
  return failing(value, '', 0);
}

function failing(value: unknown, pointer: string, depth: number): string | null {
  if (Array.isArray(value)) {
    // Of several, one that worked makes it a partial success, which is for others to judge.
    if (value.length === 0 || value.length > 20 || depth === 0) return null;
    const each = value.map((item, i) => failing(item, `${pointer}/${i}`, depth + 1));
    return each.includes(null) ? null : (each[0] ?? null);
  }
  if (!isObject(value) || depth > DEEPEST) return null;
  const others = othersIn(value);
  for (const key of Object.keys(value)) {
    const why = saysSo(key, value[key], value, others);
    if (why !== null) return why.replace('~', `${pointer}/${key}`);
  }
  if (others.length > MOST_OTHERS + 1) return null;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    const words = nameOf(key).said;
    const isWrapper = WRAPS.test(words) || (Object.keys(value).length === 1 && isObject(inner));
    const why = isWrapper && typeof inner === 'object' ? failing(inner, `${pointer}/${key}`, depth + 1) : null;
    if (why !== null) return why;
  }
  return null;
}

/** Why one member says so, with `~` for where it is. */
function saysSo(key: string, value: unknown, beside: Json, others: string[]): string | null {
  const words = nameOf(key).said;
  const shown = () => `~ in the body is ${stringify(value)}`;
  if (IS_GOOD.test(words) && (value === false || value === 'false')) return shown();
  if (IS_BAD.test(words) && value === true) return shown();
  if (OUTCOME.test(words)) return outcome(words, value, beside, others) ? shown() : null;
  if (NUMBERED.test(words) && !isGood(value) && formOf(value, null) === 'integer') return shown();
  if (words === 'code' && isChinese(value, beside)) return shown();
  const isFew = others.length <= MOST_OTHERS;
  if (HOLDS_ERROR.test(words) && isFew && holdsError(value)) {
    return isObject(value) ? 'the body has an error with code and message' : 'the body has an error';
  }
  return TELLS_ERROR.test(words) && isFew && formOf(value, null) === 'sentence' ? shown() : null;
}

/** A word for how it went; one that a job may have, too, needs a text about it beside it. */
function outcome(words: string, value: unknown, beside: Json, others: string[]): boolean {
  const text = scalarText(value);
  const number = scalarNumber(value);
  const isTold = others.length <= MOST_OTHERS && toldIn(beside);
  if (Number.isInteger(number) && text !== '') return /^status/.test(words) && number >= 400 && number < 1000 && isTold;
  if (words === 'stat' || words === 'ack' || /^(?:error|fail|failure)$/i.test(text))
    return FAILED.test(text) && others.length <= MOST_OTHERS + 1;
  return (
    isTold &&
    (FAILED.test(text) ||
      (/^[A-Z]+(?:_[A-Z]+)+$/.test(text) && Object.keys(beside).some((key) => TELLS_ERROR.test(nameOf(key).said))))
  );
}

/** True where a text says what happened. */
function toldIn(value: Json): boolean {
  const said = saidBy(value);
  return said !== null && !isFine(said);
}

const isFine = (text: string): boolean =>
  /^(?:ok|okay|success\w*|done|created|accepted|found|completed?|no error)\b/i.test(text);

const holdsError = (value: unknown): boolean => {
  if (typeof value === 'string') {
    const form = formOf(value, null);
    return (form === 'sentence' || form === 'identifier' || form === 'constant') && !isFine(value);
  }
  if (Array.isArray(value))
    return value.some((item) => (Array.isArray(item) ? item.some(holdsError) : holdsError(item)));
  if (!isObject(value)) return false;
  // A map from fields to messages has no message of its own.
  return saidBy(value) !== null || Object.values(value).some((inner) => Array.isArray(inner) && inner.some(holdsError));
};

/** Members that are no part of an error, and hold something. */
function othersIn(value: Json): string[] {
  return Object.keys(value).filter((key) => {
    const inner = value[key];
    if (inner === null || inner === '' || inner === false || key.startsWith('@xmlns') || key === '*') return false;
    if (typeof inner === 'object' && Object.values(inner as object).every((member) => member === null)) return false;
    const { weights, noise, waitUnit, head, words, said } = nameOf(key);
    if (WRAPS.test(head) || words.includes('error') || words.includes('errors')) return false;
    return head === 'id' && weights.requestId === undefined
      ? true
      : (!noise && waitUnit === null && Object.keys(weights).length === 0) || said === 'id';
  });
}

const isGood = (code: unknown): boolean => [0, 200].includes(scalarNumber(code)) || scalarText(code) === '';

/** A code beside msg and data, as many APIs in China have it; 0 and 200 are their success. */
function isChinese(code: unknown, beside: Json): boolean {
  const { msg, message, data } = beside;
  return (
    formOf(code, null) !== 'sentence' &&
    Number.isInteger(scalarNumber(code)) &&
    !isGood(code) &&
    typeof (msg ?? message) === 'string' &&
    (data === null || (msg !== undefined && data !== undefined))
  );
}
