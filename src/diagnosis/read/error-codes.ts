import { isNumber } from '../../json/number.ts';
import { formOf } from './forms.ts';
import { isFine } from './outcome.ts';
import { saidBy } from './texts.ts';

type Json = Record<string, unknown>;

/** A letter for who is to blame, and a number that is not that of a success. */
export const LETTERED = /^[A-Z](?!0+$)\d{4}$/;

/** Codes that say by their first letters that they are of errors. */
export const CODE_OF_ERROR = /^(?:E-?(?!0+$)\d{2,}|ERR(?:OR)?[_-]\w+)$/;

/** True where a sentence says what is wrong, and nothing else is told. */
export function isAllTold(beside: Json, others: string[]): boolean {
  const said = saidBy(beside);
  return others.length === 0 && said !== null && formOf(said, null) === 'sentence' && !isFine(said);
}

/** Codes by which some say that all is well: `E0000`, `NO_ERROR`. */
const NO_ERROR = /^(?:[A-Z]?0+|no_?error|none|ok|success\w*)$/i;

/** A number of an error; a code that is a word needs a text, and nothing else that the answer is about. */
export function isErrorNumber(value: unknown, beside: Json, others: string[]): boolean {
  const form = formOf(value, null);
  if (form === 'integer') return true;
  if (form !== 'constant' && form !== 'identifier' && form !== 'word') return false;
  const said = saidBy(Object.fromEntries(Object.entries(beside).filter(([, inner]) => inner !== value)));
  const isAll = others.every((key) => isNumber(beside[key]));
  return isAll && !NO_ERROR.test(String(value)) && said !== null && /\s/.test(said) && !isFine(said);
}

/** The name of an error of a service, and of an error that is kept or measured. */
const OF_SERVICE = /^(?:\w+ ){1,5}(?:error|fault)(?: response)?$/;
const OF_HISTORY = /\b(?:get|list|last|latest|previous|recent|mean|standard)\b/;

/** True for the words of a name that is one of an error, where it names all of the body: `<SlideShareServiceError>`. */
export const isNamedError = (words: string): boolean => OF_SERVICE.test(words) && !OF_HISTORY.test(words);
