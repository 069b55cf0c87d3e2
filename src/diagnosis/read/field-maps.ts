import type { Field } from '../../model/diagnosis.ts';
import { blamedBy } from './blamed.ts';
import { fieldAt, fieldOf } from './field-path.ts';
import { nameOf } from './names.ts';
import { textOf } from './values.ts';

/** How deep an object of messages may nest. */
const DEEPEST = 8;

/** Names under which frameworks put what concerns all of an object. */
const WHOLE = /^(?:non_field_errors|base|__all__|error|general|global)$/;

/** Names that say what is wrong, and not with which field: `{"errors": {"wrong_token": "…"}}`. */
export const NAMES_A_FAULT =
  /^(?:(?:invalid|wrong|missing|unknown|bad|no|not|too)_\w+|\w+_(?:invalid|expired|missing|not_found|exceeded|failed|denied))$/;

/** Names that say something of the error itself; no field of a request has them all by itself. */
const OF_THE_ERROR = new Set([
  ...['error', 'errors', 'message', 'messages', 'msg', 'detail', 'details', 'code', 'status', 'statuscode', 'type'],
  ...['title', 'success', 'data', 'meta', 'fields', 'fielderrors', 'formerrors', 'issues'],
]);

/** How frameworks word what is wrong with a value. */
const REJECTS =
  /\b(?:required|must|may not|can(?:'|no)t|invalid|valid|already|ensure|not a|blank|too|does not|exceed|limit|expired|unknown|denied)/i;

/** Names of maps from names to messages. */
const OF_MAPS = new Set([
  ...['error', 'errors', 'detail', 'details', 'data', 'message', 'messages', 'issues', 'failures', 'violations'],
  ...['validation', 'fields', 'parameters', 'context', 'error details', 'errors details'],
]);
/** The others; to compile the pattern takes 0.4 ms. */
const OF_FIELD_MAPS =
  /^(?:(?:\w+ )?(?:field|form|validation|invalid|model|arguments?|attributes?|parameters?) ?(?:errors?|fields|parameters|state)?)$/;

/** True for the name, in words, of a map from names to messages. */
export const isNameOfMaps = (words: string): boolean => OF_MAPS.has(words) || OF_FIELD_MAPS.test(words);

/**
 * True for an object from names of fields to their messages, as Django REST Framework writes the errors of fields:
 * lists of texts, which may nest in objects and in lists of objects; single texts only beside them.
 *
 * @param strict true where nothing else says that it is an error, so that the messages have to read like some
 */
export function isFieldMap(value: unknown, strict = false): boolean {
  if (!isObject(value)) return false;
  if (isOfTheError(value)) return false;
  const leaves: string[] = [];
  let lists = 0;
  const collect = (inner: unknown, depth: number): boolean => {
    if (typeof inner === 'string')
      return (depth > 0 || !/^\w*(?:Error|Exception)$/.test(inner)) && leaves.push(inner) > 0;
    if (depth > DEEPEST || typeof inner !== 'object' || inner === null) return false;
    const own = messageIn(inner);
    if (own !== null) return isMessage(inner) && leaves.push(own) > 0;
    if (!Array.isArray(inner))
      return !isOfTheError(inner) && Object.values(inner).every((member) => collect(member, depth + 1));
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
    return value.flatMap((item, i) => {
      const isMessage = textOf(item) !== null || messageIn(item) !== null;
      return fieldsOfMap(isMessage ? (textOf(item) ?? item) : item, isMessage ? path : [...path, String(i)], depth + 1);
    });
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    /^(?:__|@)/.test(name) && !Array.isArray(inner)
      ? []
      : fieldsOfMap(inner, name === '_errors' ? path : [...path, name], depth + 1),
  );
}

/** True for an object that has a member by which errors themselves are described. */
function isOfTheError(value: object): boolean {
  const entries = Object.entries(value);
  if (entries.length === 1 && /^(?:messages|errors)$/i.test(entries[0]?.[0] ?? '')) return true;
  return entries.some(([name, inner]) => OF_THE_ERROR.has(name.toLowerCase()) && !listsOf(inner));
}

/** A message that is beside its code. */
function messageIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const { message, description } = value;
  return typeof message === 'string' || typeof description === 'string' ? textOf(message ?? description) : null;
}

function memberAt(path: string[]): Pick<Field, 'path' | 'in'> {
  const last = path.at(-1) ?? '';
  const own = WHOLE.test(last) || (path.length === 1 && NAMES_A_FAULT.test(last)) ? path.slice(0, -1) : path;
  if (own.length === 0) return { path: '' };
  return fieldAt(own.length === 1 ? own[0] : own);
}

function listsOf(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of maps that hold nothing but messages by the names of fields. */
const OF_FIELDS = /^(?:errors|(?:field|form|validation|invalid) ?(?:errors|fields)?|fields|violations)$/;

/**
 * A message by itself: what is beside the name of a field is a record of a list, not a part of a map, unless it is the
 * name that it stands under.
 */
function isMessage(value: unknown, name?: string): boolean {
  if (messageIn(value) === null) return false;
  const blamed = blamedBy(value as object, false);
  return (blamed?.strength ?? 0) < 3 || (name !== undefined && blamed?.names[0] === name);
}

/** True for a name that is a code, a message, a link or an id rather than a field. */
function isVocabulary(name: string): boolean {
  const { message, code, docs, requestId } = nameOf(name).weights;
  return Math.max(message, code, docs, requestId) >= 2.5;
}

/** A text that reads as if something was wrong with a value, in any language with blanks, or is a single word for it. */
const isTold = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/**
 * True for an object from names to single texts, to objects with a message, or to lists of those: under a name for
 * fields any text, elsewhere only texts that reject something.
 *
 * @param words the words of the name that it is under
 */
export function isTextMap(value: object, words: string): boolean {
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > 100) return false;
  const isOfFields = OF_FIELDS.test(words);
  if (isRecord(value)) return false;
  if (entries.every(([name]) => OF_THE_ERROR.has(name.toLowerCase()) || (!isOfFields && isVocabulary(name))))
    return false;
  return entries.every(([name, inner]) => {
    if (!/^[\w$.[\]-]{1,80}$/.test(name)) return /^@/.test(name);
    if (!isOfFields && (OF_THE_ERROR.has(name.toLowerCase()) || isVocabulary(name))) return false;
    if (typeof inner === 'string')
      return isOfFields ? isTold(inner) : REJECTS.test(inner.slice(0, 500)) && /\s/.test(inner);
    const items: unknown[] = Array.isArray(inner) ? inner : [inner];
    return items.length > 0 && items.every((item) => isMessage(item, name) || (Array.isArray(inner) && isTold(item)));
  });
}

/** True for an error by itself: a message beside its code or the name of a field. */
const isRecord = (value: object): boolean =>
  typeof (value as { message?: unknown }).message === 'string' &&
  Object.keys(value).some((name) => nameOf(name).head === 'code' || nameOf(name).blames >= 4);

/** The errors of Zod's `format()` beside other members: `{code: "bad", id: {_errors: ["x"]}, _errors: []}`. */
export function formattedErrors(value: object): Field[] {
  if (!Object.hasOwn(value, '_errors')) return [];
  return Object.entries(value).flatMap(([name, inner]) => (isObject(inner) ? fieldsOfMap(inner, [name]) : []));
}

/** Zod's tree of errors: `{errors: [], properties: {a: {errors: ["x"]}, b: {items: [{errors: ["y"]}]}}}`. */
export function schemaTree(value: unknown, path: string[] = [], depth = 0): Field[] {
  if (!isObject(value) || depth > DEEPEST) return [];
  const { errors, properties, items } = value;
  if (path.length === 0 && !(Array.isArray(errors) && (isObject(properties) || Array.isArray(items)))) return [];
  const own = path.length > 0 && Array.isArray(errors) ? errors.filter((text) => typeof text === 'string') : [];
  const named = isObject(properties) ? Object.entries(properties) : [];
  const listed = Array.isArray(items) ? items.map((item, i): [string, unknown] => [String(i), item]) : [];
  return [
    ...own.map((message) => fieldOf(path.length === 1 ? path[0] : path, message)),
    ...[...named, ...listed].flatMap(([name, inner]) => schemaTree(inner, [...path, name], depth + 1)),
  ];
}
