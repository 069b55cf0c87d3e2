import { valueAt } from '../../catalog/pointer.ts';
import { isInteger, isNumber } from '../../json/number.ts';
import { parseJson } from '../../json/read.ts';
import { nearest } from '../../nearest.ts';
import { fieldPath } from '../field-path.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut } from './facts.ts';

/** Methods that send something. */
const WRITES = new Set(['POST', 'PUT', 'PATCH']);

export function bodyMissing({ request }: Facts): Finding {
  if (!WRITES.has(request.method)) return CANNOT_TELL;
  return request.body === null || request.body.trim() === ''
    ? confirmed(`the ${request.method} has no body`, { data: '@body.json' })
    : ruledOut('the request has a body');
}

/** RFC 9110, section 9.3.1: the content of a GET has no meaning, and some servers refuse it. */
export function bodyOnGet({ request }: Facts): Finding {
  if (request.method !== 'GET' && request.method !== 'HEAD') return CANNOT_TELL;
  return request.body === null || request.body === ''
    ? ruledOut(`the ${request.method} has no body`)
    : confirmed(`the ${request.method} has a body`);
}

export function bodyNotJson({ request }: Facts): Finding {
  if (request.body === null || request.body === '' || !/json/i.test(request.headers['content-type'] ?? ''))
    return CANNOT_TELL;
  return parseJson(request.body) === undefined
    ? confirmed('the body of the request is not JSON')
    : ruledOut('the body is JSON');
}

/** The JSON body of a request, or undefined. */
const jsonOf = ({ request }: Facts): unknown => (request.body === null ? undefined : parseJson(request.body));

/** A field that the answer is about, what the answer says of it, and what the request has there. */
interface Named {
  path: string;
  message: string;
  value: unknown;
}

/** "status must be …", "Field 'weight' must be …": the field that a sentence is about. */
const SUBJECT =
  /^(?:field |parameter |property |attribute |value of )?["'`]?([A-Za-z_][\w.]{0,60})["'`]?:? (?:must|should|has to|needs to|is|was|cannot|can only|list has)\b/i;

/** The fields of the body that the answer names: by its list of fields, by its template, or as the subject of its message. */
function namedFields(facts: Facts): Named[] {
  const { fields, message, values } = facts;
  const body = jsonOf(facts);
  if (typeof body !== 'object' || body === null) return [];
  const [, subject] = SUBJECT.exec(message ?? '') ?? [];
  const named =
    values.field !== undefined
      ? [{ path: fieldPath(values.field), message: message ?? '' }]
      : fields.length > 0
        ? fields
        : subject !== undefined && valueAt(body, fieldPath(subject)) !== undefined
          ? [{ path: fieldPath(subject), message: message ?? '' }]
          : [];
  return named.filter(({ path }) => path !== '').map((field) => ({ ...field, value: valueAt(body, field.path) }));
}

/** What the first field shows that a cause is confirmed in; ruled out when all that can be judged are right. */
function onFields(facts: Facts, judge: (field: Named) => Finding): Finding {
  const findings = namedFields(facts).map(judge);
  const yes = findings.find(({ verdict }) => verdict === 'confirmed');
  const no = findings.length > 0 && findings.every(({ verdict }) => verdict === 'ruled-out');
  return yes ?? (no ? (findings[0] ?? CANNOT_TELL) : CANNOT_TELL);
}

/** Said of a field that was not sent. */
const ABSENT = /\b(?:required|missing|blank|empty|null|must be (?:given|provided|present|set))\b/i;

export function fieldMissing(facts: Facts): Finding {
  const body = jsonOf(facts);
  return onFields(facts, ({ path, message, value }) => {
    // Of several fields some may stand elsewhere, in the query for one.
    if (value === undefined && facts.fields.length > 1 && !ABSENT.test(message)) return CANNOT_TELL;
    if (value !== undefined) return ruledOut(`the body has ${path}`);
    // Some answers name a field without the object around it.
    if (hasMember(body, path.split('/').at(-1) ?? '')) return CANNOT_TELL;
    return confirmed(`the body has no ${path}${nearField(path, body)}`);
  });
}

/** True when a member of this name stands anywhere in a value. */
function hasMember(value: unknown, name: string, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > 20) return false;
  return Object.hasOwn(value, name) || Object.values(value).some((member) => hasMember(member, name, depth + 1));
}

/** A name at the same place that was probably meant for the wanted one. */
function nearField(path: string, body: unknown): string {
  const parts = path.split('/');
  const parent = valueAt(body, parts.slice(0, -1).join('/'));
  if (typeof parent !== 'object' || parent === null) return '';
  const near = nearest(plain(parts.at(-1) ?? ''), Object.keys(parent).map(plain));
  const name = Object.keys(parent).find((key) => plain(key) === near);
  return name === undefined ? '' : `, but ${name}`;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, '');

/** "must be a string", "expected number, got …", "Not a valid integer.", "should be a valid list". */
const WANTED_TYPE =
  /\b(?:must be|should be|has to be|needs to be|expected|expecting|not)\s+(?:an?\s+|of type\s+|a valid\s+|type\s+|valid\s+){0,3}["'`]?(string|number|float|double|decimal|integer|int|boolean|bool|array|list|object|dictionary|dict)\b/i;

const TYPES: Record<string, { name: string; fits(value: unknown): boolean }> = {
  string: { name: 'a string', fits: (value) => typeof value === 'string' },
  number: { name: 'a number', fits: isNumber },
  integer: { name: 'an integer', fits: isInteger },
  boolean: { name: 'a boolean', fits: (value) => typeof value === 'boolean' },
  list: { name: 'a list', fits: Array.isArray },
  object: {
    name: 'an object',
    fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
};
const SAME_TYPE: Record<string, string> = {
  float: 'number',
  double: 'number',
  decimal: 'number',
  int: 'integer',
  bool: 'boolean',
  array: 'list',
  dictionary: 'object',
  dict: 'object',
};

const typeName = (value: unknown): string =>
  value === null
    ? 'null'
    : (['integer', 'number', 'string', 'boolean', 'list', 'object']
        .map((name) => TYPES[name])
        .find((type) => type?.fits(value))?.name ?? typeof value);

export function fieldType(facts: Facts): Finding {
  return onFields(facts, ({ path, message, value }) => {
    const word = WANTED_TYPE.exec(message)?.[1]?.toLowerCase() ?? (boundsOf(message) === null ? undefined : 'number');
    const wanted = TYPES[SAME_TYPE[word ?? ''] ?? word ?? ''];
    if (wanted === undefined || value === undefined) return CANNOT_TELL;
    return wanted.fits(value)
      ? ruledOut(`${path} is ${wanted.name}`)
      : confirmed(`${path} of the request is ${typeName(value)}, and ${wanted.name} is wanted`);
  });
}

/** "must be one of: a, b", "must be CONFIRMED or DISMISSED", "Input should be 'a', 'b' or 'c'". */
const LISTS = [
  /\b(?:one of|any of|either|allowed values(?: are)?|valid (?:values|options|choices)(?: are)?|permitted values(?: are)?)[:\s]+(.{1,400})$/i,
  /\b(?:must|should) be ((?:["'`][^"'`]{1,60}["'`](?:, | or |, or )?){2,})/,
  /\b(?:must|should) be ([A-Z][A-Z0-9_]*(?:, [A-Z][A-Z0-9_]*)*,? or [A-Z][A-Z0-9_]*)\b/,
];

/** The values that a message allows, or null when it lists none. */
function allowedBy(message: string): string[] | null {
  const list = LISTS.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  if (list === undefined) return null;
  const words = list
    .replace(/[.\s]+$/, '')
    .replace(/^[[({]|[\])}]$/g, '')
    .split(/\s*(?:,\s*or\s+|,|\||\bor\b|\band\b)\s*/)
    .map((word) => word.trim().replace(/^["'`](.*)["'`]$/, '$1'));
  return words.length > 1 && words.every((word) => /^[^\s]{1,60}$/.test(word)) ? words : null;
}

export function valueNotAllowed(facts: Facts): Finding {
  return onFields(facts, ({ path, message, value }) => {
    const allowed = allowedBy(message);
    if (allowed === null || !(isNumber(value) || /^(?:string|boolean)$/.test(typeof value))) return CANNOT_TELL;
    const given = String(value);
    if (allowed.includes(given)) return ruledOut(`${path} is one of the allowed values`);
    const near = nearest(given, allowed);
    const meant = near === null ? '' : `; ${near} comes nearest`;
    return confirmed(`${path} of the request is none of ${allowed.slice(0, 10).join(', ')}${meant}`);
  });
}

/** "between 0 and 1", "at most 100", "greater than 0". */
function boundsOf(message: string): { least: number; most: number; above: number; below: number } | null {
  // A length is no value.
  if (/\b(?:character|item|element|length|long|byte|entries)/i.test(message)) return null;
  const bound = (pattern: RegExp) => Number(pattern.exec(message)?.[1] ?? Number.NaN);
  const number = '(-?\\d{1,15}(?:\\.\\d{1,15})?)';
  const bounds = {
    least: bound(
      new RegExp(`(?:between|at least|no less than|greater than or equal to|minimum(?: is| of)?:?|>=) ?${number}`, 'i'),
    ),
    most: bound(
      new RegExp(
        `(?:between -?[\\d.]{1,20} and|at most|no more than|less than or equal to|maximum(?: is| of)?:?|max(?:imum)?:?|<=) ?${number}`,
        'i',
      ),
    ),
    above: bound(new RegExp(`(?:greater than|(?<!no )more than|>(?!=)) ${number}`, 'i')),
    below: bound(new RegExp(`(?<!no )(?:less than|fewer than|<(?!=)) ${number}`, 'i')),
  };
  return Object.values(bounds).every(Number.isNaN) ? null : bounds;
}

export function valueOutOfRange(facts: Facts): Finding {
  return onFields(facts, ({ path, message, value }) => {
    const bounds = boundsOf(message);
    if (bounds === null || !isNumber(value)) return CANNOT_TELL;
    const { least, most, above, below } = bounds;
    const given = Number(value);
    const is = `${path} of the request is`;
    if (given < least) return confirmed(`${is} below ${least}`);
    if (given > most) return confirmed(`${is} above ${most}`);
    if (given <= above) return confirmed(`${is} not above ${above}`);
    if (given >= below) return confirmed(`${is} not below ${below}`);
    return ruledOut(`${path} is in the range`);
  });
}

export function listTooLong(facts: Facts): Finding {
  const most = Number(facts.values.max ?? Number.NaN);
  return onFields(facts, ({ path, value }) => {
    if (!Array.isArray(value) || Number.isNaN(most)) return CANNOT_TELL;
    const has = `${path} of the request has ${value.length} items`;
    return value.length > most ? confirmed(has) : ruledOut(has);
  });
}

/** Neither of two fields, of which a message says that one is needed. */
export function neitherField(facts: Facts): Finding {
  const { a, b } = facts.values;
  const body = jsonOf(facts);
  if (a === undefined || b === undefined || body === undefined) return CANNOT_TELL;
  const there = [a, b].find((name) => valueAt(body, fieldPath(name)) !== undefined);
  return there === undefined ? confirmed(`the body has neither ${a} nor ${b}`) : ruledOut(`the body has ${there}`);
}
