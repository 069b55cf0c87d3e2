import * as z from 'zod';
import { EXITS } from '../model/report.ts';
import { CATEGORIES } from '../model/words.ts';
import type { CoverageReport } from './coverage.ts';

const text = z.string().nullable();
const times = { count: z.int().min(0), first: text.describe('ISO 8601.'), last: text };

/** The output of `catalog coverage --format json`, version 1. */
export const coverageSchema = z
  .object({
    schema: z.literal('errprobe/catalog-coverage@1'),
    command: z.literal('catalog coverage'),
    ok: z.boolean(),
    exit: z.object({ code: z.int(), name: z.enum(EXITS.map(({ name }) => name)) }),
    catalog: z.object({ id: z.string(), name: z.string(), entries: z.int() }),
    errors: z.int().describe('The errors that the inputs have, of this API or not.'),
    first: text,
    last: text,
    seen: z
      .array(z.object({ id: z.string(), title: z.string(), ...times }))
      .describe('Documented errors that were seen, the most frequent first.'),
    unseen: z.array(z.object({ id: z.string(), title: z.string() })),
    undocumented: z
      .array(
        z.object({
          id: text.describe('The general entry that explains it, if one does.'),
          status: z.int().nullable(),
          code: text,
          message: text.describe('A message of one of them.'),
          category: z.enum(CATEGORIES),
          title: z.string(),
          ...times,
        }),
      )
      .describe('Errors of the API that it does not document, the most frequent first.'),
    elsewhere: z.int().describe('Errors of other APIs, of gateways and of connections.'),
    problems: z.array(z.object({ source: z.string(), problem: z.string() })),
  })
  .meta({
    title: 'errprobe catalog coverage',
    description: 'What errprobe catalog coverage prints with --format json, version 1.',
  }) satisfies z.ZodType<CoverageReport>;
