import { isNumber } from '../../json/number.ts';
import { statusOfPhrase } from '../status.ts';
import type { Role } from './names.ts';

/** The form of a value, regardless of its meaning. */
export type Form =
  | 'sentence'
  | 'phrase'
  | 'heading'
  | 'constant'
  | 'identifier'
  | 'word'
  | 'integer'
  | 'number'
  | 'status'
  | 'statuslike'
  | 'id'
  | 'url'
  | 'time'
  | 'path'
  | 'state'
  | 'party'
  | 'markup'
  | 'other';

/** Words that say that something failed and not what: the value of `status` or `type` as often as not. */
const STATES = new Set([
  ...['error', 'errors', 'err', 'fail', 'failed', 'failure', 'false', 'true', 'ok', 'nok', 'ko', 'not_ok'],
  ...[
    'notok',
    'exception',
    'fault',
    'null',
    'none',
    'undefined',
    'nil',
    'unknown',
    'danger',
    'warn',
    'warning',
    'info',
  ],
  ...[
    'debug',
    'critical',
    'severe',
    'fatal',
    'status',
    'object',
    'api_error',
    'apierror',
    'success',
    'field',
    'body',
    'query',
  ],
  ...['params', 'header', 'n/a', '-'],
]);
const LONGEST_STATE = 12;

const UUID = /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i;
const PREFIXED_ID = /^(?:req|trace|corr|rid|evt|log)[-_][\w-]{3,}$/;
const LONG_ID = /^(?:\d{6,}-\d{6,}|(?=.*\d)[0-9a-f]{16,64}|(?=[^\d]*\d)(?=.*[A-Z])(?=.*[a-z])[\w+/=-]{20,})$/;
const SHORTEST_LONG_ID = 16;
const CONSTANT = /^(?:[A-Z][A-Z\d]*(?:[_.:-][A-Z\d]+)+|[A-Z]{1,6}-?\d{2,}[A-Z]?|[A-Z]{4,}\d*|[A-Z\d]{5})$/;
const IDENTIFIER =
  /^(?:[A-Za-z][A-Za-z\d]*(?:[_.:-]+[A-Za-z\d]+)+|(?:[A-Z]+[a-z\d]+){2,}[A-Z]*|[a-z]+[A-Z][A-Za-z\d]*|[A-Za-z]+\d+)$/;
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)|^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} /;

/** What pages and frameworks put before the phrase of a status: `404 `, `Error 500 - `, `HTTP Status 404: `. */
const NUMBERED = /^(?:http )?(?:error |status |status code )?[1-5]\d\d(?: ?[-–:])? +(?=[A-Z])/i;

/** How headings begin: few texts do, and to compile the pattern takes 0.4 ms. */
const MAY_HEAD = /^(?:inv|bad|an? |req|ope|api call|int|unk|gen|for )/i;

/** Headings that say no more than a code does. */
const HEADINGS =
  /^(?:invalid (?:argument|request|parameters?|input)|bad (?:argument|parameters?)|an? (?:\w+ )?error (?:has )?occurred(?: (?:in|while|during|when) (?:processing|handling) (?:your|the|this) request)?|(?:request|operation|api call) failed|(?:internal|unknown|general|generic) error|for (?:more|further|additional) .{1,60})(?:[.!,]? (?:please )?(?:try again|retry|contact support)(?: later)?)?[.!]?$/i;

/** SOAP 1.1, section 4.4.1, and 1.2, section 5.4.6: who is to blame, and not for what. */
const SOAP_CODE = /^(?:[\w-]+:)?(?:Client|Server|Sender|Receiver)$/;

/** So much of a text is looked at. */
const LONGEST_READ = 400;

/** Longer words are no codes. */
const LONGEST_CODE = 80;

/** Phrases of clients that only repeat the status: "Request failed with status code 400". */
const OF_CLIENT =
  /^(?:(?:the )?(?:request|response|server|http|status|api|call|api call)\b)(?: \w+){0,4}? (?:status )?(?:code )?(?:was |of |is |: )?[1-5]\d\d(?: (?:and not|\().{0,80})?\.?$/i;

/** Scripts that write sentences without blanks. */
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/;

/**
 * The form of a leaf.
 *
 * @param status the status of the answer, by which a number that only repeats it is told from a code
 */
export function formOf(value: unknown, status: number | null): Form {
  if (isNumber(value)) return formOfNumber(Number(value), status);
  return typeof value === 'string' ? formOfText(value, status) : 'other';
}

function formOfNumber(number: number, status: number | null): Form {
  if (!Number.isInteger(number)) return 'number';
  if (number === status) return 'status';
  // JSON-RPC 2.0, section 5.1: reserved for errors of the protocol, and as general as a status.
  if (number <= -32000 && number >= -32768) return 'number';
  return number >= 400 && number < 600 ? 'statuslike' : 'integer';
}

/**
 * The forms of the texts of about one body, which fields, leaves and messages ask for in turn. A text takes the place of
 * another that begins and ends alike, which is cheaper than to hash it.
 */
const PLACES = 64;
const texts: string[] = new Array(PLACES).fill('');
const forms: Form[] = new Array(PLACES).fill('other');

function formOfText(value: string, status: number | null): Form {
  const { length } = value;
  const first = value.charCodeAt(0);
  // The form of a number depends on the status.
  if (length === 0 || length > LONGEST_READ || first <= 0x39) return readForm(value, status);
  const at = (length * 7 + first + value.charCodeAt(length - 1) * 3) % PLACES;
  if (texts[at] === value) return forms[at] as Form;
  const form = readForm(value, status);
  texts[at] = value;
  forms[at] = form;
  return form;
}

function readForm(value: string, status: number | null): Form {
  const text = value.length > LONGEST_READ ? value.slice(0, LONGEST_READ).trim() : value.trim();
  const first = text.charCodeAt(0);
  // { [ <
  if (first === 0x7b || first === 0x5b || first === 0x3c)
    return /^(?:\[[^\]{"]{1,80}\] ?\S|<[^>]{0,100}> \S)/.test(text) ? 'sentence' : 'markup';
  if (text.includes(' ') || /\s/.test(text)) {
    if (first >= 0x30 && first <= 0x39 && TIME.test(text) && text.length < 40) return 'time';
    if (
      (/\d/.test(text) && OF_CLIENT.test(text)) ||
      (text.length <= LONGEST_PHRASE && MAY_HEAD.test(text) && HEADINGS.test(text))
    )
      return 'heading';
    return isPhrase(text) ? 'phrase' : 'sentence';
  }
  return formOfWord(text, status);
}

/** Longer texts are more than a phrase, its number and the words around it. */
const LONGEST_PHRASE = 70;

/** True for a text that is no more than the phrase of a status, also with its number. */
export function isPhrase(text: string): boolean {
  if (text.length > LONGEST_PHRASE) return false;
  return (
    statusOfPhrase(text) !== null ||
    (/\d/.test(text) && NUMBERED.test(text) && statusOfPhrase(text.replace(NUMBERED, '')) !== null)
  );
}

/** Classes of characters: each of the forms below is ruled out by the lack or the presence of some. */
const UPPER = 1;
const LOWER = 2;
const DIGIT = 4;
/** Joins the words of a code: `_`, `.`, `:`, `-`. */
const JOINT = 8;
const ELSE = 16;
const CLASSES = new Uint8Array(128).fill(ELSE);
for (const [characters, kind] of [
  [/[A-Z]/, UPPER],
  [/[a-z]/, LOWER],
  [/\d/, DIGIT],
  [/[_.:-]/, JOINT],
] as const)
  for (let code = 0; code < 128; code++) if (characters.test(String.fromCharCode(code))) CLASSES[code] = kind;

function classesIn(text: string): number {
  let classes = 0;
  for (let i = 0; i < text.length; i++) classes |= CLASSES[text.charCodeAt(i)] ?? ELSE;
  return classes;
}

/** The form of a text without blanks. */
function formOfWord(text: string, status: number | null): Form {
  const classes = classesIn(text);
  const isAscii = (classes & ELSE) === 0;
  const hasSlash = !isAscii && text.includes('/');
  if (hasSlash && /^https?:\/\//i.test(text)) return 'url';
  if (classes === DIGIT) return text.length < 16 ? formOfNumber(Number(text), status) : 'id';
  if (text.length <= LONGEST_STATE && STATES.has(text.toLowerCase())) return 'state';
  if ((classes & UPPER) !== 0 && SOAP_CODE.test(text)) return 'party';
  if ((classes & ~(UPPER | LOWER)) === 0 && statusOfPhrase(text) !== null)
    return /^[A-Z]{4,}$/.test(text) ? 'constant' : 'phrase';
  if (!isAscii && UNSPACED.test(text)) return 'sentence';
  if (isId(text, classes)) return 'id';
  const first = text.charCodeAt(0);
  const isDigit = first >= 0x30 && first <= 0x39;
  if (isDigit && TIME.test(text)) return 'time';
  if (text.length > LONGEST_CODE || (isDigit && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text))) return 'other';
  if (isAscii && (classes & LOWER) === 0 && CONSTANT.test(text)) return 'constant';
  if (hasSlash && /^(?:\/|\w+\/\w+\/\w)/.test(text)) return 'path';
  if (isAscii && classes !== LOWER && IDENTIFIER.test(text)) return 'identifier';
  return (classes & ~(UPPER | LOWER)) === 0 && text.length > 2 ? 'word' : 'other';
}

function isId(text: string, classes: number): boolean {
  if ((classes & JOINT) !== 0 && PREFIXED_ID.test(text)) return true;
  return text.length >= SHORTEST_LONG_ID && (UUID.test(text) || ((classes & DIGIT) !== 0 && LONG_ID.test(text)));
}

/** How a form fits a role; far below zero where it never does. */
export const FIT: Record<Exclude<Role, 'wait'>, Record<Form, number>> = {
  code: {
    ...{
      constant: 3,
      identifier: 2.5,
      integer: 1.5,
      word: 0.5,
      other: -0.5,
      phrase: -0.5,
      statuslike: -3.2,
      status: -3.2,
    },
    ...{
      url: -2.5,
      id: -2.5,
      heading: -20,
      path: -4,
      party: -4,
      number: -1,
      state: -5,
      sentence: -20,
      time: -20,
      markup: -20,
    },
  },
  message: {
    ...{
      sentence: 3.5,
      phrase: 1,
      heading: 1,
      word: 0,
      other: 0,
      identifier: -2,
      constant: -2,
      state: -4,
      url: -6,
      id: -6,
      path: -6,
      party: -6,
    },
    ...{ integer: -20, number: -20, status: -20, statuslike: -20, time: -20, markup: -9 },
  },
  requestId: {
    ...{ id: 2.5, other: 1, identifier: 0, integer: 0, path: -1, word: -1, constant: -0.5, sentence: -20, phrase: -20 },
    ...{ url: -6, heading: -20, party: -20, state: -20, status: -6, statuslike: -3, time: -6, number: -6, markup: -20 },
  },
  status: {
    ...{ status: 4, statuslike: 2, phrase: -20, integer: -20, number: -20, constant: -20, identifier: -20, word: -20 },
    ...{
      sentence: -20,
      heading: -20,
      party: -20,
      state: -20,
      url: -20,
      id: -20,
      path: -20,
      time: -20,
      markup: -20,
      other: -20,
    },
  },
  docs: {
    ...{ url: 3, sentence: -20, phrase: -20, constant: -20, identifier: -20, integer: -20, word: -20, status: -20 },
    ...{
      statuslike: -20,
      heading: -20,
      party: -20,
      state: -20,
      id: -20,
      time: -20,
      number: -20,
      path: -20,
      markup: -20,
      other: -20,
    },
  },
};
