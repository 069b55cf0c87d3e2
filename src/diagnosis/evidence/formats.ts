import type { Finding } from '../../model/finding.ts';
import { type Assessment, CANNOT_TELL, confirmed, ruledOut, suspected } from './assessment.ts';
import type { Facts } from './facts.ts';
import { nameOf } from './names.ts';
import { isUuid } from './path.ts';
import { onValues, type Valued } from './values.ts';

type Fault = `value-${'space-around' | 'without-at' | 'not-email' | 'not-url' | 'not-uuid'}`;

/** A format that messages ask for by name, and why a text does not have it; null if it does. */
interface Format {
  wanted: RegExp;
  fault(text: string): Fault | null;
}

/**
 * "must be a valid email address", "Invalid url", `must match format "uuid"`: the name of a field
 * alone is not enough.
 */
const asksFor = (word: string): RegExp =>
  new RegExp(`\\b(?:(?:in)?valid|an?|not|format|type|expected)[\\s:="'\`]+(?:(?:an?|valid) +)*(?:${word})\\b`, 'i');

const spaceAround = (text: string): Fault | null => (text === text.trim() ? null : 'value-space-around');

/**
 * Email addresses are recognised only by their `@`: servers differ in what else they allow (RFC
 * 5321).
 */
const email = (text: string): Fault | null => {
  if (!text.includes('@')) return 'value-without-at';
  return spaceAround(text) ?? (/^[^@\s]+@[^@\s]+$/.test(text) ? null : 'value-not-email');
};

/** RFC 3986, section 3: without a scheme a server sees a path. */
const url = (text: string): Fault | null => spaceAround(text) ?? (URL.canParse(text) ? null : 'value-not-url');

const uuid = (text: string): Fault | null => spaceAround(text) ?? (isUuid(text) ? null : 'value-not-uuid');

const FORMATS: Format[] = [
  { wanted: asksFor('e-?mail'), fault: email },
  { wanted: asksFor('ur[il]'), fault: url },
  { wanted: asksFor('uuid|guid'), fault: uuid },
];

/** A field whose value lacks the format that the message names. */
export function valueFormat(facts: Facts): Assessment {
  return onValues(facts, (field) => {
    const { message, value, where } = field;
    if (typeof value !== 'string' || value.trim() === '') return CANNOT_TELL;
    const format = FORMATS.find(({ wanted }) => wanted.test(message));
    if (format === undefined) return addressFault(field) ?? dateFault(field, value.trim());
    const fault = format.fault(value);
    return fault === null ? ruledOut({ code: 'value-well-formed', where }) : confirmed({ code: fault, where });
  });
}

/**
 * "is invalid" about a field called `email`: without an `@` the value is wrong, with one it may be
 * right.
 */
function addressFault(field: Valued): Assessment | null {
  const isAddress = /^e-?mail(?:_?address)?$/i.test(nameOf(field.path));
  if (!isAddress || !/\b(?:invalid|not valid|malformed)\b/i.test(field.message)) return null;
  const fault = email(String(field.value));
  return fault === null ? null : confirmed({ code: fault, where: field.where });
}

/** ISO 8601 and RFC 3339, a date with or without a time. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
/** `31.12.1950`, `12/31/1950`, `Dec 31, 1950`. */
const LOCAL =
  /^\d{1,2}([./-])\d{1,2}\1\d{2,4}\b|^\d{4}[./]\d{1,2}[./]\d{1,2}\b|^[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}\b|^\d{1,2}\.? [A-Z][a-z]{2,8}\.? \d{4}\b/;
const ISO_NAMED = /\b(?:iso[- ]?8601|rfc ?3339|date-time)\b/i;
/** How messages describe date formats: `YYYY-MM-DD`, `%d.%m.%Y`, `Y-m-d`. */
const PATTERN =
  /\b(?:Y{2,4}|D{1,2}|M{1,2})(?:[./ -](?:Y{2,4}|D{1,2}|M{1,2})){2}\b|%[Ymd][./-]%[Ymd][./-]%[Ymd]|\b[Yymd]([./-])[Yymd]\1[Yymd]\b/i;

/** The problem with a time, if the message or the field's name says that it is one. */
function dateFault({ message, path, where }: Valued, value: string): Assessment {
  const name = nameOf(path);
  // `invalid date_of_birth` names a field, and `not a valid date` a format.
  const isAsked =
    asksFor(
      String.raw`(?:iso )?(?:date|datetime|date-time|timestamp|time)(?! (?:after|before|in|between|within|later|earlier|on)\b)`,
    ).test(message) || ISO_NAMED.test(message);
  const [pattern] = PATTERN.exec(message) ?? [];
  const isNamed = /date|birth|_at$|^(?:dob|day)$/i.test(name) && /\b(?:in)?valid\b|\bformat\b|\bpars/i.test(message);
  if (!isAsked && pattern === undefined && !isNamed) return CANNOT_TELL;
  const text = value.slice(0, 40);
  const iso = ISO.exec(value);
  if (iso !== null && !exists(iso)) return confirmed({ code: 'value-impossible-time', where, text });
  const wantsIso = ISO_NAMED.test(message) || /^(?:y{4}-m{2}-d{2}|%Y-%m-%d|Y-m-d)/i.test(pattern ?? '');
  if (iso !== null)
    return wantsIso && pattern !== undefined && value.length === 10
      ? ruledOut({ code: 'value-is-date', where })
      : CANNOT_TELL;
  if (wantsIso) return confirmed({ code: 'value-not-iso-date', where, text });
  if (!LOCAL.test(value) || pattern !== undefined) return CANNOT_TELL;
  // An API may want its own format, unless it says that this is no date at all.
  const local: Finding = { code: 'value-local-date', where, text };
  return isAsked ? confirmed(local) : suspected(local);
}

/** Whether that day and time exist. */
function exists([, year, month, day, hour = '0', minute = '0', second = '0']: RegExpExecArray): boolean {
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const inYear = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  // A leap second is 60, and ISO 8601 allows 24:00.
  return inYear && Number(hour) <= 24 && Number(minute) <= 59 && Number(second) <= 60;
}
