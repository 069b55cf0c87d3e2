import { isOwn } from '../../json/own.ts';
import type { Field } from '../../model/diagnosis.ts';
import { type Blamed, blamedBy, isObject, strengthOf } from './blamed.ts';
import { fieldsOfMap, formattedErrors, isFieldMap, isNameOfMaps, isTextMap, schemaTree } from './field-maps.ts';
import { fieldAt, fieldOf } from './field-path.ts';
import type { Leaf } from './leaves.ts';
import { wordsOf } from './name-words.ts';
import { nameOf } from './names.ts';
import { saidBy } from './texts.ts';

/** No body has more fields than anybody reads. */
const MOST_FIELDS = 100;
const DEEPEST = 5;
const MOST_CONTAINERS = 120;

/** The fields that a body blames, and the containers that they were read from. */
export interface FieldsRead {
  fields: Field[];
  places: Set<unknown>;
  /** True where they were read from a map from names to messages. */
  isMap: boolean;
  /** The fields that are named apart from any message: `fields: ["a", "b"]`. */
  beside(leaves: Leaf[], message: Leaf | null): Field[];
}

/** Names of lists and maps of problems. */
const OF_ERRORS =
  /\b(?:errors?|details?|violations?|fields?|invalid|parameters|issues?|messages?|validation|failures?|causes?|problems?|reasons?|exceptions?|info|data)\b/;

/** The place of the field in the texts of class-validator and Fastify. */
const NAMES_ITS_FIELD =
  /^(?:(?:body|querystring|query|params|headers)\/\S+(?= )|property \S+ should not exist|"?[a-z_][\w.[\]]*"? (?:must|should|has to|cannot|is not allowed|is (?:an? )?(?:\w+ )?required)\b|[a-z_][\w.[\]]*: (?=(?:is|are|must|should|has to|cannot|can't|may not|required|missing|[Tt]his (?:field|value)|already|does not|too|[Aa]n? \w+ with this field|[Ii]nvalid|[Uu]nknown|[Uu]nsupported|[Uu]nexpected)\b))/;
const MISSING_FIELD = /^(body|querystring|params|headers) must have required property '([^']+)'/;

/** Statuses that blame the content of a request; others blame who sent it, where, or nobody. */
const OF_CONTENT = new Set([400, 402, 406, 409, 411, 412, 413, 415, 416, 422]);

interface Container {
  value: object;
  words: string;
  depth: number;
  isItem: boolean;
}

/**
 * Reads which members of the request an answer blames: a name beside a message at any depth, maps from names to
 * messages, lists of texts that name what they are about. The container nearest the top that blames any counts.
 *
 * @param status of the answer, where it is known
 */
export function readFields(body: unknown, status: number | null): FieldsRead {
  const places = new Set<unknown>();
  const none: FieldsRead = { fields: [], isMap: false, places, beside: (_, message) => bareNames(body, message) };
  if (typeof body !== 'object' || body === null) return none;
  const queue: Container[] = [{ value: body, words: '', depth: 0, isItem: false }];
  const { errors, message } = body as { errors?: unknown; message?: unknown };
  const isGraphql = Array.isArray(errors) && Object.hasOwn(body, 'data') && typeof message !== 'string';
  let pair: Field[] = [];
  for (let at = 0; at < queue.length && at < MOST_CONTAINERS; at++) {
    const container = queue[at] as Container;
    addMembers(container, queue);
    const { kind, fields } = fieldsIn(container, status, isGraphql);
    if (!fields.some(({ path }) => path !== '')) continue;
    // A field beside the error's message may be the first of a list further down, and so may the texts of a list.
    if (kind === 'pair' || (kind === 'list' && fields.some(({ path }) => path === ''))) {
      if (pair.length === 0) pair = fields;
      continue;
    }
    if (pair.length > 0 && !fields.some(({ path }) => path === pair[0]?.path)) break;
    places.add(container.value);
    return {
      ...none,
      places,
      isMap: kind === 'map' && isFieldMap(container.value),
      fields: distinct(fields).slice(0, MOST_FIELDS),
    };
  }
  return { ...none, fields: distinct(pair) };
}

function addMembers({ value, words, depth }: Container, queue: Container[]): void {
  if (depth >= DEEPEST) return;
  const isItem = Array.isArray(value);
  let members = 0;
  for (const key in value) {
    if (++members > MOST_CONTAINERS || !isOwn.call(value, key)) break;
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner !== 'object' || inner === null) continue;
    if (isItem) queue.push({ value: inner, words, depth: depth + 1, isItem });
    else {
      const { said, echoes } = nameOf(key);
      if (!echoes) queue.push({ value: inner, words: said, depth: depth + 1, isItem });
    }
  }
}

/** True for an object from names of fields to messages. */
function isMap({ value, words, depth, isItem }: Container, status: number | null): boolean {
  if (isItem || Array.isArray(value)) return false;
  if (depth === 0) return isRootMap(value, status);
  return isNameOfMaps(words) && (isFieldMap(value) || isTextMap(value, words));
}

/** A container's kind, and the fields that it blames. */
interface Found {
  kind: 'list' | 'tree' | 'map' | 'pair';
  fields: Field[];
}

function fieldsIn(container: Container, status: number | null, isGraphql: boolean): Found {
  const { value, words, depth } = container;
  if (Array.isArray(value)) return { kind: 'list', fields: fieldsOfList(value, words, depth, status, isGraphql) };
  if (isOfKeys(value)) return { kind: 'pair', fields: [] };
  const tree = schemaTree(value);
  if (tree.length > 0) return { kind: 'tree', fields: tree };
  const formatted = formattedErrors(value);
  if (formatted.length > 0) return { kind: 'tree', fields: formatted };
  if (isMap(container, status)) return { kind: 'map', fields: fieldsOfMap(value) };
  // An item has been read with its list.
  const blamed = container.isItem ? null : (elementOf(value, words) ?? blamedBy(value));
  const message = blamed === null || blamed.strength < 4 ? null : saidBy(value);
  return { kind: 'pair', fields: blamed === null || message === null ? [] : named(blamed, message) };
}

function fieldsOfList(
  items: unknown[],
  words: string,
  depth: number,
  status: number | null,
  isGraphql: boolean,
): Field[] {
  if (depth === 0 && isRootList(items, status)) return fieldsOfMap(items);
  const records = items
    .slice(0, MOST_FIELDS)
    .flatMap((item) => (isObject(item) ? fieldsOfRecord(item, words, isGraphql, status) : []));
  if (records.length > 0) return records;
  // Objects with a text that names what it is about.
  const told = items.flatMap((item) => (isObject(item) ? (saidBy(item) ?? []) : []));
  return told.length > 0 ? fieldsOfTexts(told, words).filter(({ path }) => path !== '') : fieldsOfTexts(items, words);
}

/** Joi's `validation: {source, keys}`, also by the part of the request: names without messages of their own. */
function isOfKeys(value: object): boolean {
  if (hasKeys(value)) return true;
  for (const name in value) if (hasKeys((value as Record<string, unknown>)[name])) return true;
  return false;
}

const hasKeys = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Array.isArray((value as { keys?: unknown }).keys);

/** A list of such maps, one for each item that was sent, those without errors empty. */
function isRootList(items: unknown[], status: number | null): boolean {
  const maps = items.filter((item) => isObject(item) && Object.keys(item).length > 0);
  return maps.length > 0 && items.every(isObject) && maps.every((map) => isRootMap(map as object, status));
}

/** An element of XML that is about the field in its attribute: `<parameter name="size"><message>…`. */
function elementOf(item: object, words: string): Blamed | null {
  const { '@name': name } = item as Record<string, unknown>;
  return typeof name === 'string' && /^[\w$.[\]-]{1,100}$/.test(name) && nameOf(words).blames >= 4
    ? { names: [name], strength: 4 }
    : null;
}

/** One item of a list: a name beside a message. */
function fieldsOfRecord(item: object, words: string, isGraphql: boolean, status: number | null): Field[] {
  const blamed = elementOf(item, words) ?? blamedBy(item) ?? keyOfMessage(item);
  if (blamed === null) return [];
  const { strength } = blamed;
  if (
    strength < 4 &&
    ((words !== '' && !OF_ERRORS.test(words)) || ((status ?? 0) >= 400 && !OF_CONTENT.has(status ?? 0)))
  )
    return [];
  if (strength < 3 && words === '') return [];
  // GraphQL, section 7.1.2: `path` is where in the answer, not in the request.
  const isOfAnswer =
    isGraphql || Object.hasOwn(item, 'locations') || isObject((item as { extensions?: unknown }).extensions);
  if (isOfAnswer && strength === 3) return [];
  const message = saidBy(item) ?? ruleOf(item);
  return message === null ? [] : named(blamed, message);
}

/** The rule that a value broke, where no sentence is beside it: `{path: "email", rule: "required"}`. */
function ruleOf(item: object): string | null {
  const { rule, constraint, keyword, validator } = item as Record<string, unknown>;
  const broken = rule ?? constraint ?? keyword ?? validator;
  return typeof broken === 'string' && broken !== '' ? broken : null;
}

/** A key that the message beside it begins with, in words: `{error_key: "first_name", message: "First name is required"}`. */
function keyOfMessage(item: object): Blamed | null {
  for (const key in item) {
    if (nameOf(key).head !== 'key') continue;
    const value = (item as Record<string, unknown>)[key];
    if (typeof value !== 'string' || !FIELD_NAME.test(value)) continue;
    const start = `${wordsOf(value).join(' ')} `;
    return saidBy(item)?.toLowerCase().startsWith(start) === true ? { names: [value], strength: 4 } : null;
  }
  return null;
}

function named({ names }: Blamed, message: string): Field[] {
  return names.map((name) => fieldOf(name, message));
}

/** Texts that each name what they are about. */
function fieldsOfTexts(texts: unknown[], words: string): Field[] {
  if (!OF_ERRORS.test(words)) return [];
  return texts.flatMap((text): Field[] => {
    if (typeof text !== 'string') return [];
    const field = namedInText(text);
    return [field === null ? { path: '', message: text } : { ...field, message: text }];
  });
}

/** Fastify puts the part of the request before the field: only that is certain of a text alone. */
function partInText(text: string): Pick<Field, 'path' | 'in'> | null {
  const own = text.replace(/^request\/(?=\w+\/)/, '');
  return /^(?:body|querystring|query|params|headers)(?:\/\S| must )/.test(own) ? namedInText(own) : null;
}

/** The field that a text begins with: `body/age must be integer`, `email must be an email`; null when it names none. */
function namedInText(text: string): Pick<Field, 'path' | 'in'> | null {
  const [, part, missing] = MISSING_FIELD.exec(text) ?? [];
  if (missing !== undefined) return fieldAt(`${part}/${missing}`);
  const [start] = NAMES_ITS_FIELD.exec(text) ?? [];
  if (start === undefined) return null;
  const words = start.replaceAll('"', '').split(' ');
  return fieldAt((words[0] === 'property' ? words[1] : words[0]?.replace(/:$/, '')) ?? '');
}

/** Django REST Framework answers with nothing but a map, which has to read like one where no status says that it failed. */
export function isRootMap(value: unknown, status: number | null): boolean {
  if (!isObject(value)) return false;
  if (status !== null && (status < 400 || status >= 500)) return false;
  const isSaid = Object.hasOwn(value, 'non_field_errors');
  return isFieldMap(value, status === null && !isSaid) && !Object.keys(value).some(isOfList);
}

/** A list under such a name is a list of errors, not the errors of a field. */
const isOfList = (name: string): boolean =>
  name !== 'non_field_errors' && nameOf(name).words.some((word) => /^(?:errors?|messages?|detail)$/.test(word));

/** Names of lists of nothing but names of fields. */
const LISTS_NAMES = new Set([
  'fields',
  ...['invalid', 'missing', 'failed', 'error', 'required', 'duplicate'].flatMap((what) =>
    ['fields', 'parameters', 'properties'].map((list) => `${what} ${list}`),
  ),
]);
/** Names of lists of objects with such names. */
const LISTS_FAULTS =
  /^(?:invalid|missing|failed|duplicated?|wrong) (?:fields?|parameters?|properties|arguments?|values?)(?: list)?$/;
/** Names of objects that say more about an error. */
const SAYS_MORE = /^(?:details?|context|info|meta|extensions|embedded|error|data|parameters)$/;
const FIELD_NAME = /^[A-Za-z_$/][\w.[\]/$-]{0,100}$/;

/** Names of members without messages of their own: `fields: ["a"]`, Joi's `validation: {keys: ["a"]}`. */
function bareNames(body: unknown, message: Leaf | null): Field[] {
  if (message === null) return [];
  const fields: Field[] = [];
  const visit = (value: unknown, words: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    const isList = Array.isArray(value);
    let members = 0;
    for (const key in value) {
      if (++members > MOST_FIELDS || !isOwn.call(value, key)) break;
      const inner = (value as Record<string, unknown>)[key];
      const { said: own, echoes } = isList ? { said: words, echoes: false } : nameOf(key);
      if (echoes) continue;
      const isNamed =
        (strengthOf(key) >= 4 && (SAYS_MORE.test(words) || LISTS_FAULTS.test(words))) || LISTS_NAMES.has(own);
      const names = isNamed || (own === 'keys' && depth > 0) ? [inner].flat() : [];
      const areNames = names.length > 0 && names.every((name) => typeof name === 'string' && FIELD_NAME.test(name));
      if (areNames) for (const name of names) fields.push(fieldOf(name, message.text));
      else visit(inner, own, depth + 1);
    }
  };
  visit(body, '', 0);
  const inText = fields.length === 0 ? partInText(message.text) : null;
  if (inText !== null) fields.push({ ...inText, message: message.text });
  return distinct(fields).slice(0, MOST_FIELDS);
}

function distinct(fields: Field[]): Field[] {
  if (fields.length < 2) return fields;
  const seen = new Set<string>();
  return fields.filter(({ path, message }) => {
    const key = `${path}\n${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
