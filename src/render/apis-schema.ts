import * as z from 'zod';
import type { ApiList } from './apis.ts';
import type { KnownApiList } from './known-apis.ts';

const variables = z
  .array(z.array(z.string()))
  .describe('Where the key is looked for, in this order: a variable, or those of a user name and a password.');

/** The output of `apis --format json`, version 1. */
export const apiListSchema = z
  .object({
    schema: z.literal('errprobe/apis@1'),
    profile: z.string().nullable().describe('The profile that applies.'),
    apis: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        isDefault: z.boolean().describe('True for the API of commands that name none.'),
        at: z.string().nullable().describe('Where a config describes it; null for one that is only built in.'),
        catalog: z.string().nullable(),
        profiles: z.array(z.string()),
        baseUrl: z.string().nullable(),
        auth: z
          .object({
            header: z.string().nullable(),
            query: z.string().nullable(),
            variable: z.string().describe('The variable of the key; with a user name, of the password.'),
            variables,
          })
          .nullable(),
        key: z.object({ from: z.string(), fingerprint: z.string() }).nullable(),
        command: z.string().nullable().describe('The program that prints the key; it was not run.'),
        problem: z.string().nullable().describe('Why the settings cannot be used.'),
      }),
    ),
  })
  .meta({ title: 'errprobe list of APIs' }) satisfies z.ZodType<ApiList>;

/** The output of `apis --known --format json`, version 1. */
export const knownApiListSchema = z
  .object({
    schema: z.literal('errprobe/known-apis@1'),
    apis: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        hosts: z.array(z.string()).describe('Those without a * receive the key; the others only tell the API.'),
        baseUrl: z.string().nullable(),
        variable: z.string().nullable().describe('The variable of the key; with a user name, of the password.'),
        variables,
        holds: z
          .string()
          .nullable()
          .describe("What to put into the variable, if its name is errprobe's own; null if the API's tools have it."),
        isSet: z.boolean(),
        signed: z.string().nullable().describe('How requests are signed, which errprobe does not do.'),
        entries: z.int().describe('The number of errors in the catalog.'),
      }),
    ),
  })
  .meta({ title: 'errprobe list of well-known APIs' }) satisfies z.ZodType<KnownApiList>;
