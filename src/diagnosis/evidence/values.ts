import { isInteger, isNumber } from '../../json/number.ts';
import { valueAt } from '../../json/pointer.ts';
import { scalarText } from '../../json/scalar.ts';
import { lookup } from '../../text/lookup.ts';
import { nearest } from '../../text/nearest.ts';
import { allowedBy } from './allowed.ts';
import { CANNOT_TELL, confirmed, type Facts, type Finding, ruledOut } from './facts.ts';
import { type Named, namedFields } from './names.ts';
import { isUnreplaced } from './placeholder.ts';
import { isReadAsJson, lookUp, membersIn } from './places.ts';

/** A field that the response names, with its value in the request. */
export interface Valued extends Named {
  value: unknown;
  where: string;
  /** Queries and forms only have text. */
  isText: boolean;
}

/**
 * The evidence of the first field that confirms a cause; ruled out if all fields that can be judged
 * are right.
 */
export function onValues(facts: Facts, judge: (field: Valued) => Finding): Finding {
  const findings = namedFields(facts).map((named) => {
    const place = lookUp(named, facts);
    if (place.kind === 'value') return judge({ ...named, ...place });
    // A name that occurs once in the body can only be that field.
    const only = place.kind === 'elsewhere' ? place.only : undefined;
    return only === undefined
      ? CANNOT_TELL
      : judge({ ...named, value: valueAt(membersIn(facts), only), where: only, isText: !isReadAsJson(facts) });
  });
  const yes = findings.find(({ verdict }) => verdict === 'confirmed');
  const no = findings.length > 0 && findings.every(({ verdict }) => verdict === 'ruled-out');
  const maybe = findings.find(({ verdict, evidence }) => verdict === 'possible' && evidence !== null);
  return yes ?? (no ? findings[0] : maybe) ?? CANNOT_TELL;
}

export const ofRequest = ({ where }: Valued): string => (where.startsWith('/') ? `${where} of the request` : where);

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
  string: { name: 'a string', fits: (value) => typeof value === 'string', written: /^/ },
  number: {
    name: 'a number',
    fits: isNumber,
    written: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i,
  },
  integer: { name: 'an integer', fits: isInteger, written: /^[+-]?\d+$/ },
  boolean: {
    name: 'a boolean',
    fits: (value) => typeof value === 'boolean',
    written: /^(?:true|false|[01]|yes|no|on|off)$/i,
  },
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

export function fieldType(facts: Facts): Finding {
  return onValues(facts, (field) => {
    const { message, value, isText } = field;
    const wanted = wantedType(message);
    if (wanted === undefined || (isText && wanted.written === undefined)) return CANNOT_TELL;
    const fits = isText ? wanted.written?.test(scalarText(value)) === true : wanted.fits(value);
    if (fits) return ruledOut(`${field.where} is ${wanted.name}`);
    if (isText) return confirmed(`${ofRequest(field)} is not ${wanted.name}`);
    return confirmed(`${ofRequest(field)} is ${typeName(value)}, and ${wanted.name} is wanted`);
  });
}

/** Django REST Framework repeats the rejected value: `"Bitcoin" is not a valid choice.` */
const REFUSED = /^"(.{1,200})" is not a valid choice\.?$/;

export function valueNotAllowed(facts: Facts): Finding {
  return onValues(facts, (field) => {
    const { message, value, where } = field;
    if (!(isNumber(value) || /^(?:string|boolean)$/.test(typeof value))) return CANNOT_TELL;
    const given = scalarText(value);
    const [, refused] = REFUSED.exec(message) ?? [];
    if (refused !== undefined)
      return refused === given ? confirmed(`${ofRequest(field)} is the value that the answer names`) : CANNOT_TELL;
    const allowed = allowedBy(message);
    if (allowed === null) return CANNOT_TELL;
    if (allowed.includes(given)) return ruledOut(`${where} is one of the allowed values`);
    const near = nearest(given, allowed);
    const same = near?.toLowerCase() === given.toLowerCase();
    const meant = near === null ? '' : same ? `; only the case of ${near} differs` : `; ${near} comes nearest`;
    return confirmed(`${ofRequest(field)} is none of ${allowed.slice(0, 10).join(', ')}${meant}`);
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
export function valueLength(facts: Facts): Finding {
  return onValues(facts, (field) => {
    const { message, value, where } = field;
    const [, stated, ...more] = message.split(LENGTHS);
    const [isMost, isLeast] = [TOO_LONG.test(message), TOO_SHORT.test(message)];
    if (typeof value !== 'string' || stated === undefined || more.length > 1 || isMost === isLeast) return CANNOT_TELL;
    const bound = Number(stated);
    // A server may count bytes, UTF-16 units or characters, so all lengths have to agree.
    const lengths = [[...value].length, value.length, Buffer.byteLength(value)];
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
    const has = `${ofRequest(field)} has ${least} characters`;
    if (isMost ? least > bound : most < bound) return confirmed(has);
    return (isMost ? most <= bound : least >= bound) ? ruledOut(`${where} has ${least} characters`) : CANNOT_TELL;
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

export function valueOutOfRange(facts: Facts): Finding {
  return onValues(facts, (field) => {
    const bounds = boundsOf(field.message);
    const text = scalarText(field.value).trim();
    const value = (field.isText && text !== '') || isNumber(field.value) ? Number(text) : Number.NaN;
    if (bounds === null || Number.isNaN(value)) return CANNOT_TELL;
    const { least, most, above, below } = bounds;
    const is = `${ofRequest(field)} is`;
    if (value < least) return confirmed(`${is} below ${least}`);
    if (value > most) return confirmed(`${is} above ${most}`);
    if (value <= above) return confirmed(`${is} not above ${above}`);
    if (value >= below) return confirmed(`${is} not below ${below}`);
    return ruledOut(`${field.where} is in the range`);
  });
}

export function listTooLong(facts: Facts): Finding {
  return onValues(facts, (field) => {
    const { message, value, where } = field;
    const most =
      facts.values.max === undefined
        ? /\b(?:items?|elements?|entries|list|array)\b/i.test(message)
          ? numberIn(MOST, message)
          : Number.NaN
        : Number(facts.values.max);
    if (!Array.isArray(value) || Number.isNaN(most)) return CANNOT_TELL;
    const has = `${where} of the request has ${value.length} ${value.length === 1 ? 'item' : 'items'}`;
    return value.length > most ? confirmed(has) : ruledOut(has);
  });
}

/** "must contain at least 2 items" */
export function listTooShort(facts: Facts): Finding {
  return onValues(facts, ({ message, value, where }) => {
    const least = /\b(?:items?|elements?|entries)\b/i.test(message) ? numberIn(LEAST, message) : Number.NaN;
    if (!Array.isArray(value) || Number.isNaN(least)) return CANNOT_TELL;
    const has = `${where} of the request has ${value.length} items`;
    return value.length < least ? confirmed(has) : ruledOut(has);
  });
}

/**
 * A value that was not filled in, or that a program printed for a missing one: `{{name}}`,
 * `undefined`.
 */
export function valuePlaceholder(facts: Facts): Finding {
  return onValues(facts, (field) =>
    typeof field.value === 'string' && isUnreplaced(field.value.trim())
      ? confirmed(`${ofRequest(field)} is a placeholder that was not replaced`)
      : CANNOT_TELL,
  );
}

/** A query value that is still encoded after decoding it once. */
export function valueEncodedTwice(facts: Facts): Finding {
  return onValues(facts, (field) =>
    field.isText && /%(?:2[02567BCF]|3[ADF]|40)/i.test(scalarText(field.value))
      ? confirmed(`${field.where} was percent-encoded twice`)
      : CANNOT_TELL,
  );
}
