import { needlesOf } from './needles.ts';
import { CREDENTIAL, PHRASES, type Row, type Topic, VOCABULARY } from './vocabulary.ts';

/** So much of a text is searched. */
const SEARCHED = 1000;

/** Words that negate the word after them. */
const NEGATED = '(?<!\\b(?:not|never|isn t|wasn t|hasn t|not been|no longer|not yet|without being) )';

/** A row of the vocabulary, and its pattern once a text has needed it. */
interface Known {
  topic: Topic;
  source: string;
  flags: string;
  needles: string[] | null;
  pattern: RegExp | null;
}

/** Words are one blank apart, so that a blank is where one begins: ten times as fast as to look back for a letter. */
export const sourceOf = ({ says }: Row): string =>
  ` (?:${says.replaceAll('{cred}', CREDENTIAL).replaceAll('~', NEGATED).replaceAll('^', '(?<=^ )').replaceAll('[(?<=^ )', '[^')})`;

const known = ({ topic }: Row, source: string, flags: string): Known => {
  return { topic, source, flags, needles: needlesOf(source), pattern: null };
};

let rows: Known[] | null = null;

/** Whether a row speaks of words. Its pattern is compiled for the first text that has one of its needles. */
function speaksOf(row: Known, words: string): boolean {
  if (row.pattern === null) {
    if (row.needles?.some((needle) => words.includes(needle)) === false) return false;
    row.pattern = new RegExp(row.source, row.flags);
  }
  return row.pattern.test(words);
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
  // Other scripts have no boundaries of words.
  rows ??= [
    ...VOCABULARY.map((row) => known(row, sourceOf(row), '')),
    ...PHRASES.map((row) => known(row, row.says, 'u')),
  ];
  return rows.find((row) => speaksOf(row, words))?.topic ?? null;
}
