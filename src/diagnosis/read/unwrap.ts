import { isOwn } from '../../json/own.ts';
import { parseJson } from '../../json/read.ts';

/** Names under which programs put an answer that they got into one of their own, in the order in which they count. */
const WRAPPERS = [
  ...['response', 'res', 'upstream', 'cause', 'error', 'err', 'errors', 'data', 'body', 'detail', 'details'],
  ...['extensions', 'payload', 'result', 'content', 'message', 'errorMessage', 'error_message', 'msg', 'inner', 'raw'],
];
const RANKS = new Map(WRAPPERS.map((name, rank) => [name, rank]));

/** The depth and the number of values to search. */
const DEEPEST = 5;
const MOST = 60;

/**
 * The values that a body may only wrap, nearest first: members under the usual names, the first item of a list, and JSON
 * in a text. Whether one of them is an error by itself is for the reader to judge.
 */
export function insidesOf(body: unknown): unknown[] {
  const found: unknown[] = [];
  let level = [body];
  for (let depth = 0; depth < DEEPEST && level.length > 0 && found.length < MOST; depth++) {
    const next: unknown[] = [];
    for (const value of level) if (next.length < MOST) addMembers(value, next);
    level = next;
    found.push(...level);
  }
  return found.slice(0, MOST);
}

/** Adds what a value may only wrap. */
function addMembers(value: unknown, found: unknown[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    addObject(value[0], found);
    return;
  }
  const ranks: number[] = [];
  for (const name in value) {
    const rank = RANKS.get(name);
    if (rank !== undefined && isOwn.call(value, name)) ranks.push(rank);
  }
  if (ranks.length > 1) ranks.sort((a, b) => a - b);
  for (const rank of ranks) addObject((value as Record<string, unknown>)[WRAPPERS[rank] as string], found);
}

function addObject(member: unknown, found: unknown[]): void {
  const value = typeof member === 'string' ? parsed(member) : member;
  if (typeof value === 'object' && value !== null) found.push(value);
}

/** The words that a client prints before the body of a response on the same line: `Error: 429 {"type":"error", …}`. */
const HEADING = /^(?:[A-Z]\w{0,60}(?:Error|Exception)|Error): (?:[1-5]\d\d )?(?=\{)/;

/** How boto3 and the AWS CLI say what AWS answered; a program may print no more of it. */
const OF_BOTO =
  /^[^\n]{0,300}?\bAn error occurred \(([A-Z][\w.]{2,79})\) when calling the \w{2,80} operation(?: \([^()\n]{1,60}\))?: ?(\S[^\n]{2,1000})/;

/** The error of AWS that a sentence tells of; null where it tells of none. */
export function toldByBoto(text: string): object | null {
  const [, code, message] = (text.includes('An error occurred (') ? OF_BOTO.exec(text) : null) ?? [];
  return code === undefined ? null : { __type: code, message };
}

/** A text that is a JSON object or list, the line of a client that ends with one, or that of an SDK, becomes its value. */
function parsed(text: string): unknown {
  if (/^\s*[{[]/.test(text)) return parseJson(text);
  const told = toldByBoto(text);
  if (told !== null) return told;
  const heading = HEADING.exec(text.slice(0, 100))?.[0];
  return heading === undefined ? undefined : parseJson((text.split('\n', 1)[0] ?? '').slice(heading.length));
}
