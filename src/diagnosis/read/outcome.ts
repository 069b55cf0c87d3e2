import { isNumber } from '../../json/number.ts';
import { scalarNumber, scalarText } from '../../json/scalar.ts';
import type { Topic } from '../verdict/vocabulary.ts';
import { topicOf } from '../verdict/words.ts';
import { isObject } from './blamed.ts';
import { formOf, isPhrase } from './forms.ts';
import { nameOf } from './names.ts';
import { saidBy } from './texts.ts';

type Json = Record<string, unknown>;

/** An answer, as far as it tells how the request for it went. */
export interface Answer {
  value: Json;
  /** Its members that are no part of an error. */
  others: string[];
  /** True for one of a list of things. */
  isListed: boolean;
}

/** With more members that are no part of an error, it is a thing that has an error of its own, such as a job. */
export const MOST_OTHERS = 2;

/** Members that say in a word or a number how it went. */
const OUTCOME =
  /^(?:stat|status|result|result code|result status|status code|outcome|ack|response status|response code|api status|kind|rc)$/;
const FAILED = /^(?:fail(?:ed|ure)?|err|errors?|ko|nok|not[ _-]?ok|exception|fault|fatal)$/i;
/** Words for a request that was turned down, and for a thing, such as an order, as well. */
const REJECTED = /^(?:rejected|denied|refused|declined)$/i;
/** Members with a text about an error, and about nothing else. */
export const TELLS_ERROR =
  /^(?:errors?|exception|fault|failure) (?:message|text|description|detail|details|info|reason|summary)$/;

export const isOutcome = (words: string): boolean => OUTCOME.test(words);

/**
 * Whether a member that says how it went says that it failed. A word that a job may have, too, needs a text about it
 * beside it.
 *
 * @param words of its name
 */
export function hasFailed(words: string, outcome: unknown, answer: Answer): boolean {
  const text = scalarText(outcome);
  const number = scalarNumber(outcome);
  const isTold = answer.others.length <= MOST_OTHERS && toldIn(answer.value);
  if (Number.isInteger(number) && text !== '') return numbered(words, number, answer, isTold);
  if (answer.isListed && !(isTold && formOf(saidIn(answer.value), null) === 'sentence')) return false;
  // The result of a build or of a test is one of a thing.
  if (words === 'result' && !isTold && Object.keys(answer.value).length > 1 && /^fail/i.test(text)) return false;
  if (words === 'stat' || words === 'ack' || /^(?:err|error|fail|failure)$/i.test(text))
    return FAILED.test(text) && answer.others.length <= MOST_OTHERS + 1;
  if (isFault(words, text, answer)) return true;
  if (!isTold) return false;
  if (FAILED.test(text)) return true;
  const names = Object.keys(answer.value).map((key) => nameOf(key).said);
  if (CONSTANT.test(text) && names.some((said) => TELLS_ERROR.test(said))) return true;
  const isUnclear = REJECTED.test(text) || (words === 'result code' && !isFine(text));
  return (
    isUnclear &&
    !answer.isListed &&
    !Object.keys(answer.value).some(isOfThing) &&
    answer.others.length < 2 &&
    topicOf(saidIn(answer.value) ?? '') !== null
  );
}

/** A number for how it went. */
function numbered(words: string, number: number, { value, others }: Answer, isTold: boolean): boolean {
  if (words === 'response code') return isTold && !isGood(number) && number !== 1;
  if (number < 0) return isTold;
  if (words === 'result code') return isTold && !isGood(number) && topicOf(saidBy(value) ?? '') !== null;
  if (!/^status/.test(words)) return false;
  // Codes of its own: a text has to say what is wrong, and nothing else may be told.
  if (number >= 1000) return isTold && others.length === 0 && topicOf(saidIn(value) ?? '') !== null;
  // The response that a serverless function should have sent: `{"statusCode": 403, "body": …}`.
  if (words === 'status code' && number >= 400 && number < 600 && value.body !== undefined) return true;
  if (number === 0) {
    const isConstant = Object.values(value).some((one) => CONSTANT.test(scalarText(one)));
    return (
      (isConstant && others.length < 2) || (isTold && others.length === 0 && topicOf(saidIn(value) ?? '') !== null)
    );
  }
  // A page that was looked at has a status, too.
  const isOfPage =
    Object.keys(value).some((key) => /^(?:url|uri|href|link)$/i.test(key)) && isPhrase(saidIn(value) ?? '');
  return isTold && !isOfPage && number >= (others.length === 0 ? 300 : 400);
}

/** True for the name of an id that is not that of a request: `order_id`. */
export function isOfThing(name: string): boolean {
  const { head, words, weights } = nameOf(name);
  return head === 'id' && words.length > 1 && weights.requestId <= 1;
}

/** Topics of errors that no thing has in the course of its life. */
const OF_CALLERS = new Set<Topic>(['authentication', 'permission', 'rate-limit', 'quota', 'limit', 'validation']);

/** True for a status of several words that is all there is and names a fault: `{"status": "invalid_credentials"}`. */
function isFault(words: string, text: string, { value, others }: Answer): boolean {
  if (words !== 'status' || others.length > 0 || Object.keys(value).length > 2) return false;
  const topic = /[a-z\d][_ -][a-z]|[a-z][A-Z]/i.test(text) ? topicOf(text) : null;
  return topic !== null && OF_CALLERS.has(topic) && (topic !== 'validation' || !/required/i.test(text));
}

/** A constant of several words, as codes of errors are. */
const CONSTANT = /^[A-Z]+(?:_[A-Z]+)+$/;

/** True where a text says what happened. */
function toldIn(value: Json): boolean {
  const said = saidIn(value);
  return said !== null && !isFine(said);
}

/** The text of the object of a reason, or that of the answer: `{"status": "REJECTED", "rejectReason": {"text": "…"}}`. */
function saidIn(value: Json): string | null {
  const reason = Object.keys(value).find((key) => nameOf(key).head === 'reason' && isObject(value[key]));
  return saidBy(reason === undefined ? value : (value[reason] as Json));
}

/** True for a text that says that all is well. */
export const isFine = (text: string): boolean =>
  /^(?:ok|okay|success\w*|done|created|accepted|approved|found|completed?|no error|normal|none|erfolgreich|sucesso|éxito|succès)\b|成功|正常|성공|정상|успешно/i.test(
    text,
  );

/** 0, a success of HTTP, or nothing. */
export function isGood(code: unknown): boolean {
  const number = scalarNumber(code);
  return number === 0 || (number >= 200 && number < 300) || scalarText(code) === '';
}

/** A text that says what was done: "Token revoked". */
const DONE = /^(?:\w+ ){1,3}(?:revoked|invalidated|deleted|removed|disabled|blocked|reset|closed)[.!]?$/i;

/** Names of a text that is all of an answer, and of what holds it. */
const SAYS_ALL = /^(?:messages?|information|info|note|detail|description|warning|reason|error|status|meta)$/;

/**
 * True for a success that holds one sentence, and besides numbers nothing else, which says what is wrong with the caller:
 * `{"Information": "Our rate limit is 25 requests per day"}`.
 */
export function isOnlyComplaint(value: Json): boolean {
  const keys = Object.keys(value).filter((key) => !isNumber(value[key]));
  const text = value[keys[0] ?? ''];
  if (keys.length !== 1 || !SAYS_ALL.test(nameOf(keys[0] ?? '').said)) return false;
  if (isObject(text)) return Object.values(text).every((inner) => !isObject(inner)) && isOnlyComplaint(text);
  const isSentence = typeof text === 'string' && formOf(text, null) === 'sentence' && !DONE.test(text);
  const topic = isSentence ? topicOf(text) : null;
  return topic !== null && topic !== 'validation' && OF_CALLERS.has(topic);
}
