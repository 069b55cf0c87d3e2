import type { Field } from '../../model/diagnosis.ts';
import { fieldPath } from '../read/field-path.ts';
import { allowedBy } from './allowed.ts';
import type { Facts } from './facts.ts';

const NAME = '["\'`]?([A-Za-z_][\\w.[\\]/-]{0,80})["\'`]?';
const KIND = '(?:field|parameter|param|property|key|attribute|argument|member|value(?: of| for)?)';

/** How sentences name the member that they are about. */
const SUBJECTS = [
  new RegExp(
    `^(?:the |required )?(?:${KIND} )?${NAME}:?(?: ${KIND})?:? (?:must|should|has|needs|is|was|are|cannot|can only|may not|list has)\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:missing|unknown|unrecogni[sz]ed|unexpected|invalid|unsupported)(?: required)?(?: ${KIND}s?)?:? ${NAME}[.!]?$`,
    'i',
  ),
  new RegExp(`\\brequired property ${NAME}`, 'i'),
  new RegExp(
    `\\brequired (?:\\w+ )?(?:parameter|param|part|field|argument) ["'\`]${NAME}.{0,120}\\b(?:is|was) (?:not present|missing)`,
    'i',
  ),
  new RegExp(`^must (?:provide|specify|supply) (?:an? |the )?(?:(?=["'\`])${NAME}|${NAME} (?:${KIND}|string))`, 'i'),
  new RegExp(`\\b(?:value is empty|is missing): ${NAME}`, 'i'),
  // The decoders of Go, of Jackson and of System.Text.Json
  /\bGo struct field \w{1,80}\.([\w.]{1,80}) of type\b/,
  /^(?:JSON parse error: )?Cannot deserialize .{1,400}\["(\w{1,80})"\]\)?$/s,
  /\bcould not be converted to .{1,200} Path: \$\.([\w.[\]]{1,80})/,
];

/** Words that are not names of members. */
const NO_NAME =
  /^(?:request|body|payload|json|data|input|content|it|this|that|value|values|field|fields|param|params|parameter|parameters|property|argument|header|headers|key|keys|message|format|syntax|credentials|the|a|an|id|there|everything|resource|type|error|you|we)$/i;

/** The notation of header names. */
const HEADER = /^[A-Z]\w*(?:-[A-Z]\w*)+$/;

/** Wording for a missing or blank value. */
export const ABSENT =
  /\b(?:required(?! to\b)|missing|blank|empty|null|not (?:be )?(?:provided|given|present|set)|must be (?:given|provided|present|set)|must (?:provide|specify|supply))\b/i;
/** Wording for a value that is present. */
const OF_A_VALUE =
  /\b(?:already|taken|in use|exists?|duplicate|unique|too (?:long|short|large|big|small|many|few)|at most|no more than|expired|locked)\b/i;
/** Wording for a value that is rejected without a reason. */
const INVALID = /\b(?:invalid|unsupported)\b/i;

/** A field that the response is about, and what it says about the field. */
export interface Named {
  /** A JSON Pointer. */
  path: string;
  message: string;
  /** False if it was taken from a sentence of the response. */
  listed: boolean;
  /** The part of the request that it belongs in, if the response says so. */
  in?: Field['in'];
  /** True for an ordinary word of a sentence: "Approval is required" need not be about a member. */
  plain?: boolean;
}

/**
 * The fields that the response names: by its template, in its list of fields, as the subject of its
 * message, in its code.
 */
export function namedFields(facts: Facts): Named[] {
  const { fields, message, values } = facts;
  if (values.field !== undefined) return [{ path: fieldPath(values.field), message: message ?? '', listed: true }];
  // Paths, headers and cookies have checks of their own.
  const listed = fields.filter(({ path, in: part }) => path !== '' && !/^(?:path|header|cookie)$/.test(part ?? ''));
  if (fields.length > 0 && listed.length === 0 && fields.some(({ path }) => path !== '')) return [];
  if (listed.length > 0)
    return listed.map(({ path, message: own, in: part }: Field) => ({
      path: within(path, own),
      message: own,
      listed: true,
      in: part,
    }));
  const variable = VARIABLE.exec(message ?? '')?.[1];
  if (variable !== undefined)
    return [{ path: fieldPath(['variables', variable]), message: message ?? '', listed: true }];
  const several = subjectsOf(message ?? '');
  if (several.length > 1)
    return several.map((name) => ({ path: fieldPath(name), message: message ?? '', listed: false }));
  const subject = subjectOf(message ?? '');
  if (subject !== null)
    return [
      { path: fieldPath(subject), message: message ?? '', listed: false, plain: isPlain(subject, message ?? '') },
    ];
  // A code such as INVALID_CURSOR.
  const [, named] = /\bINVALID_([A-Z_]+)\b/.exec(facts.said) ?? [];
  return named === undefined ? [] : [{ path: fieldPath(named.toLowerCase()), message: 'invalid', listed: false }];
}

/** JSON Schema blames the object that lacks a property, and names the property in its message. */
function within(path: string, message: string): string {
  const [, name = ''] = /\bmust have required property ["'`]([^"'`]{1,80})["'`]/i.exec(message) ?? [];
  return name === '' || nameOf(path) === name ? path : path + fieldPath([name]);
}

/** GraphQL, "Coercing Variable Values": `Variable "$id" of required type "ID!" was not provided.` */
const VARIABLE = /^Variable "\$(\w{1,80})" of (?:required|non-null) type .{1,80} (?:was not provided|must not be null)/;

/** Several names in a list, `a, b and c`. */
const ROW = `(${NAME}(?:, ${NAME}){0,20},? and ${NAME})`;
const ROWS = [
  new RegExp(
    `^(?:the )?(?:required )?(?:${KIND}s? )?${ROW} (?:are|must be) (?:required|missing|provided|present)\\b`,
    'i',
  ),
  new RegExp(
    `^(?:the )?(?:following )?missing (?:required )?${KIND}s?:? (${NAME}(?:, (?:and )?${NAME})+|${NAME} and ${NAME})[.!]?$`,
    'i',
  ),
];

/**
 * Whether nothing marks a word of a sentence as the name of a member: neither its form nor quotes
 * nor what it is called.
 */
function isPlain(name: string, message: string): boolean {
  if (/[_.[\]\d]|[a-z][A-Z]/.test(name) || message.startsWith(name.toLowerCase())) return false;
  const around = [
    `["'\`]${name}["'\`]`,
    `\\b${KIND}s?:? ${name}\\b`,
    `\\b${name} (?:${KIND}|string)\\b`,
    `\\b${KIND}\\b.{0,80}: ${name}\\W?$`,
  ];
  return !new RegExp(around.join('|'), 'i').test(message);
}

function subjectsOf(message: string): string[] {
  const row = ROWS.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  const names = (row ?? '').split(/,? and |, /).map((name) => name.replace(/^["'`]/, '').replace(/["'`]{0,2}\.?$/, ''));
  return names.filter((name) => name !== '' && !NO_NAME.test(name) && !HEADER.test(name));
}

function subjectOf(message: string): string | null {
  for (const pattern of SUBJECTS) {
    const name = pattern
      .exec(message)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (name !== undefined && !NO_NAME.test(name) && !HEADER.test(name)) return name.replace(/\.$/, '');
  }
  return null;
}

/**
 * Whether a message says that a field is missing, or rejects its value, in which case it may be
 * missing.
 */
export function saysMissing({ message, listed, path }: Named): boolean {
  if (ABSENT.test(message) || allowedBy(message) !== null) return true;
  // A value that the server finds taken or too long may be one that it generated; and an id may be
  // in the path.
  return (listed || INVALID.test(message)) && !OF_A_VALUE.test(message) && !/(?:^|[_/a-z])id$/i.test(path);
}

/** The last part of a pointer, as a name. */
export const nameOf = (path: string): string =>
  (path.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');

const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, '');

/** Whether two names differ only in notation. */
export const isSameName = (a: string, b: string): boolean => plain(a) === plain(b);

/** The pointers to all members with a name in a value, those with the exact spelling first. */
export function membersOf(value: unknown, name: string, at = '', depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 20) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const path = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [...(key === name ? [path] : []), ...membersOf(member, name, path, depth + 1)];
  });
}

/** Whether a value is blank. */
export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);
