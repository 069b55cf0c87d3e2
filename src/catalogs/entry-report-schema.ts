import * as z from 'zod';
import { ADVICE, CATEGORIES } from '../model/words.ts';
import type { EntryList, EntryReport } from './entry-report.ts';

const sourced = z.object({
  text: z.string(),
  from: z.enum(['documented', 'general']).describe("Whether the API's own document says it, or errprobe does."),
});
const names = z.array(z.string()).optional();
const text = z.string().nullable();

const listed = z.object({
  id: z.string().describe('The permanent ID, with that of the catalog.'),
  api: text.describe('Null for general knowledge.'),
  match: z.object({
    status: z.array(z.union([z.int(), z.enum(['1xx', '2xx', '3xx', '4xx', '5xx'])])).optional(),
    code: names,
    subcode: names,
    message: names,
    envelope: names,
    answerer: names,
    failure: names,
    phase: z.array(z.enum(['dns', 'connect', 'tls', 'request', 'response', 'timeout'])).optional(),
    operation: names,
  }),
  category: z.enum(CATEGORIES),
  title: z.string(),
  retry: z.enum(ADVICE),
});

/** The output of `catalog list` and `catalog search` with `--format json`, version 1. */
export const entryListSchema = z
  .object({ schema: z.literal('errprobe/catalog-list@1'), entries: z.array(listed) })
  .meta({
    title: 'errprobe catalog list',
    description: 'What errprobe catalog list and search print with --format json, version 1.',
  }) satisfies z.ZodType<EntryList>;

/** The output of `catalog show --format json`, version 1. */
export const entryReportSchema = z
  .object({
    schema: z.literal('errprobe/catalog-entries@1'),
    entries: z.array(
      listed.extend({
        apiName: text,
        cause: sourced,
        causes: z.array(sourced.extend({ message: z.string().optional() })),
        resolution: z.array(sourced),
        retry: z.object({ advice: z.enum(ADVICE), reason: sourced, afterMs: z.number().nullable() }),
        source: z.object({
          doc: z.string(),
          section: z.string(),
          address: text,
          licence: text,
          date: text.describe('The day on which the document was read.'),
          copied: text.describe('The day of the copy that was read, or unknown; null for the original.'),
        }),
        see: z.array(z.string()),
        example: z
          .object({ body: z.unknown(), from: z.enum(['documented', 'general']) })
          .nullable()
          .describe('A documented body, or one of errprobe in the documented shape.'),
        headers: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({
    title: 'errprobe catalog entries',
    description: 'What errprobe catalog show prints with --format json, version 1.',
  }) satisfies z.ZodType<EntryReport>;
