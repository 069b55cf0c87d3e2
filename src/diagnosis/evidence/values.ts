import { isInteger, isNumber } from '../../json/number.ts';
import { valueAt } from '../../json/pointer.ts';
import { scalarText } from '../../json/scalar.ts';
import type { Finding, Where } from '../../model/finding.ts';
import { lookup } from '../../text/lookup.ts';
import { nearest } from '../../text/nearest.ts';
import { utf8Length } from '../../text/utf8.ts';
import { allowedBy } from './allowed.ts';
import { type Assessment, CANNOT_TELL, combined, confirmed, ruledOut } from './assessment.ts';
import type { Facts } from './facts.ts';
import { isReadAsJson, lookUp, membersIn } from './field-lookup.ts';
import { type Named, namedFields } from './names.ts';
import { isUnreplaced } from './placeholder.ts';

/** A field that the response names, with its value in the request. */
export interface Valued extends Named {
  value: unknown;
  where: Where;
  /** Queries and forms only have text. */
  isText: boolean;
}

/**
 * The evidence of the first field that confirms a cause; ruled out if all fields that can be judged
 * are right.
 */
export function onValues(facts: Facts, judge: (field: Valued) => Assessment): Assessment {
  const assessments = namedFields(facts).map((named) => {
    const place = lookUp(named, facts);
    if (place.kind === 'value') return judge({ ...named, ...place });
    // A name that occurs once in the body can only be that field.
    const only = place.kind === 'elsewhere' ? place.only : undefined;
    return only === undefined
      ? CANNOT_TELL
      : judge({
          ...named,
          value: valueAt(membersIn(facts), only),
          where: { in: 'body', name: only },
          isText: !isReadAsJson(facts),
        });
  });
  return combined(assessments);
}

/**
 * How the decoders of Go, Java and .NET state the type of a member, and Stripe's "Invalid integer:
 * 10.50".
 */
const DECODER_TYPE =
  /\bof type `?(?:java\.(?:lang|math|util)\.)?(\[\]\w+|u?int\d{0,2}|long|short|float\d{0,2}|double|bool(?:ean)?|string|integer|bigdecimal|map|list|arraylist)\b(?!.*\bGo value\b)|\bconverted to System\.(?:Nullable`1\[System\.)?(int\d\d|decimal|double|single|boolean|string)\b|^invalid (integer|number|boolean|array|string|object)\b/i;

/** The type that a message asks for. */
function wantedType(message: string): Type | undefined {
  const [, decoder, dotnet, plain] = DECODER_TYPE.exec(message) ?? [];
  const word = (WANTED_TYPE.exec(message)?.[1] ?? decoder ?? dotnet ?? plain)?.toLowerCase();
  if (word === undefined) return boundsOf(message) === null ? undefined : TYPES.number;
  return (
    lookup(TYPES, lookup(SAME_TYPE, word) ?? (word.startsWith('[]') ? 'list' : word)) ??
    lookup(
      TYPES,
      word.replace(/^u?(int|float)\d+$/, (_, kind) => (kind === 'int' ? 'integer' : 'number')),
    )
  );
}

/** "must be a string", "expected number, got …", "Not a valid integer.", "A valid integer is required." */
const WANTED_TYPE =
  /\b(?:must be|should be|has to be|needs to be|expected|expecting|not|a valid)\s+(?:an?\s+|positive\s+|non-?negative\s+|whole\s+|of type\s+|a valid\s+|type\s+|valid\s+){0,4}["'`]?(string|number|float|double|decimal|integer|int|boolean|bool|array|list|object|dictionary|dict)\b/i;

interface Type {
  name: string;
  fits(value: unknown): boolean;
  /** Its notation in a query; absent if it has no single one there. */
  written?: RegExp;
}

const TYPES: Record<string, Type> = {
  string: { name: 'string', fits: (value) => typeof value === 'string', written: /^/ },
  number: {
    name: 'number',
    fits: isNumber,
    written: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i,
  },
  integer: { name: 'integer', fits: isInteger, written: /^[+-]?\d+$/ },
  boolean: {
    name: 'boolean',
    fits: (value) => typeof value === 'boolean',
    written: /^(?:true|false|[01]|yes|no|on|off)$/i,
  },
  list: { name: 'list', fits: Array.isArray },
  object: {
    name: 'object',
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
  long: 'integer',
  short: 'integer',
  single: 'number',
  bigdecimal: 'number',
  arraylist: 'list',
  map: 'object',
};

const typeName = (value: unknown): string =>
  value === null
    ? 'null'
    : (['integer', 'number', 'string', 'boolean', 'list', 'object']
        .map((name) => TYPES[name])
        .find((type) => type?.fits(value))?.name ?? typeof value);

export function fieldType(facts: Facts): Assessment {
  return onValues(facts, ({ message, value, where, isText }) => {
    const wanted = wantedType(message);
    if (wanted === undefined || (isText && wanted.written === undefined)) return CANNOT_TELL;
    const fits = isText ? wanted.written?.test(scalarText(value)) === true : wanted.fits(value);
    const type = wanted.name;
    return fits
      ? ruledOut({ code: 'value-type-right', where, type })
      : confirmed({ code: 'value-type-wrong', where, type, given: isText ? null : typeName(value) });
  });
}

/** Django REST Framework repeats the rejected value: `"Bitcoin" is not a valid choice.` */
const REFUSED = /^"(.{1,200})" is not a valid choice\.?$/;

export function valueNotAllowed(facts: Facts): Assessment {
  return onValues(facts, ({ message, value, where }) => {
    if (!(isNumber(value) || /^(?:string|boolean)$/.test(typeof value))) return CANNOT_TELL;
    const given = scalarText(value);
    const [, refused] = REFUSED.exec(message) ?? [];
    if (refused !== undefined) return refused === given ? confirmed({ code: 'value-refused', where }) : CANNOT_TELL;
    const allowed = allowedBy(message);
    if (allowed === null) return CANNOT_TELL;
    if (allowed.includes(given)) return ruledOut({ code: 'value-allowed', where });
    const near = nearest(given, allowed);
    const isCase = near?.toLowerCase() === given.toLowerCase();
    return confirmed({ code: 'value-not-allowed', where, allowed, nearest: near, isCase });
  });
}

const NUMBER = '(-?\\d{1,15}(?:\\.\\d{1,15})?)';
const LEAST = new RegExp(
  `(?:between|at least|no less than|greater than or equal to|not (?:be )?(?:less|fewer|smaller) than|minimum(?: is| of)?:?|>=) ?${NUMBER}`,
  'i',
);
const MOST = new RegExp(
  `(?:between -?[\\d.]{1,20} and|at most|no more than|less than or equal to|not (?:be )?(?:greater|more|larger) than|maximum(?: is| of)?:?|max(?:imum)?:?|<=) ?${NUMBER}`,
  'i',
);
const ABOVE = new RegExp(`(?<!\\bnot (?:be )?)(?:greater than|(?<!no )more than|>(?!=)) ${NUMBER}`, 'i');
const BELOW = new RegExp(`(?<!\\bno |\\bnot (?:be )?)(?:less than|fewer than|<(?!=)) ${NUMBER}`, 'i');
const LENGTH = /\b(?:character|item|element|length|long|byte|entries)/i;

const WITH_UNIT =
  /\b(?:than|to|least|most|and|of|is|maximum|minimum|max|min|between)\b:? ?-?\d[\d.]* ?(?:[%€$£]|(?!inclusive|exclusive|and\b|or\b|but\b)[a-z]+)/i;

const numberIn = (pattern: RegExp, message: string): number => Number(pattern.exec(message)?.[1] ?? Number.NaN);

/** Length limits in messages: "not be greater than 50 characters", "minimum is 8 characters". */
const LENGTHS = /(\d{1,9})\s*(?:-\s*)?(?:char(?:acter)?s?|letters|bytes)\b/i;
const TOO_LONG =
  /\b(?:at most|no more than|not (?:be )?(?:greater|more|longer) than|less than or equal to|max(?:imum)?|too long|exceeds?|up to)\b/i;
const TOO_SHORT = /\b(?:at least|no less than|not (?:be )?(?:less|shorter|fewer) than|min(?:imum)?|too short)\b/i;

/** A text that is longer or shorter than the message allows. */
export function valueLength(facts: Facts): Assessment {
  return onValues(facts, ({ message, value, where }) => {
    const [, stated, ...more] = message.split(LENGTHS);
    const [isMost, isLeast] = [TOO_LONG.test(message), TOO_SHORT.test(message)];
    if (typeof value !== 'string' || stated === undefined || more.length > 1 || isMost === isLeast) return CANNOT_TELL;
    const bound = Number(stated);
    // A server may count bytes, UTF-16 units or characters, so all lengths have to agree.
    const lengths = [[...value].length, value.length, utf8Length(value)];
    const [characters, most] = [Math.min(...lengths), Math.max(...lengths)];
    if (isMost ? characters > bound : most < bound) return confirmed({ code: 'value-length-wrong', where, characters });
    return (isMost ? most <= bound : characters >= bound)
      ? ruledOut({ code: 'value-length-right', where, characters })
      : CANNOT_TELL;
  });
}

/** "between 0 and 1", "at most 100", "greater than 0". */
function boundsOf(message: string): { least: number; most: number; above: number; below: number } | null {
  // Lengths and numbers with units are not bounds of a value: "at least 18 years ago", "at most 100
  // in total".
  if (LENGTH.test(message) || WITH_UNIT.test(message)) return null;
  const bounds = {
    least: /\bnon-?negative\b|\bnot (?:be )?negative\b/i.test(message) ? 0 : numberIn(LEAST, message),
    most: numberIn(MOST, message),
    above: /\bpositive\b/i.test(message) ? 0 : numberIn(ABOVE, message),
    below: numberIn(BELOW, message),
  };
  return Object.values(bounds).every(Number.isNaN) ? null : bounds;
}

export function valueOutOfRange(facts: Facts): Assessment {
  return onValues(facts, ({ message, value: given, where, isText }) => {
    const bounds = boundsOf(message);
    const text = scalarText(given).trim();
    const value = (isText && text !== '') || isNumber(given) ? Number(text) : Number.NaN;
    if (bounds === null || Number.isNaN(value)) return CANNOT_TELL;
    const { least, most, above, below } = bounds;
    if (value < least) return confirmed({ code: 'value-below', where, bound: least });
    if (value > most) return confirmed({ code: 'value-above', where, bound: most });
    if (value <= above) return confirmed({ code: 'value-not-above', where, bound: above });
    if (value >= below) return confirmed({ code: 'value-not-below', where, bound: below });
    return ruledOut({ code: 'value-in-range', where });
  });
}

export function listTooLong(facts: Facts): Assessment {
  return onValues(facts, ({ message, value, where }) => {
    const most =
      facts.values.max === undefined
        ? /\b(?:items?|elements?|entries|list|array)\b/i.test(message)
          ? numberIn(MOST, message)
          : Number.NaN
        : Number(facts.values.max);
    if (!Array.isArray(value) || Number.isNaN(most)) return CANNOT_TELL;
    const finding: Finding = { code: 'list-length', where, items: value.length };
    return value.length > most ? confirmed(finding) : ruledOut(finding);
  });
}

/** "must contain at least 2 items" */
export function listTooShort(facts: Facts): Assessment {
  return onValues(facts, ({ message, value, where }) => {
    const least = /\b(?:items?|elements?|entries)\b/i.test(message) ? numberIn(LEAST, message) : Number.NaN;
    if (!Array.isArray(value) || Number.isNaN(least)) return CANNOT_TELL;
    const finding: Finding = { code: 'list-length', where, items: value.length };
    return value.length < least ? confirmed(finding) : ruledOut(finding);
  });
}

/**
 * A value that was not filled in, or that a program printed for a missing one: `{{name}}`,
 * `undefined`.
 */
export function valuePlaceholder(facts: Facts): Assessment {
  return onValues(facts, (field) =>
    typeof field.value === 'string' && isUnreplaced(field.value.trim())
      ? confirmed({ code: 'value-placeholder', where: field.where })
      : CANNOT_TELL,
  );
}

/** A query value that is still encoded after decoding it once. */
export function valueEncodedTwice(facts: Facts): Assessment {
  return onValues(facts, (field) =>
    field.isText && /%(?:2[02567BCF]|3[ADF]|40)/i.test(scalarText(field.value))
      ? confirmed({ code: 'value-encoded-twice', where: field.where })
      : CANNOT_TELL,
  );
}
