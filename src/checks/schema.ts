import * as z from 'zod';
import { duration } from '../schema/duration.ts';

const text = z.string();
/**
 * A value of a query, header or parameter: YAML users write numbers and booleans without quotes.
 */
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const pairs = z.record(z.string(), scalar);
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[]);

const status = oneOrMore(z.union([z.int().min(100).max(999), z.enum(['1xx', '2xx', '3xx', '4xx', '5xx'])]));
const key = z.union([z.string(), z.literal(false)]).describe('A key other than the configured one, or false for none.');

/** RFC 9110, section 9.1, or a variable that holds a method. */
const METHOD = "(?:[!#$%&'*+.^_`|~\\w-]|\\$\\{\\w+\\})+";

const request = z.union([
  z.string().regex(new RegExp(`^${METHOD} \\S+$`), 'a method and a path or URL: GET /things'),
  z.strictObject({
    method: z
      .string()
      .regex(new RegExp(`^${METHOD}$`), 'a method: GET')
      .default('GET'),
    path: text.describe('A path relative to the base URL of the API, or a whole URL, with parameters as {name}.'),
    params: pairs.optional().describe('Values for {name} in the path.'),
    query: pairs.optional(),
    headers: pairs.optional(),
    body: z.unknown().optional().describe('A text is sent unchanged, anything else as JSON.'),
    key: key.optional(),
  }),
]);

const expect = z.strictObject({
  status: status.optional().describe('200, 2xx, or a list; default: 2xx.'),
  header: z.record(z.string(), z.string()).optional().describe('Values, as templates: {} matches anything.'),
  json: z
    .record(z.string().regex(/^(\/.*)?$/, 'a JSON Pointer, which begins with a slash: /name/0'), z.unknown())
    .optional()
    .describe('By JSON Pointer, a value or a rule: { equals, type, matches, length, present }.'),
  error: text.optional().describe('The id of an entry, such as victims/quota-exceeded, or a category.'),
  follow: z.boolean().optional().describe('false to follow no redirect, so that a 3xx can be expected.'),
  within: duration.optional().describe('The time limit of the attempt.'),
  schema: text.optional().describe('A JSON Schema for the body, relative to this file.'),
});

const defaults = z.strictObject({
  api: text.optional(),
  headers: pairs.optional(),
  retry: z.int().min(0).max(100).optional(),
  timeout: duration.optional(),
  tags: z.array(text).optional(),
  within: duration.optional(),
});

const check = z.strictObject({
  name: text.min(1),
  request,
  api: text.optional().describe('The API, if it is not that of the file.'),
  key: key.optional(),
  expect: expect.optional(),
  capture: z
    .record(
      z.string().regex(/^\w+$/, 'letters, digits and _'),
      z.string().regex(/^(\/.*)?$|^header:.+/, 'a JSON Pointer such as /id, or header:name'),
    )
    .optional()
    .describe('Variables for other checks: a JSON Pointer into the body, or header:name.'),
  retry: z.int().min(0).max(100).optional(),
  timeout: duration.optional(),
  tags: z.array(text).optional(),
  skip: text.min(1).optional().describe('Why it is not run.'),
  'only-if': text.optional().describe('A variable that has to be set.'),
  mock: text.optional().describe('With --mock, what the mock answers to this check: 429,200.'),
});

/** A file of checks as written. */
export const checksSchema = z
  .strictObject({
    $schema: text.optional(),
    api: text.optional().describe('The API that the checks are for.'),
    variables: z.record(z.string().regex(/^\w+$/, 'letters, digits and _'), scalar).optional(),
    defaults: defaults.optional(),
    checks: z.array(check).min(1),
  })
  .meta({ title: 'errprobe checks', description: 'Smoke checks against an API, for errprobe check.' });

/** A file of checks, parsed; durations in milliseconds. */
export type ChecksFile = z.infer<typeof checksSchema>;
export type CheckEntry = z.infer<typeof check>;
