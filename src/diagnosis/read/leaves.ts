import { isNumber } from '../../json/number.ts';
import { isOwn } from '../../json/own.ts';
import { pointerToken } from '../../json/pointer.ts';
import { type Form, formOf } from './forms.ts';
import { type Name, nameOf } from './names.ts';
import { placeWithin } from './places.ts';
import { textOf } from './values.ts';

/** Bounds of the walk: an error says what it has to say near the top. */
const DEEPEST = 8;
const MOST_LEAVES = 300;
const MOST_MEMBERS = 60;
const LONGEST_HTML = 2000;

const AT = 0x40;

/** An object or a list of the body, and what being in it means. */
export interface Container {
  parent: Container | null;
  /** The name or index below the parent; "" for the body itself. */
  key: string;
  /** The name that its members would have if they had none: items of a list are called as the list is. */
  name: Name;
  value: object;
  depth: number;
  weight: number;
  /** True below what was read as the fields of the request. */
  inFields: boolean;
}

/** A text or a number in the body. */
export interface Leaf {
  /** The object that it is a member of; of a list of texts, the list. */
  place: Container;
  key: string;
  name: Name;
  value: unknown;
  text: string;
  form: Form;
}

/**
 * The leaves of a body, those nearest the top first. A pair of `name` and `value` is a member of that
 * name.
 *
 * @param status of the answer, where it is known
 * @param fields containers that hold the fields of the request
 */
export function leavesOf(body: unknown, status: number | null, fields: ReadonlySet<unknown>): Leaf[] {
  const leaves: Leaf[] = [];
  const root = containerIn(body);
  if (root === null) {
    if (typeof body !== 'string' || body.trim() === '') return leaves;
    const place = { parent: null, key: '', name: nameOf(''), value: {}, depth: 0, weight: 0, inFields: false };
    return [{ place, key: '', name: nameOf('message'), value: body, text: shown(body), form: formOf(body, status) }];
  }
  const level: Container[] = [
    { parent: null, key: '', name: nameOf(''), value: root, depth: 0, weight: 0, inFields: fields.has(root) },
  ];
  for (let at = 0; at < level.length && leaves.length < MOST_LEAVES; at++) {
    const place = level[at] as Container;
    enter(place, status, fields, leaves, level);
  }
  return leaves;
}

/** Adds the leaves of a container, and the containers in it to those that are still to be entered. */
function enter(
  place: Container,
  status: number | null,
  fields: ReadonlySet<unknown>,
  leaves: Leaf[],
  level: Container[],
): void {
  const isList = Array.isArray(place.value);
  let members = 0;
  for (const key in place.value) {
    if (++members > MOST_MEMBERS || !isOwn.call(place.value, key)) break;
    if (key.charCodeAt(0) === AT && (key.startsWith('@xmlns') || key.startsWith('@xsi'))) continue;
    const value = (place.value as Record<string, unknown>)[key];
    const pair = isList ? pairOf(value) : null;
    const name = pair === null ? memberName(place, key, isList) : nameOf(pair.name);
    const inner = pair === null ? containerIn(value) : null;
    if (inner !== null) {
      if (place.depth >= DEEPEST) continue;
      // XML has the name of a member in an attribute as often as in the element: `<str name="msg">`.
      const own = (inner as Record<string, unknown>)['@name'];
      const called = typeof own === 'string' ? nameOf(own) : name;
      const weight = placeWithin(isList && called === name ? [] : called.words, isList ? Number(key) : 0, place.weight);
      level.push({
        parent: place,
        key,
        name: called,
        value: inner,
        depth: place.depth + 1,
        weight,
        inFields: place.inFields || fields.has(inner),
      });
      continue;
    }
    const leaf = pair === null ? value : pair.value;
    const called = pair === null && !isList && isForContainer(name, place) ? place.name : ofError(name, place);
    if (!isNumber(leaf) && (typeof leaf !== 'string' || leaf === '')) continue;
    const text = shown(leaf);
    if (text !== '')
      leaves.push({
        place,
        key,
        name: called,
        value: leaf,
        text,
        form: formUnder(called, formOf(typeof leaf === 'string' ? text : leaf, status), status, place),
      });
  }
}

/** A number under `code` that is not the status of the answer is a code, whatever it looks like. */
function formUnder({ head, words }: Name, form: Form, status: number | null, { depth, value }: Container): Form {
  if (form !== 'statuslike' || status === null || head !== 'code' || words.includes('status')) return form;
  return depth === 0 && status < 400 && isAboveErrors(value) ? form : 'integer';
}

/** True for `{"code": 401, "data": {"errors": [{"code": -18010002, …}]}}`: the errors have codes of their own. */
function isAboveErrors(value: object): boolean {
  const { data } = value as { data?: unknown };
  return typeof data === 'object' && data !== null && Array.isArray((data as { errors?: unknown }).errors);
}

/** The text of a leaf; of a piece of HTML what is shown of it. */
function shown(leaf: unknown): string {
  const text = (textOf(leaf) ?? '').trim();
  return text.startsWith('<') && text.includes('</')
    ? text
        .slice(0, LONGEST_HTML)
        .replaceAll(/<[^<>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
    : text;
}

/** An item is called as its list is, the text of an XML element as the element, an attribute without its mark. */
function memberName(place: Container, key: string, isList: boolean): Name {
  return isList || key === '#text' || key === '@value'
    ? place.name
    : nameOf(key.charCodeAt(0) === AT ? key.slice(1) : key);
}

/** A name, where it is the number of an error: `<Error><Number>8195</Number>…`. */
const ofError = (name: Name, { name: holder }: Container): Name =>
  name.said === 'number' && /^(?:errors?|fault|exception)$/.test(holder.head) ? nameOf('error number') : name;

/** True for a member that is all of what it is in: `"message": {"lang": "en", "value": "…"}`, `<msg><line>…</line></msg>`. */
function isForContainer({ said, weights }: Name, { name, value }: Container): boolean {
  const { message, code } = name.weights;
  if (said === 'value') return Math.max(message, code) >= 3;
  const own = Math.max(weights.message, weights.code, weights.requestId, weights.docs);
  return message >= 3 && own < 2 && isOnly(value);
}

/** True for an object with one member. */
function isOnly(value: object): boolean {
  let members = 0;
  for (const _ in value) if (++members > 1) return false;
  return true;
}

/** A container; null for anything else. */
function containerIn(value: unknown): object | null {
  return typeof value === 'object' && value !== null && !isNumber(value) ? value : null;
}

/** `{name: "faultCode", value: {int: 403}}`: a member with its name as a value. */
function pairOf(item: unknown): { name: string; value: unknown } | null {
  if (typeof item !== 'object' || item === null) return null;
  const { name, value } = item as Record<string, unknown>;
  if (typeof name !== 'string' || value === undefined || Object.keys(item).length > 2) return null;
  if (typeof value !== 'object' || value === null || isNumber(value)) return { name, value };
  const inner = Object.values(value);
  return inner.length === 1 && typeof inner[0] !== 'object' ? { name, value: inner[0] } : null;
}

/** The location of a leaf, as a JSON Pointer (RFC 6901) that continues into JSON in a text. */
export function pointerOf({ place, key }: Leaf): string {
  let pointer = key === '' && place.parent === null ? '' : pointerToken(key);
  for (let at: Container | null = place; at !== null && at.parent !== null; at = at.parent)
    pointer = pointerToken(at.key) + pointer;
  return pointer;
}
