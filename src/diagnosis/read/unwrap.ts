import { parseJson } from '../../json/read.ts';

/** Names under which programs put an answer that they got into one of their own. */
const WRAPPERS = [
  ...['response', 'res', 'upstream', 'cause', 'error', 'err', 'errors', 'data', 'body', 'detail', 'details'],
  ...['extensions', 'payload', 'result', 'content', 'message', 'errorMessage', 'error_message', 'msg', 'inner', 'raw'],
];

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
    level = level.flatMap(membersOf).slice(0, MOST);
    found.push(...level);
  }
  return found.slice(0, MOST);
}

function membersOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value)
    ? value.slice(0, 1)
    : WRAPPERS.flatMap((name) => (Object.hasOwn(value, name) ? [(value as Record<string, unknown>)[name]] : []));
  return members.map(parsed).filter((member) => typeof member === 'object' && member !== null);
}

/** A text that is a JSON object or list becomes its value. */
function parsed(member: unknown): unknown {
  if (typeof member !== 'string' || !/^\s*[{[]/.test(member)) return member;
  return parseJson(member) ?? member;
}
