import * as z from 'zod';
import { ENVELOPES } from '../diagnosis/envelopes/read-envelope.ts';
import { CHECK_NAMES } from '../diagnosis/evidence/check-table.ts';
import type { WrittenCatalog } from '../model/catalog.ts';
import { ADVICE, CATEGORIES } from '../model/words.ts';
import { duration } from '../schema/duration.ts';
import { isFilled } from '../text/template.ts';

export const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
export const pointer = z.string().regex(/^(\/.*)?$/, 'a JSON Pointer: "" or /name/…');
export const sentence = z.string().min(1);
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[]);

/** A code: a number counts as its digits. */
const code = z.union([z.string().min(1), z.int()]).transform(String);

const status = z.union([z.int().min(100).max(999), z.enum(['1xx', '2xx', '3xx', '4xx', '5xx'])]);
const operation = z
  .string()
  .regex(/^[A-Z]+ \/\S*$/, 'a method and a path: POST /things/{id}')
  .describe('For an entry that is about some operations only.');
const phase = z.enum(['dns', 'connect', 'tls', 'request', 'response', 'timeout']);

const filled = sentence.refine(isFilled, 'has a placeholder, which only `named` may have');
const general = z
  .strictObject({ general: filled })
  .describe("A sentence of errprobe's own, not of the API's document.");
const text = z.union([filled, general]);

const cause = z.union([
  text.transform((value) => ({ text: value })),
  z.strictObject({
    text,
    named: sentence.optional(),
    message: z.string().optional(),
    check: oneOrMore(z.enum(CHECK_NAMES)).optional(),
    limit: z.int().positive().optional().describe('for the check body-too-large, in bytes'),
  }),
]);

export const entry = z
  .strictObject({
    id,
    match: z.strictObject({
      status: oneOrMore(status).optional(),
      code: oneOrMore(code).optional(),
      subcode: oneOrMore(code).optional(),
      message: oneOrMore(z.string().min(1)).optional(),
      envelope: oneOrMore(z.string().min(1)).optional(),
      answerer: oneOrMore(z.string().min(1)).optional(),
      failure: oneOrMore(z.string().min(1)).optional(),
      phase: oneOrMore(phase).optional(),
      operation: oneOrMore(operation).optional(),
    }),
    category: z.enum(CATEGORIES),
    title: filled,
    cause: text.optional(),
    causes: z.array(cause).default([]),
    resolution: z.array(text).min(1).optional(),
    tools: z.record(id, z.array(text).min(1)).optional(),
    retry: z.strictObject({ advice: z.enum(ADVICE), reason: text, after: duration.optional() }).optional(),
    source: z.strictObject({ doc: z.string(), section: sentence, address: sentence.optional() }),
    see: z.array(sentence).default([]),
    example: z.unknown().optional(),
    sample: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).default({}),
    aliases: z
      .array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'an ID with its catalog: services/aws-throttled'))
      .min(1)
      .optional()
      .describe('Former IDs, which keep working.'),
  })
  .refine((value) => !(value.example !== undefined && value.sample !== undefined), {
    error: 'an entry has an example from the documentation or a sample of our own, not both',
    path: ['sample'],
  });

export const document = z.union([
  sentence.transform((title) => ({ title })),
  z.strictObject({
    title: sentence,
    address: sentence.optional(),
    licence: sentence.optional(),
    date: z.iso.date().optional().describe('the day on which the document was read'),
    copied: z
      .union([z.iso.date(), z.literal('unknown')])
      .optional()
      .describe('where a copy was read instead of the original: the day of the copy, or unknown'),
  }),
]);

const rule = z.strictObject({
  status: oneOrMore(status).optional(),
  failure: z.literal(true).optional(),
  methods: oneOrMore(z.string().regex(/^[A-Z]+$/, 'a method: GET')).optional(),
  advice: z.enum(ADVICE),
  reason: filled,
  safe: z.boolean().optional(),
  header: z.string().optional(),
});

const variable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of a variable: MY_API_KEY');
const documented = z.boolean().default(true);
const holds = sentence
  .optional()
  .describe(
    'Where no tool of the API keeps the key in a variable: what to put into this one, such as "what `az account get-access-token` prints".',
  );

const auth = z
  .union([
    z
      .strictObject({
        header: z.string(),
        value: z.string().includes('{key}'),
        env: oneOrMore(variable),
        holds,
        documented,
      })
      .transform(({ env: [first = '', ...others], ...rest }) => ({
        ...rest,
        env: first,
        ...(others.length === 0 ? {} : { or: others.map((env) => ({ env })) }),
      })),
    z
      .strictObject({ basic: oneOrMore(z.strictObject({ user: variable, password: variable })), documented })
      .transform(({ basic, ...rest }) => {
        const [first = { user: '', env: '' }, ...or] = basic.map(({ user, password }) => ({ user, env: password }));
        const alternatives = or.length === 0 ? {} : { or };
        return {
          ...rest,
          header: 'Authorization',
          value: 'Basic {key}',
          base64: true as const,
          ...first,
          ...alternatives,
        };
      }),
  ])
  .describe(
    'How the key is sent, and the variables that the tools of the API keep it in. Several are tried in their order: { header, value: "Bearer {key}", env: MY_API_KEY }, or { basic: { user: MY_API_USER, password: MY_API_PASSWORD } }.',
  );

const retry = z
  .strictObject({
    base: duration.optional(),
    factor: z.number().min(1).optional(),
    jitter: duration.optional(),
    cap: duration.optional(),
    retries: z.int().min(0).max(100).optional(),
    idempotencyHeader: z.string().optional(),
    rules: z.array(rule).default([]),
  })
  .describe('What the document says about retrying; omit figures that it does not give.');

/** A catalog as written in YAML; parsing gives the compiled form. */
export const catalogSchema = z
  .strictObject({
    id,
    name: sentence,
    version: z.union([z.literal(1), z.literal(2)]).default(1),
    general: z.boolean().default(false),
    docs: z.record(z.string(), document),
    hosts: z
      .array(z.string())
      .default([])
      .describe('Those that the key is sent to. One with a * only tells the API: *.example.com.'),
    baseUrl: z.url().optional(),
    auth: auth.optional(),
    signed: z
      .strictObject({ by: sentence, env: z.array(z.string()).default([]) })
      .optional()
      .describe('For an API whose requests are signed, so that errprobe explains its errors only.'),
    requiredHeaders: z.array(z.strictObject({ name: z.string(), format: z.enum(['uuid']).optional() })).default([]),
    paths: z.array(z.string().startsWith('/')).default([]),
    pathIds: z.array(z.strictObject({ after: z.string(), format: z.enum(['uuid']) })).default([]),
    envelope: z
      .strictObject({
        code: pointer.optional(),
        subcode: pointer.optional(),
        message: pointer.optional(),
        status: pointer.optional(),
        requestId: pointer.optional(),
        fields: pointer.optional(),
        formErrors: z.string().optional(),
        phrase: pointer.optional(),
        framework: z.string().optional(),
      })
      .default({}),
    envelopes: z
      .array(z.enum(ENVELOPES.map(({ id }) => id)))
      .min(1)
      .optional()
      .describe('Built-in shapes in which the errors of this API come; such a catalog has no envelope of its own.'),
    retry: retry.optional(),
    support: z.strictObject({ contact: z.string().nullable(), include: z.array(sentence) }).optional(),
    entries: z.array(entry).min(1),
    mock: z
      .strictObject({
        missingKey: id,
        wrongKey: id,
        expiredKey: id.optional(),
        missingHeader: id.optional(),
        malformedId: id.optional(),
        invalidBody: id.optional(),
        cursor: z.strictObject({ parameter: z.string(), entry: id }).optional(),
        notFound: id,
        resources: z
          .array(
            z.strictObject({
              request: z.string().regex(/^[A-Z]+ \//, 'a method and a path: GET /things'),
              status: z.int().default(200),
              body: z.unknown(),
              notFound: id.optional(),
              required: z.array(z.string()).default([]),
            }),
          )
          .min(1),
      })
      .optional(),
  })
  .meta({
    title: 'errprobe catalog',
    description: 'What one API documents about its errors.',
  }) satisfies z.ZodType<WrittenCatalog>;
