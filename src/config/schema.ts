import * as z from 'zod';
import { duration } from '../schema/duration.ts';

const retry = z
  .strictObject({
    retries: z.int().min(0).max(100).optional().describe('The number of retries. Setting it turns retrying on.'),
    base: duration.optional().describe('The first wait.'),
    factor: z.number().min(1).optional().describe('The factor by which each wait grows.'),
    jitter: duration.optional().describe('The maximum jitter added to a wait.'),
    cap: duration.optional().describe('The maximum of a computed wait.'),
    maxWait: duration.optional().describe('The longest single wait; if the server asks for more, errprobe stops.'),
    budget: duration.optional().describe('The maximum total of the waits of a call.'),
  })
  .describe('When and how long to wait before trying again.');

const variable = z.string().regex(/^\w+$/, 'the name of a variable');

const key = z
  .union([
    z.string(),
    z.strictObject({ env: variable }),
    z.strictObject({ user: variable, password: variable }),
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ command: z.union([z.string().min(1), z.array(z.string()).min(1)]) }),
  ])
  .describe(
    'The API key: { env: VARIABLE }, { user: VARIABLE, password: VARIABLE } for Basic authentication, { file: path }, in your own config { command: "op read …" }, or a text with ${VARIABLE}.',
  );

const auth = z
  .union([
    z.enum(['bearer', 'basic']),
    z.strictObject({ header: z.string().min(1), value: z.string().includes('{key}').default('{key}') }),
    z.strictObject({ query: z.string().min(1) }),
  ])
  .describe(
    'How the key is sent: bearer; basic, for a key such as name:password, or of a user and a password; { header, value: "Token {key}" }; or { query }, a parameter.',
  );

const profile = z.strictObject({
  baseUrl: z.string().optional().describe("The API's base URL; its host may receive the key."),
  key: key.optional(),
  auth: auth.optional(),
  headers: z.record(z.string(), z.string()).optional().describe('Headers for every request.'),
  timeout: duration.optional().describe('The time limit of one attempt.'),
  retry: retry.optional(),
});

const api = profile.extend({
  catalog: z
    .string()
    .optional()
    .describe('What documents its errors: the id of a catalog, or a YAML file relative to this file.'),
  openapi: z
    .string()
    .optional()
    .describe('An OpenAPI document, relative to this file; the completion of a shell takes the paths from it.'),
  profiles: z
    .record(z.string(), profile)
    .optional()
    .describe('Settings that --profile or ERRPROBE_PROFILE switches on, by the name of the profile.'),
});

const shared = {
  api: z.string().optional().describe('The API for commands that name none.'),
  retry: retry.optional(),
  timeout: duration.optional().describe('The time limit of one attempt, for every API.'),
};

/** The config, version 1. All locations use the same keys. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    ...shared,
    apis: z
      .record(z.string(), api)
      .optional()
      .describe('Settings for each API: by the id of its catalog, or a name of your own with a baseUrl.'),
    profile: z.string().optional().describe('The profile for commands that name none.'),
    profiles: z
      .record(z.string(), z.strictObject({ ...shared, apis: z.record(z.string(), profile).optional() }))
      .optional()
      .describe('Settings of several APIs that --profile or ERRPROBE_PROFILE switches on, by the name of the profile.'),
    history: z.boolean().optional().describe('false to keep no calls for `explain --last`.'),
    allow: z
      .strictObject({ env: z.array(z.string()).optional() })
      .optional()
      .describe('Variables that files of any project may send to any host; only in your own config.'),
    catalogs: z.array(z.string()).optional().describe("The user's own catalogs: YAML files, relative to this file."),
  })
  .meta({ title: 'errprobe config' });

/** A parsed config; durations in milliseconds. */
export type ConfigFile = z.infer<typeof configSchema>;
export type ApiConfig = z.infer<typeof profile>;
export type KeyConfig = z.infer<typeof key>;
export type AuthConfig = z.infer<typeof auth>;
export type RetryConfig = z.infer<typeof retry>;
