import { Ajv2020, type ErrorObject, type FuncKeywordDefinition } from 'ajv/dist/2020.js';
import { isEqual } from '../json/equal.ts';
import { canonicalNumber, compareNumbers, isNumber, JsonNumber } from '../json/number.ts';
import { valueAt } from '../json/pointer.ts';
import { hasLossyNumber } from '../json/read.ts';
import { stringify } from '../json/stringify.ts';
import type { JsonText } from '../json/text.ts';
import { UsageError } from '../model/errors.ts';
import type { SchemaErrors } from './judge.ts';

/** The most errors of one body to report. */
const TOLD = 5;

/**
 * Compiles a JSON Schema into a function that lists the errors of a body; numbers are compared by
 * their exact decimal values.
 *
 * @throws UsageError for an invalid schema
 */
export function schemaErrorsOf(schema: JsonText): SchemaErrors {
  try {
    const validate = newAjv(true).compile(withoutDialect(JSON.parse(schema.text)));
    let exact: SchemaErrors | undefined;
    return (body) => {
      if (hasLossyNumber(schema.text) || hasLossyNumber(body.text)) {
        exact ??= exactErrorsOf(schema);
        return exact(body);
      }
      return validate(body.value) ? [] : describe(validate.errors ?? []);
    };
  } catch (error) {
    throw new UsageError(`invalid JSON Schema: ${(error as Error).message}`);
  }
}

/** Formats would need another package and are not checked; unknown keywords are ignored. */
function newAjv(validateSchema: boolean): Ajv2020 {
  return new Ajv2020({ allErrors: true, strict: false, validateFormats: false, validateSchema, logger: false });
}

/** Schemas of any dialect are read as draft 2020-12. */
function withoutDialect(schema: unknown): Record<string, unknown> {
  const members = schema as Record<string, unknown>;
  delete members.$schema;
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
function exactErrorsOf(schema: JsonText): SchemaErrors {
  const plain = withoutDialect(JSON.parse(schema.text));
  const written = writtenFor(plain, schema.value);
  // The schema is known to be valid; validating it again would use the replaced comparisons.
  const ajv = newAjv(false);
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
    return validate(finite(text.value)) ? [] : describe(validate.errors ?? []);
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
