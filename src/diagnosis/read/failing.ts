import { scalarNumber, scalarText } from '../../json/scalar.ts';
import { stringify } from '../../json/stringify.ts';
import { topicOf } from '../verdict/words.ts';
import { isObject } from './blamed.ts';
import { formOf } from './forms.ts';
import { nameOf } from './names.ts';
import { saidBy } from './texts.ts';

type Json = Record<string, unknown>;

/** The depth to which wrappers are searched; what is the only member of another is no deeper. */
const DEEPEST = 3;
const MOST_ONLY = 0.25;

/** With more members that are no part of an error, it is a thing that has an error of its own, such as a job. */
const MOST_OTHERS = 2;

/** Members that say by themselves whether it worked. */
const IS_GOOD = /^(?:ok|success|successful|succeeded|is success|is successful|is ok|status ok)$/;
const IS_BAD = /^(?:errors?|has errors?|is error|failed|failure)$/;
/** Members that say in a word how it went. */
const OUTCOME =
  /^(?:stat|status|result|result code|result status|status code|outcome|ack|response status|response code|api status|kind|rc)$/;
const FAILED = /^(?:fail(?:ed|ure)?|err|errors?|ko|nok|not ?ok|exception|fault|fatal)$/i;
/** Members that hold a number, 0 or a success where all is well. */
const NUMBERED = /^(?:error code|error number|error no|err|errno|return code|ret|ret code)$/;
const HOLDS_ERROR =
  /^(?:errors?|fault|exception|failure|(?:\w+ )?exception|errors? (?:response|condition|info|data|details?|list|data list|messages?)|user errors|exception report|(?:service )?exception report)$/;
const TELLS_ERROR =
  /^(?:errors?|exception|fault|failure) (?:message|text|description|detail|details|info|reason|summary)$/;

/** Times in the life of a thing, such as a job; an error has only one. */
const IN_ITS_LIFE =
  /^(?:created|updated|started|finished|completed|queued|sent|ended|modified)(?: (?:at|on|time|date))?$/;
/** Members by which a thing is known. */
const NAMES_A_THING = /^(?:s?id|uuid|guid|object)$/;
/** The members that describe a page of a list. */
const PAGES =
  /^(?:has (?:more|next)|next(?: page| cursor| url)?|total(?: count| pages)?|page|count|cursor|pagination)$/;
/** Names of languages, under which translations are. */
const LANGUAGE = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/;

/** Members whose value may only wrap the answer. */
const WRAPS =
  /^(?:(?:\w+ )*response|json|meta|messages?|status|result|results|head|header|envelope|rsp|body|data|root|reply|output|return|result info)$/;

/**
 * Which member of a body says that it failed, in words; null when none does. Only what says so expressly counts: a
 * success that has a member called `error`, or lists jobs of which some failed, is a success.
 */
export function failingMember(value: unknown): string | null {
  return failing(value, '', 0);
}

/** The members below `data`, or below a member of it, such as the fields of GraphQL. */
type Answers = 'none' | 'data' | 'member';

/** @param answers below the `data` of an answer, where what was asked for may be an error that is stored */
function failing(value: unknown, pointer: string, depth: number, answers: Answers = 'none'): string | null {
  if (Array.isArray(value)) {
    // If one of several worked, it is a partial success, which is judged elsewhere.
    if (value.length === 0 || value.length > 20) return null;
    // A body that lists things is none that failed, unless it lists nothing but errors.
    if (depth === 0 && !value.every(isOnlyError)) return null;
    const each = value.map((item, i) => (isListed(item) ? null : failing(item, `${pointer}/${i}`, depth + 1)));
    return each.includes(null) ? null : (each[0] ?? null);
  }
  if (!isObject(value) || depth > DEEPEST) return null;
  const others = othersIn(value);
  const isThing = isOfItsOwn(value, others);
  for (const key of Object.keys(value)) {
    if (isThing && !IS_GOOD.test(nameOf(key).said)) continue;
    const why = saysSo(key, value[key], value, others, answers);
    if (why !== null) return why.replace('~', `${pointer}/${key}`);
  }
  return others.length > MOST_OTHERS + 1 ? null : failingWithin(value, pointer, depth, answers);
}

/** True for `{"error": {…}}`. */
const isOnlyError = (item: unknown): boolean =>
  isObject(item) && isObject(item.error) && Object.keys(item).length === 1;

/** Members that may only wrap the response. */
function failingWithin(value: Json, pointer: string, depth: number, answers: Answers): string | null {
  // An attribute of XML is beside what the element holds.
  const keys = Object.keys(value).filter((key) => !key.startsWith('@'));
  const isPaged = keys.some((key) => PAGES.test(nameOf(key).said));
  for (const key of keys) {
    const inner = value[key];
    if (typeof inner !== 'object' || (isPaged && Array.isArray(inner))) continue;
    const words = nameOf(key).said;
    const isOnly = keys.length === 1 && isObject(inner) && !LANGUAGE.test(key);
    if (!WRAPS.test(words) && !isOnly) continue;
    const why = failing(
      inner,
      `${pointer}/${key}`,
      depth + (isOnly ? MOST_ONLY : 1),
      words === 'data' ? 'data' : answers === 'data' && isOnly ? 'member' : answers,
    );
    if (why !== null) return why;
  }
  return null;
}

/** True for one of a list of things, of which some may have failed. */
const isListed = (item: unknown): boolean =>
  isObject(item) && Object.keys(item).some((key) => NAMES_A_THING.test(nameOf(key).said) && item.object !== 'error');

/** True for a thing, such as a job or a payment, that may have failed while the request for it did not. */
function isOfItsOwn(value: Json, others: string[]): boolean {
  const names = Object.keys(value).map((key) => nameOf(key).said);
  if (names.some((words) => IN_ITS_LIFE.test(words))) return true;
  if (typeof value.object === 'string' && value.object !== 'error') return true;
  return names.some((words) => NAMES_A_THING.test(words)) && others.length >= MOST_OTHERS;
}

/** Why one member says so, with `~` for where it is. */
function saysSo(key: string, value: unknown, beside: Json, others: string[], answers: Answers): string | null {
  const words = nameOf(key).said;
  if (answers === 'member' && words !== 'user errors') return null;
  const shown = () => `~ in the body is ${stringify(value)}`;
  if (IS_GOOD.test(words) && (value === false || value === 'false')) return shown();
  if (IS_BAD.test(words) && (value === true || value === 'true')) return shown();
  if (OUTCOME.test(words)) return outcome(words, value, beside, others) ? shown() : null;
  if (isNumbered(words, beside) && !isGood(value) && formOf(value, null) === 'integer') return shown();
  if (words === 'code' && (isChinese(value, beside) || isCodeOfError(value, beside, others))) return shown();
  if (words === 'message' && typeof value === 'string' && /^not ?ok$/i.test(value)) return shown();
  const isFew = others.length <= MOST_OTHERS;
  if (answers !== 'none' && words !== 'user errors') return null;
  if (HOLDS_ERROR.test(words) && isFew && holdsError(value)) {
    return isObject(value) ? 'the body has an error with code and message' : 'the body has an error';
  }
  return TELLS_ERROR.test(words) && isFew && tellsError(value) ? shown() : null;
}

/** A number of an error, which counts unless the answer says that all is well: `{"ErrorCode": 1, "Message": "Ok"}`. */
function isNumbered(words: string, beside: Json): boolean {
  if (words !== 'error' && !NUMBERED.test(words)) return false;
  const keys = Object.keys(beside);
  if (words === 'error') return keys.some((key) => TELLS_ERROR.test(nameOf(key).said) && tellsError(beside[key]));
  return !keys.some(
    (key) => typeof beside[key] === 'string' && (nameOf(key).weights.message ?? 0) >= 3 && isFine(beside[key]),
  );
}

const tellsError = (value: unknown): boolean => formOf(value, null) === 'sentence' && !isFine(String(value));

/** A word for how it went; one that a job may have, too, needs a text about it beside it. */
function outcome(words: string, value: unknown, beside: Json, others: string[]): boolean {
  const text = scalarText(value);
  const number = scalarNumber(value);
  const isTold = others.length <= MOST_OTHERS && toldIn(beside);
  if (Number.isInteger(number) && text !== '') return numbered(words, number, beside, others);
  if (isListed(beside) && !isTold) return false;
  if (words === 'stat' || words === 'ack' || /^(?:error|fail|failure)$/i.test(text))
    return FAILED.test(text) && others.length <= MOST_OTHERS + 1;
  return (
    isTold &&
    (FAILED.test(text) ||
      (CONSTANT.test(text) && Object.keys(beside).some((key) => TELLS_ERROR.test(nameOf(key).said))))
  );
}

/** A number for how it went. */
function numbered(words: string, number: number, beside: Json, others: string[]): boolean {
  const isTold = others.length <= MOST_OTHERS && toldIn(beside);
  if (words === 'response code') return isTold && !isGood(number) && number !== 1;
  if (number < 0) return isTold;
  if (words === 'result code') return isTold && !isGood(number) && topicOf(saidBy(beside) ?? '') !== null;
  if (!/^status/.test(words) || number >= 1000) return false;
  if (number === 0) return others.length < 2 && Object.values(beside).some((one) => CONSTANT.test(scalarText(one)));
  return isTold && number >= (others.length === 0 ? 300 : 400);
}

/** A constant of several words, as codes of errors are. */
const CONSTANT = /^[A-Z]+(?:_[A-Z]+)+$/;

/** True where a text says what happened. */
function toldIn(value: Json): boolean {
  const said = saidBy(value);
  return said !== null && !isFine(said);
}

const isFine = (text: string): boolean =>
  /^(?:ok|okay|success\w*|done|created|accepted|approved|found|completed?|no error|erfolgreich|sucesso|éxito|succès)\b|成功|正常|успешно/i.test(
    text,
  );

const holdsError = (value: unknown): boolean => {
  if (typeof value === 'string') {
    const form = formOf(value, null);
    return (form === 'sentence' || form === 'identifier' || form === 'constant') && !isFine(value);
  }
  if (Array.isArray(value))
    return value.some((item) => (Array.isArray(item) ? item.some(holdsError) : holdsError(item)));
  if (!isObject(value)) return false;
  // A map from fields to messages has no message of its own.
  return (
    saidBy(value) !== null ||
    Object.values(value).some((inner) =>
      Array.isArray(inner) ? inner.some(holdsError) : isObject(inner) && holdsError(inner),
    )
  );
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

/** 0, a success of HTTP, or nothing. */
function isGood(code: unknown): boolean {
  const number = scalarNumber(code);
  return number === 0 || (number >= 200 && number < 300) || scalarText(code) === '';
}

/** A code and a text and nothing else than what belongs to an answer, as many APIs have it for failures only. */
function isCodeOfError(code: unknown, beside: Json, others: string[]): boolean {
  const { msg, message, data } = beside;
  const said = msg ?? message;
  if (others.length > 0 || typeof said !== 'string' || said === '' || isFine(said) || isGood(code)) return false;
  const hasRequest = Object.keys(beside).some((key) => (nameOf(key).weights.requestId ?? 0) > 3);
  const isEmpty = data === null || (typeof data === 'object' && Object.keys(data).length === 0);
  const form = formOf(code, null);
  if (form === 'identifier' || form === 'constant') return hasRequest && formOf(said, null) === 'sentence';
  return (
    Number.isInteger(scalarNumber(code)) &&
    scalarNumber(code) !== 1 &&
    (scalarNumber(code) < 0 || msg !== undefined || hasRequest || isEmpty)
  );
}

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
