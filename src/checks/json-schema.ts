import { Ajv2020, type ErrorObject, type FuncKeywordDefinition } from 'ajv/dist/2020.js';
import { isEqual } from '../json/equal.ts';
import { canonicalNumber, compareNumbers, isNumber, JsonNumber } from '../json/number.ts';
import { valueAt } from '../json/pointer.ts';
import { hasLossyNumber } from '../json/read.ts';
import { stringify } from '../json/stringify.ts';
import type { JsonText } from '../json/text.ts';
import { UsageError } from '../model/errors.ts';
import type { SchemaErrors } from './judge.ts';
import { withinTime } from './time-limit.ts';

/** The most errors of one body to report. */
const TOLD = 5;

/**
 * How long compiling a schema, validating a body, and looking for more than its first error may take, in milliseconds.
 * Patterns may need exponential time, `uniqueItems` is quadratic, and all errors together may fill the memory.
 */
const COMPILING = 5000;
const VALIDATING = 1000;
const LISTING = 200;

/** The errors of a body; those of a valid one are none. */
type Validate = (body: JsonText) => ErrorObject[];

/**
 * Compiles a JSON Schema into a function that lists the errors of a body; numbers are compared by
 * their exact decimal values.
 *
 * @throws UsageError for an invalid schema; so does the function where a body takes too long, or is too deep
 */
export function schemaErrorsOf(schema: JsonText): SchemaErrors {
  const isExact = hasLossyNumber(schema.text);
  const validators = new Map<string, Validate>();
  const validatorOf = (make: typeof plainValidator, allErrors: boolean): Validate => {
    const name = `${make === exactValidator} ${allErrors}`;
    const validate = validators.get(name) ?? make(schema, allErrors);
    validators.set(name, validate);
    return validate;
  };
  compiling(() => validatorOf(plainValidator, false));
  return (body) => {
    const make = isExact || hasLossyNumber(body.text) ? exactValidator : plainValidator;
    const first = compiling(() => validatorOf(make, false));
    const found = validating(VALIDATING, () => first(body));
    if (found === null) throw new UsageError(`the JSON Schema takes longer than ${VALIDATING} ms for this body`);
    if (found.length === 0) return [];
    const all = compiling(() => validatorOf(make, true));
    return describe(validating(LISTING, () => all(body)) ?? found);
  };
}

function compiling(compile: () => Validate): Validate {
  let compiled: { result: Validate } | null;
  try {
    compiled = withinTime(COMPILING, compile);
  } catch (error) {
    throw new UsageError(`invalid JSON Schema: ${(error as Error).message}`);
  }
  if (compiled === null) throw new UsageError(`the JSON Schema takes longer than ${COMPILING} ms to compile`);
  return compiled.result;
}

function validating(ms: number, validate: () => ErrorObject[]): ErrorObject[] | null {
  try {
    return withinTime(ms, validate)?.result ?? null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('the JSON Schema refers to itself without end, or the body is too deep for it');
  }
}

function plainValidator(schema: JsonText, allErrors: boolean): Validate {
  const validate = newAjv(allErrors, true).compile(withoutDialect(JSON.parse(schema.text)));
  return ({ value }) => (validate(value) ? [] : (validate.errors ?? []));
}

/** Formats would need another package and are not checked; unknown keywords are ignored. */
function newAjv(allErrors: boolean, validateSchema: boolean): Ajv2020 {
  return new Ajv2020({ allErrors, strict: false, validateFormats: false, validateSchema, logger: false });
}

/**
 * Schemas of any dialect are read as draft 2020-12. A keyword of Ajv, which no dialect has, would make validation end
 * after the check.
 */
function withoutDialect(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema as never;
  const { $schema: _, $async: __, ...members } = schema as Record<string, unknown>;
  return members;
}

/** The condition that a keyword sets, and how its violation is worded. */
interface Comparison {
  /** Applies to numbers only. */
  ofNumbers?: true;
  holds(value: unknown, wanted: unknown): boolean;
  message(wanted: unknown): string;
}

const order = (holds: (order: number) => boolean, sign: string): Comparison => ({
  ofNumbers: true,
  holds: (value, wanted) => !isNumber(value) || !isNumber(wanted) || holds(compareNumbers(value, wanted)),
  message: (wanted) => `must be ${sign} ${stringify(wanted)}`,
});

/** The keywords that compare values; Ajv compares the nearest floating-point numbers. */
const COMPARISONS: Record<string, Comparison> = {
  const: { holds: isEqual, message: () => 'must be equal to constant' },
  enum: {
    holds: (value, wanted) => Array.isArray(wanted) && wanted.some((one) => isEqual(one, value)),
    message: () => 'must be equal to one of the allowed values',
  },
  maximum: order((result) => result <= 0, '<='),
  minimum: order((result) => result >= 0, '>='),
  exclusiveMaximum: order((result) => result < 0, '<'),
  exclusiveMinimum: order((result) => result > 0, '>'),
  uniqueItems: {
    holds: (value, wanted) => wanted !== true || !Array.isArray(value) || areUnique(value),
    message: () => 'must NOT have duplicate items',
  },
};

/**
 * Validates with floating-point numbers except in comparisons, which look up the original text of
 * both numbers by their place in schema and body.
 */
function exactValidator(schema: JsonText, allErrors: boolean): Validate {
  const plain = withoutDialect(JSON.parse(schema.text));
  const written = writtenFor(plain, schema.value);
  // The schema is known to be valid; validating it again would use the replaced comparisons.
  const ajv = newAjv(allErrors, false);
  let body: unknown;
  for (const [keyword, { ofNumbers, holds, message }] of Object.entries(COMPARISONS)) {
    const wantedIn = (parent: unknown) => (written.get(parent) as Record<string, unknown> | undefined)?.[keyword];
    const definition: FuncKeywordDefinition = {
      keyword,
      ...(ofNumbers && { type: 'number' as const }),
      compile: (_, parent) => {
        const wanted = wantedIn(parent);
        return (_data, at) => holds(valueAt(body, at?.instancePath ?? ''), wanted);
      },
      error: { message: ({ parentSchema }) => message(wantedIn(parentSchema)) as never },
    };
    ajv.removeKeyword(keyword);
    ajv.addKeyword(definition);
  }
  const validate = ajv.compile(plain);
  return (text) => {
    body = text.value;
    return validate(finite(text.value)) ? [] : (validate.errors ?? []);
  };
}

/** Maps each object of the plain schema to the one with exact numbers. */
function writtenFor(plain: unknown, written: unknown): Map<unknown, unknown> {
  const pairs = new Map<unknown, unknown>([[plain, written]]);
  for (const [one, other] of pairs) {
    if (typeof one !== 'object' || one === null) continue;
    for (const [name, inner] of Object.entries(one)) {
      if (typeof inner === 'object' && inner !== null) pairs.set(inner, (other as Record<string, unknown>)[name]);
    }
  }
  return pairs;
}

/** Replaces numbers that Ajv does not accept: infinite ones become the largest finite number. */
function finite(value: unknown): unknown {
  const root = [value];
  const open: Record<string, unknown>[] = [root as unknown as Record<string, unknown>];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    for (const [name, inner] of Object.entries(container)) {
      if (inner instanceof JsonNumber) {
        container[name] = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, inner.valueOf()));
      } else if (typeof inner === 'object' && inner !== null) open.push(inner as Record<string, unknown>);
    }
  }
  return root[0];
}

function areUnique(items: unknown[]): boolean {
  const seen = new Set<string>();
  const containers: unknown[] = [];
  for (const item of items) {
    if (isNumber(item) || typeof item !== 'object' || item === null) {
      const key = isNumber(item) ? canonicalNumber(item) : String(stringify(item));
      if (seen.has(key)) return false;
      seen.add(key);
    } else if (containers.some((other) => isEqual(other, item))) return false;
    else containers.push(item);
  }
  return true;
}

function describe(errors: ErrorObject[]): string[] {
  return errors.slice(0, TOLD).map(({ instancePath, message }) => `${instancePath || 'the body'} ${message ?? ''}`);
}
