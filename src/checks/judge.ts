import { isStatus } from '../diagnosis/match/entry.ts';
import type { Reading } from '../diagnosis/reading.ts';
import { keysOf, pointerToken, valueAt } from '../json/pointer.ts';
import { MOST_VALUES, readBounded } from '../json/read.ts';
import { JsonText } from '../json/text.ts';
import type { StatusPattern } from '../model/catalog.ts';
import type { Expectation, Outcome, Unmet } from '../model/check.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { LONGEST_DIAGNOSED_TEXT, type Response } from '../model/exchange.ts';
import { CATEGORIES } from '../model/words.ts';
import { formatDuration } from '../text/duration.ts';
import { lookup } from '../text/lookup.ts';
import { matchTemplate } from '../text/template.ts';
import { unmetRule } from './json-rule.ts';

/** The outcome of a call, to compare with a check. */
export interface Got {
  /** The parsed response, or null. */
  reading: Reading | null;
  /** Null when the call succeeded. */
  diagnosis: Diagnosis | null;
  /** The duration of the last attempt, in milliseconds. */
  ms: number;
}

/** The outcome of a check, and its unmet expectations. */
export interface Verdict {
  outcome: Outcome;
  unmet: Unmet[];
}

/** Lists the errors that a JSON Schema finds in a body, each with its place. */
export type SchemaErrors = (body: JsonText) => string[];

/** Compares a call's outcome with a check's expectations. */
export function judge(expect: Expectation, got: Got, schemaErrors: SchemaErrors | null): Verdict {
  const { reading } = got;
  const unmet = unmetExpectations(expect, got, schemaErrors);
  if (isUndocumented(expect, got, unmet.length === 0)) return { outcome: 'undocumented', unmet };
  if (unmet.length === 0) return { outcome: 'passed', unmet };
  return { outcome: reading === null ? 'error' : 'failed', unmet };
}

/**
 * True for an error that the catalog of a known API lacks. A check that expects this exact status
 * accepts it. A well-known API documents more than its catalog here has.
 */
function isUndocumented({ status }: Expectation, { diagnosis, reading }: Got, met: boolean): boolean {
  if (reading?.choice.catalog?.envelopes !== undefined) return false;
  if (diagnosis === null || diagnosis.api === null || diagnosis.documented) return false;
  const { kind } = diagnosis.answeredBy;
  if ((kind !== 'api' && kind !== 'unknown') || diagnosis.category === 'redirect') return false;
  return !(met && diagnosis.status !== null && status?.includes(diagnosis.status));
}

function unmetExpectations(expect: Expectation, got: Got, schemaErrors: SchemaErrors | null): Unmet[] {
  const { reading, diagnosis } = got;
  const error = unmetError(expect, diagnosis);
  if (error !== null) return [error];
  if (reading === null) {
    // An expected network failure leaves nothing else to check.
    if (expect.error !== null) return [];
    return [{ what: 'answer', expected: describeStatus(expect.status), actual: `none (${diagnosis?.code ?? ''})` }];
  }
  return [
    ...unmetStatus(expect, reading.response, diagnosis),
    ...unmetHeaders(expect, reading.response),
    ...unmetBody(expect, reading, schemaErrors),
    ...unmetTime(expect, got.ms),
  ];
}

function unmetError({ error, errorIds }: Expectation, diagnosis: Diagnosis | null): Unmet | null {
  if (error === null) return null;
  const isCategory = (CATEGORIES as readonly string[]).includes(error);
  const isMet = isCategory ? diagnosis?.category === error : [error, ...errorIds].includes(diagnosis?.id ?? '');
  if (isMet) return null;
  const actual =
    diagnosis === null
      ? 'a success'
      : isCategory
        ? `${diagnosis.category} (${diagnosis.id})`
        : (diagnosis.id ?? 'an unknown error');
  return { what: 'error', expected: error, actual };
}

function unmetStatus({ status, error }: Expectation, response: Response, diagnosis: Diagnosis | null): Unmet[] {
  const actual = response.status;
  if (status === null && error !== null) return [];
  const fits = actual !== null && (status ?? ['2xx' as const]).some((pattern) => isStatus(pattern, actual));
  if (!fits) return [{ what: 'status', expected: describeStatus(status), actual: String(actual) }];
  // A success by its status whose body says that it failed.
  const soft = actual < 300 && diagnosis !== null && error === null;
  return soft ? [{ what: 'body', expected: 'a success', actual: `an error with status ${actual}` }] : [];
}

function unmetHeaders({ header }: Expectation, { headers }: Response): Unmet[] {
  return Object.entries(header).flatMap(([name, expected]) => {
    const actual = lookup(headers, name.toLowerCase());
    // A media type may have parameters that were not asked for.
    const bare = actual?.split(';')[0]?.trim();
    const met = [actual, bare].some((value) => value !== undefined && matchTemplate(expected, value) !== null);
    return met ? [] : [{ what: `header ${name}`, expected, actual: actual ?? 'none' }];
  });
}

/** Reported for an expectation about the whole body when only its beginning was read. */
export const CUT_OFF: Unmet = {
  what: 'body',
  expected: 'all of it',
  actual: `the body was cut off after ${LONGEST_DIAGNOSED_TEXT}`,
};

/** Reported for an expectation about a body too large to be parsed completely. */
const TOO_MANY_VALUES: Unmet = {
  what: 'body',
  expected: 'all of it',
  actual: `more than ${MOST_VALUES / 1000},000 values, which is too many to read`,
};

/**
 * The value at a pointer into the body; of a body too large to be parsed completely, only this
 * value is parsed.
 */
function valueIn({ whole, value }: Reading['content'], pointer: string, own: JsonText | undefined): unknown {
  if (whole) return valueAt(value, pointer);
  if (own === undefined) return undefined;
  const read = readBounded(own.text);
  return read?.whole === false ? TOO_MANY_VALUES : read?.value;
}

function unmetBody(expect: Expectation, { response, content }: Reading, schemaErrors: SchemaErrors | null): Unmet[] {
  const { body, headers, status, truncated } = response;
  const wanted = expect.json.length > 0 || schemaErrors !== null;
  const type = headers['content-type'] ?? 'application/json';
  const isPlain = expect.error === null && body !== '' && status !== null && status < 300;
  const needsJson = wanted || (isPlain && /json/i.test(type));
  if (truncated) return needsJson ? [CUT_OFF] : [];
  if (content.kind !== 'json') {
    if (needsJson)
      return [{ what: 'body', expected: 'JSON', actual: body === '' ? 'an empty body' : `${type}, which is not JSON` }];
    return isPlain && expectsNothing(expect) && /html/i.test(type) ? [pageFor(body)] : [];
  }
  const written = new JsonText(body.replace(/^\uFEFF/, ''));
  if (!content.whole && schemaErrors !== null) return [TOO_MANY_VALUES];
  const rules = expect.json.flatMap(({ pointer, rule }) => {
    const own = written.at(keysOf(pointer));
    const value = valueIn(content, pointer, own);
    if (value === TOO_MANY_VALUES) return [TOO_MANY_VALUES];
    const unmet = unmetRule(rule, value, own);
    return unmet === null ? [] : [{ what: `json ${pointer}`.trim(), ...unmet, ...aroundOf(written, pointer) }];
  });
  const schema = (schemaErrors?.(written) ?? []).map((actual) => ({
    what: 'schema',
    expected: `valid against ${expect.schema?.file}`,
    actual,
  }));
  return [...rules, ...schema];
}

/** True for a check that only wants a success. */
function expectsNothing({ status, header, error }: Expectation): boolean {
  return status === null && error === null && Object.keys(header).length === 0;
}

/** A page where an API is asked is a login or a notice, whatever its status. */
function pageFor(body: string): Unmet {
  const title = /<title[^<>]{0,200}>([^<]{1,80})/i.exec(body)?.[1]?.trim();
  const page = title === undefined || title === '' ? 'an HTML page' : `an HTML page, “${title}”`;
  return { what: 'body', expected: 'an answer of the API', actual: `${page}; if it is wanted, expect its status` };
}

/** The most characters of a neighbourhood. */
const AROUND = 160;

/** The value around the one at a pointer, or the nearest one that exists. */
function aroundOf(body: JsonText, pointer: string): { around?: string } {
  const keys = keysOf(pointer);
  for (let depth = keys.length - 1; depth >= 0; depth--) {
    const found = body.at(keys.slice(0, depth));
    if (found === undefined) continue;
    const lines = String(found).split('\n');
    const text = lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' ');
    const shown = text.length > AROUND ? `${text.slice(0, AROUND)}…` : text;
    const place = keys.slice(0, depth).map(pointerToken).join('');
    return { around: `in ${place === '' ? 'the body' : place}: ${shown}` };
  }
  return {};
}

function unmetTime({ withinMs }: Expectation, ms: number): Unmet[] {
  return withinMs === null || ms <= withinMs
    ? []
    : [{ what: 'within', expected: formatDuration(withinMs), actual: formatDuration(ms) }];
}

function describeStatus(status: StatusPattern[] | null): string {
  return (status ?? ['2xx']).join(' or ');
}
