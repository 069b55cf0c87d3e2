import * as z from 'zod';
import { duration } from '../schema/duration.ts';

const retry = z
  .strictObject({
    retries: z.int().min(0).max(100).optional().describe('How often to retry. Its presence switches retrying on.'),
    base: duration.optional().describe('The first wait.'),
    factor: z.number().min(1).optional().describe('What each further wait is multiplied by.'),
    jitter: duration.optional().describe('The most that chance adds to a wait.'),
    cap: duration.optional().describe('The ceiling of a computed wait.'),
    maxWait: duration.optional().describe('The longest single wait; if the server asks for more, errprobe stops.'),
    budget: duration.optional().describe('The longest that all waits of a call may take together.'),
  })
  .describe('When and how long to wait before trying again.');

const api = z.strictObject({
  baseUrl: z.string().optional().describe('Where the API is served; its host may receive the key.'),
  key: z.string().optional().describe('The API key, best as ${VARIABLE}.'),
  auth: z
    .strictObject({ header: z.string(), value: z.string().includes('{key}') })
    .optional()
    .describe('How the key is sent, where the catalog does not say it right: "Bearer {key}".'),
  headers: z.record(z.string(), z.string()).optional().describe('Headers for every request.'),
  timeout: duration.optional().describe('The time limit of one attempt.'),
  retry: retry.optional(),
});

/** The config, version 1. All locations use the same keys. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    api: z.string().optional().describe('The API that is meant when a command names none.'),
    apis: z.record(z.string(), api).optional().describe('Settings for each API, by the id of its catalog.'),
    retry: retry.optional(),
    timeout: duration.optional().describe('The time limit of one attempt, for every API.'),
    history: z.boolean().optional().describe('false to keep no calls for `explain --last`.'),
    allow: z
      .strictObject({ env: z.array(z.string()).optional() })
      .optional()
      .describe('Variables that files of any project may send anywhere; only in your own config.'),
    catalogs: z.array(z.string()).optional().describe("The user's own catalogs: YAML files, relative to this file."),
  })
  .meta({ title: 'errprobe config' });

/** A parsed config; durations in milliseconds. */
export type ConfigFile = z.infer<typeof configSchema>;
export type ApiConfig = z.infer<typeof api>;
export type RetryConfig = z.infer<typeof retry>;
