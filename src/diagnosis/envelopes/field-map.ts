import type { Field } from '../../model/diagnosis.ts';
import { fieldAt } from '../field-path.ts';
import { textOf } from './values.ts';

/** How deep an object of messages may nest. */
const DEEPEST = 8;

/** Names under which frameworks put what concerns all of an object. */
const WHOLE = /^(?:non_field_errors|base|__all__|error)$/;

/** Names that say something of the error itself; no field of a request has them all by itself. */
const OF_THE_ERROR = new Set([
  ...['error', 'errors', 'message', 'messages', 'msg', 'detail', 'details', 'code', 'status', 'statuscode', 'type'],
  ...['title', 'success', 'data', 'meta'],
]);

/** How frameworks word what is wrong with a value. */
const REJECTS =
  /\b(?:required|must|may not|can(?:'|no)t|invalid|valid|already|ensure|not a|blank|too|does not|exceed)/i;

/**
 * True for an object from names of fields to their messages, as Django REST Framework writes the errors of fields:
 * lists of texts, which may nest in objects and in lists of objects; single texts only beside them.
 *
 * @param strict true where nothing else says that it is an error, so that the messages have to read like some
 */
export function isFieldMap(value: unknown, strict = false): boolean {
  if (!isObject(value)) return false;
  if (Object.keys(value).some((name) => OF_THE_ERROR.has(name.toLowerCase()) && !listsOf(value[name]))) return false;
  const leaves: string[] = [];
  let lists = 0;
  const collect = (inner: unknown, depth: number): boolean => {
    if (typeof inner === 'string') return leaves.push(inner) > 0;
    if (depth > DEEPEST || typeof inner !== 'object' || inner === null) return false;
    const own = messageIn(inner);
    if (own !== null) return leaves.push(own) > 0;
    if (!Array.isArray(inner)) return Object.values(inner).every((member) => collect(member, depth + 1));
    if (inner.some((item) => textOf(item) !== null || messageIn(item) !== null)) lists++;
    return inner.every((item) => collect(item, depth + 1));
  };
  if (!Object.values(value).every((member) => collect(member, 0)) || lists === 0) return false;
  return !strict || leaves.every((leaf) => REJECTS.test(leaf.slice(0, 500)));
}

/**
 * The fields in an object from names to messages: `{a: ["x"], b: {c: ["y"]}, d: [{}, {e: ["z"]}]}`, also with a text or
 * `{message}` in place of a list, and Discord's `_errors`.
 */
export function fieldsOfMap(value: unknown, path: string[] = [], depth = 0): Field[] {
  const text = typeof value === 'string' ? textOf(value) : messageIn(value);
  const message = path.length === 0 ? null : text;
  if (message !== null) return [{ ...memberAt(path), message }];
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) {
    // A list by itself is one of errors, not of fields.
    if (path.length === 0) return [];
    return value.flatMap((item, i) => {
      const isMessage = textOf(item) !== null || messageIn(item) !== null;
      return fieldsOfMap(isMessage ? (textOf(item) ?? item) : item, isMessage ? path : [...path, String(i)], depth + 1);
    });
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    fieldsOfMap(inner, name === '_errors' ? path : [...path, name], depth + 1),
  );
}

/** A message that stands beside its code. */
function messageIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const { message, description } = value;
  return typeof message === 'string' || typeof description === 'string' ? textOf(message ?? description) : null;
}

function memberAt(path: string[]): Pick<Field, 'path' | 'in'> {
  const own = WHOLE.test(path.at(-1) ?? '') ? path.slice(0, -1) : path;
  if (own.length === 0) return { path: '' };
  return fieldAt(own.length === 1 ? own[0] : own);
}

function listsOf(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
