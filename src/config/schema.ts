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

const api = z.strictObject({
  baseUrl: z.string().optional().describe("The API's base URL; its host may receive the key."),
  key: z.string().optional().describe('The API key, preferably as ${VARIABLE}.'),
  auth: z
    .strictObject({ header: z.string(), value: z.string().includes('{key}') })
    .optional()
    .describe('How the key is sent, to correct the catalog: "Bearer {key}".'),
  headers: z.record(z.string(), z.string()).optional().describe('Headers for every request.'),
  timeout: duration.optional().describe('The time limit of one attempt.'),
  retry: retry.optional(),
});

/** The config, version 1. All locations use the same keys. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    api: z.string().optional().describe('The API for commands that name none.'),
    apis: z.record(z.string(), api).optional().describe('Settings for each API, by the id of its catalog.'),
    retry: retry.optional(),
    timeout: duration.optional().describe('The time limit of one attempt, for every API.'),
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
export type ApiConfig = z.infer<typeof api>;
export type RetryConfig = z.infer<typeof retry>;
