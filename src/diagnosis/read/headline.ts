import { once } from '../../text/once.ts';
import { phrasesOfAll } from '../status.ts';

/** An error as programs put it into one line: its code or the phrase of its status, and a sentence. */
export interface Headline {
  /** Null for the phrase of a status beside its number: then it is no code of its own. */
  code: string | null;
  message: string;
  /** The part of the text that is the two. */
  text: string;
}

const phrases = () =>
  phrasesOfAll()
    .filter(([status]) => status >= 400)
    .map(([, phrase]) => phrase)
    .toSorted((a, b) => b.length - a.length)
    .join('|');

/** `Unauthorized - API key has expired`, `Error: Not Found: no such order`, `KEY_LOCKED: the key is locked`. */
const headline = once(
  () =>
    new RegExp(
      `(?:^|[\\s:(['"])([45]\\d\\d )?((?:${phrases()})|[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,8})["']?(?: - | – | — |: )["']?(?=\\S)([^\\n]{3,1000})`,
      'i',
    ),
);

/** So much of a text is searched. */
const SEARCHED = 8192;

/** The headline in a text; null when it has none. A phrase has to be written as one, not as a word of a sentence. */
export function readHeadline(text: string): Headline | null {
  const start = text.slice(0, SEARCHED);
  const found = headline().exec(start);
  const [whole = '', number, code = '', message = ''] = found ?? [];
  if (found === null || !/^[A-Z]/.test(code)) return null;
  // In capitals and with underscores it is a code; words in capitals only are the level of a log.
  if (code.includes('_') && code !== code.toUpperCase()) return null;
  // A label and its value say nothing of what is wrong.
  if (/^[\w -]{1,30}: ?\S*$/.test(message)) return null;
  return {
    code: number === undefined || code.includes('_') ? code : null,
    message: message.replace(/(?<!["'\])\s])["'\])\s]+$/, '').trim(),
    text: whole.replace(/^[\s:(['"]+/, '').trim(),
  };
}
