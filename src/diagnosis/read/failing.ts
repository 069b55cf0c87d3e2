import { isInteger } from '../../json/number.ts';
import { scalarNumber, scalarText } from '../../json/scalar.ts';
import { stringify } from '../../json/stringify.ts';
import { topicOf } from '../verdict/words.ts';
import { isObject } from './blamed.ts';
import { CODE_OF_ERROR, isAllTold, isErrorNumber, isNamedError, LETTERED } from './error-codes.ts';
import { type Form, formOf } from './forms.ts';
import { nameOf } from './names.ts';
import {
  hasFailed,
  isFine,
  isGood,
  isOfThing,
  isOnlyComplaint,
  isOutcome,
  MOST_OTHERS,
  TELLS_ERROR,
} from './outcome.ts';
import { saidBy } from './texts.ts';

type Json = Record<string, unknown>;

/** The depth to which wrappers are searched; what is the only member of another is no deeper. */
const DEEPEST = 3;
const MOST_ONLY = 0.25;

/** Members that say by themselves whether it worked. */
const IS_GOOD = /^(?:(?:is|was|result|request|response|status|call|api) )?(?:ok|success|successful|succeeded)$|^isok$/;
const IS_BAD = /^(?:errors?|has errors?|is error|failed|failure)$/;
/** Members that hold a number, 0 or a success where all is well. */
const NUMBERED = /^(?:(?:error|fail|failure) code|error number|error no|err|errno|return code|ret|ret code)$/;
const HOLDS_ERROR =
  /^(?:errors?|fault|exception|failure|(?:\w+ )?exception|errors? (?:response|condition|info|data|details?|list|data list|messages?)|user errors|exception report|(?:service )?exception report)$/;

/** Times in the life of a thing, such as a job; an error has only one. */
const IN_ITS_LIFE =
  /^(?:created|updated|started|finished|completed|queued|sent|ended|modified)(?: (?:at|on|time|date))?$/;
/** Members by which a thing is known. */
const NAMES_A_THING = /^(?:s?id|uuid|guid|object)$/;
/** Members of a report about files, whose errors are what was asked for. */
const NAMES_A_FILE = /^(?:file|files?|file ?(?:name|path)|path)$/;
/** Wrappers of errors that were asked for: `GetErrorsResponse`. */
const ASKED_FOR = /^(?:get|list|search|query|find|fetch|read) (?:\w+ ){0,3}(?:errors?|faults?|exceptions?|failures?)\b/;
/** The members that describe a page of a list. */
const PAGES =
  /^(?:has (?:more|next)|next(?: page| cursor| url)?|total(?: count| pages)?|page|count|cursor|pagination)$/;
/** Names of languages, under which translations are. */
const LANGUAGE = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/;

/** Members whose value may only wrap the answer. */
const WRAPS =
  /^(?:(?:\w+ )*response|json|meta|messages?|status|result|results|(?:response )?(?:head|header)|envelope|rsp|body|data|root|reply|output|return|result info)$/;

/**
 * Which member of a body says that it failed, in words; null when none does. Only what says so expressly counts: a
 * success that has a member called `error`, or lists jobs of which some failed, is a success.
 */
export function failingMember(value: unknown): string | null {
  if (isObject(value) && isOnlyComplaint(value)) return 'the body is nothing but a complaint';
  return failing(value, '', 0);
}

/** The members below `data`, or below a member of it, such as the fields of GraphQL. */
type Answers = 'none' | 'data' | 'member';

/** @param answers below the `data` of an answer, where what was asked for may be an error that is stored */
function failing(
  value: unknown,
  pointer: string,
  depth: number,
  answers: Answers = 'none',
  holder = '',
): string | null {
  if (Array.isArray(value)) {
    // If one of several worked, it is a partial success, which is judged elsewhere.
    if (value.length === 0 || value.length > 20) return null;
    // A body that lists things is none that failed, unless it lists nothing but errors.
    if (depth === 0 && !value.every(isOnlyError)) return null;
    const each = value.map((item, i) =>
      isListed(item) && !isOnlyError(item) ? null : failing(item, `${pointer}/${i}`, depth + 1),
    );
    return each.includes(null) ? null : (each[0] ?? null);
  }
  if (!isObject(value) || depth > DEEPEST) return null;
  const others = othersIn(value);
  const isThing = isOfItsOwn(value, others) && !isOnlyError(value);
  for (const key of Object.keys(value)) {
    if (isThing && !IS_GOOD.test(nameOf(key).said)) continue;
    const why = saysSo(key, value[key], value, others, answers) ?? saysSoAbove(key, value, holder);
    if (why !== null) return why.replace('~', `${pointer}/${key}`);
  }
  return others.length > MOST_OTHERS + 1 ? null : failingWithin(value, pointer, depth, answers);
}

/** True for `{"error": {…}}`, also as a response of JSON-RPC. */
const isOnlyError = (item: unknown): boolean =>
  isObject(item) &&
  isObject(item.error) &&
  Object.keys(item).every((key) => key === 'error' || (item.jsonrpc !== undefined && /^(?:jsonrpc|id)$/.test(key)));

/** Members that may only wrap the response. */
function failingWithin(value: Json, pointer: string, depth: number, answers: Answers): string | null {
  // An attribute of XML is beside what the element holds.
  const keys = Object.keys(value).filter((key) => !key.startsWith('@'));
  const isPaged = keys.some((key) => PAGES.test(nameOf(key).said));
  const isWell = keys.some((key) => DESCRIBES.test(nameOf(key).said) && saysWell(value[key]));
  for (const key of keys) {
    const inner = value[key];
    if (typeof inner !== 'object' || (isPaged && Array.isArray(inner))) continue;
    const words = nameOf(key).said;
    const isOnly = keys.length === 1 && isObject(inner) && !LANGUAGE.test(key);
    if ((!WRAPS.test(words) && !isOnly) || (isWell && words === 'data') || ASKED_FOR.test(words)) continue;
    const why = failing(
      inner,
      `${pointer}/${key}`,
      depth + (isOnly ? MOST_ONLY : 1),
      words === 'data' ? 'data' : answers === 'data' && isOnly ? 'member' : answers,
      words,
    );
    if (why !== null) return why;
  }
  return null;
}

/** Members that describe the answer: `{"meta": {"code": 1013, "message": "…"}}`. */
const DESCRIBES = /^(?:meta|header|head)$/;

/** True for a description that says that all is well. */
const saysWell = (value: unknown): boolean =>
  isObject(value) && value.code !== undefined && isGood(value.code) && scalarText(value.code) !== '';

function saysSoAbove(key: string, value: Json, holder: string): string | null {
  if (nameOf(key).said !== 'code') return null;
  const code = scalarNumber(value[key]);
  // A thing has a status with a number of its own.
  const isStatus =
    holder === 'status' && ((code >= 400 && code <= 599) || /^(?:error|failure)$/i.test(String(value.title ?? '')));
  if (!DESCRIBES.test(holder) && !isStatus) return null;
  const said = saidBy(value);
  if (!Number.isInteger(code) || code === 1 || isGood(code) || said === null || isFine(said)) return null;
  return `~ in the body is ${stringify(value[key])}`;
}

/** True for one of a list of things, of which some may have failed. */
const isListed = (item: unknown): boolean =>
  isObject(item) &&
  Object.keys(item).some((key) => {
    const { said } = nameOf(key);
    return (NAMES_A_THING.test(said) && item.object !== 'error') || NAMES_A_FILE.test(said);
  });

/** True for a thing, such as a job or a payment, that may have failed while the request for it did not. */
function isOfItsOwn(value: Json, others: string[]): boolean {
  const names = Object.keys(value).map((key) => nameOf(key).said);
  if (names.some((words) => IN_ITS_LIFE.test(words))) return true;
  if (names.includes('state') && Object.keys(value).some(isOfThing)) return true;
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
  if (/(?:^| )code$/.test(words) && CODE_OF_ERROR.test(scalarText(value)) && isAllTold(beside, others)) return shown();
  if (isOutcome(words))
    return hasFailed(words, value, { value: beside, others, isListed: isListed(beside) }) ? shown() : null;
  if (isNumbered(words, beside) && !isGood(value) && isErrorNumber(value, beside, others)) return shown();
  if (
    words === 'code' &&
    (isChinese(value, beside) || isCodeOfError(value, beside, others) || isOverErrors(value, beside))
  )
    return shown();
  if (words === 'ret' && /^(?:FAIL|ERROR)_/.test(String([value].flat()[0]))) return shown();
  if (words === 'message' && typeof value === 'string' && /^not ?ok$/i.test(value)) return shown();
  const isFew = others.length <= MOST_OTHERS && !isOfChecks(beside);
  if (answers !== 'none' && words !== 'user errors') return null;
  if (isNamedError(words) && isObject(value) && Object.keys(beside).length === 1 && holdsError(value))
    return 'the body is an error by its name';
  if (HOLDS_ERROR.test(words) && isFew && holdsError(value)) {
    return isObject(value) ? 'the body has an error with code and message' : 'the body has an error';
  }
  return TELLS_ERROR.test(words) && isFew && tellsError(value) ? shown() : null;
}

/** Members that say whether what was sent is valid, or how many things worked: what was asked for is the list of errors. */
const CHECKED = /^(?:is )?valid$/;
const COUNTED =
  /^(?:success(?:es|ful)?|succeeded|ok|passed|imported|processed|created|updated|inserted|accepted|sent|deleted)(?: (?:count|items|rows))?$/;

function isOfChecks(beside: Json): boolean {
  return Object.keys(beside).some((key) => {
    const words = nameOf(key).said;
    if (CHECKED.test(words)) return typeof beside[key] === 'boolean';
    return COUNTED.test(words) && isInteger(beside[key]) && scalarNumber(beside[key]) > 0;
  });
}

/** A number of an error, which counts unless the answer says that all is well: `{"ErrorCode": 1, "Message": "Ok"}`. */
function isNumbered(words: string, beside: Json): boolean {
  if (words !== 'error' && !NUMBERED.test(words)) return false;
  const texts = Object.keys(beside).flatMap((key) => {
    const text = nameOf(key).weights.message >= 3 ? beside[key] : undefined;
    return typeof text === 'string' && text !== '' ? [text] : [];
  });
  // A member of that name may also count errors.
  if (words === 'error') return texts.some((text) => !isFine(text) && SAYS_MORE.has(formOf(text, null)));
  return !texts.some(isFine);
}

/** Forms of a text that says what is wrong. */
const SAYS_MORE = new Set<Form>(['sentence', 'identifier', 'constant']);

const tellsError = (value: unknown): boolean => formOf(value, null) === 'sentence' && !isFine(String(value));

const holdsError = (value: unknown): boolean => {
  if (typeof value === 'string') {
    const form = formOf(value, null);
    return (form === 'sentence' || form === 'identifier' || form === 'constant') && !isFine(value);
  }
  if (Array.isArray(value))
    return value.some((item) => (Array.isArray(item) ? item.some(holdsError) : holdsError(item)));
  if (!isObject(value)) return false;
  const [only, ...more] = Object.values(value);
  // A map from fields to messages has no message of its own.
  return (
    saidBy(value) !== null ||
    (more.length === 0 && typeof only === 'string' && formOf(only, null) === 'sentence' && !isFine(only)) ||
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
    const { weights, isNeutral, noise, head, words, said } = nameOf(key);
    if (WRAPS.test(head) || words.includes('error') || words.includes('errors')) return false;
    return head === 'id' && weights.requestId === 0 ? true : (!noise && isNeutral) || said === 'id';
  });
}

/** A code and a text and nothing else than what belongs to an answer, as many APIs have it for failures only. */
function isCodeOfError(code: unknown, beside: Json, others: string[]): boolean {
  const msg = textIn(beside, 'msg');
  const said = msg ?? textIn(beside, 'message');
  if (said === undefined || said === '' || isFine(said) || isGood(code)) return false;
  if (others.length > (msg === undefined || topicOf(msg) === null ? 0 : 1)) return false;
  const { data } = beside;
  const hasRequest = Object.keys(beside).some((key) => nameOf(key).weights.requestId > 3);
  const isEmpty = data === null || (typeof data === 'object' && Object.keys(data).length === 0);
  const form = formOf(code, null);
  if (form === 'identifier' || form === 'constant') return hasRequest && formOf(said, null) === 'sentence';
  return (
    Number.isInteger(scalarNumber(code)) &&
    scalarNumber(code) !== 1 &&
    (scalarNumber(code) < 0 || msg !== undefined || hasRequest || isEmpty)
  );
}

/** A status of HTTP above data that holds nothing but errors: `{"code": 401, "data": {"errors": […]}}`. */
function isOverErrors(code: unknown, { data }: Json): boolean {
  const number = scalarNumber(code);
  if (!(number >= 400 && number < 600) || !isObject(data)) return false;
  const names = Object.keys(data);
  return names.length === 1 && HOLDS_ERROR.test(nameOf(names[0] ?? '').said) && holdsError(data[names[0] ?? '']);
}

/** A text under a name, in any case. */
function textIn(value: Json, name: string): string | undefined {
  const key = Object.keys(value).find((one) => one.toLowerCase() === name);
  const text = key === undefined ? undefined : value[key];
  return typeof text === 'string' ? text : undefined;
}

/** A code beside msg and data, as many APIs in China have it; 0 and 200 are their success. */
function isChinese(code: unknown, beside: Json): boolean {
  const { msg, message, data } = beside;
  return (
    formOf(code, null) !== 'sentence' &&
    (Number.isInteger(scalarNumber(code)) || (data === null && LETTERED.test(scalarText(code)))) &&
    !isGood(code) &&
    typeof (msg ?? message) === 'string' &&
    (data === null || (msg !== undefined && data !== undefined))
  );
}
