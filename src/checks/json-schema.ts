import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { UsageError } from '../errors.ts';
import type { SchemaErrors } from './judge.ts';

/** So many errors of one body are told. */
const TOLD = 5;

/**
 * What a JSON Schema finds wrong with a value.
 *
 * @throws UsageError when the schema itself is wrong
 */
export function schemaErrorsOf(schema: unknown): SchemaErrors {
  // Formats are not checked without a further package, and unknown keywords are comments.
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, logger: false });
  try {
    const { $schema: _, ...rest } = schema as Record<string, unknown>;
    const validate = ajv.compile(rest);
    return (value) => (validate(value) ? [] : describe(validate.errors ?? []));
  } catch (error) {
    throw new UsageError(`the JSON Schema cannot be used: ${(error as Error).message}`);
  }
}

function describe(errors: ErrorObject[]): string[] {
  return errors.slice(0, TOLD).map(({ instancePath, message }) => `${instancePath || 'the body'} ${message ?? ''}`);
}
