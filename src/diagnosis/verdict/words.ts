import { once } from '../../text/once.ts';
import { needlesOf } from './needles.ts';
import { CREDENTIAL, NEEDLES, PHRASES, type Row, type Topic, VOCABULARY } from './vocabulary.ts';

/** So much of a text is searched. */
const SEARCHED = 1000;

/** Words that negate the word after them. */
const NEGATED = '(?<!\\b(?:not|never|isn t|wasn t|hasn t|not been|no longer|not yet|without being) )';

/** A row of the vocabulary, and its pattern once a text has needed it. */
interface Known {
  row: Row;
  needles: string[] | null;
  pattern: RegExp | null;
}

/** Words are one blank apart, so that a blank is where one begins: ten times as fast as to look back for a letter. */
const sourceOf = ({ says }: Row): string =>
  ` (?:${says.replaceAll('{cred}', CREDENTIAL).replaceAll('~', NEGATED).replaceAll('^', '(?<=^ )').replaceAll('[(?<=^ )', '[^')})`;

/** The pattern of a row. Other scripts than Latin have no boundaries of words. */
export const patternOf = (row: Row): RegExp =>
  PHRASES.includes(row) ? new RegExp(row.says, 'u') : new RegExp(sourceOf(row));

/** Literals of which a text has one if the row speaks of it; null if any text may be meant. */
export const needlesIn = (row: Row): string[] | null => needlesOf(PHRASES.includes(row) ? row.says : sourceOf(row));

const rows = once(() =>
  [...VOCABULARY, ...PHRASES].map((row, index): Known => {
    return { row, needles: NEEDLES === null ? needlesIn(row) : (NEEDLES[index] ?? null), pattern: null };
  }),
);

/** Whether a row speaks of words. Its pattern is compiled for the first text that has one of its needles. */
function speaksOf(known: Known, words: string): boolean {
  if (known.pattern === null) {
    if (known.needles?.some((needle) => words.includes(needle)) === false) return false;
    known.pattern = patternOf(known.row);
  }
  return known.pattern.test(words);
}

/** A sentence or a code in any notation as words in lower case: `invalidApiKey`, `INVALID_API_KEY`, `Invalid API key.` */
export function wordsIn(text: string): string {
  return text
    .slice(0, SEARCHED)
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** A text without the frames of a stack below it, in which any word may be the name of something. */
function withoutStack(text: string): string {
  const end = text.indexOf('\n') < 0 ? -1 : text.search(/\n {1,8}at \S/);
  return end < 0 ? text : text.slice(0, end);
}

/** The topic of a text by its words; null if they do not tell. */
export function topicOf(text: string): Topic | null {
  const words = ` ${wordsIn(withoutStack(text))}`;
  if (words === ' ') return null;
  return rows().find((known) => speaksOf(known, words))?.row.topic ?? null;
}
