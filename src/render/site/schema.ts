import * as z from 'zod';
import { entryReportSchema } from '../../catalogs/entry-report-schema.ts';
import type { SiteReport } from './site.ts';

const entry = entryReportSchema.shape.entries.element;

/** The document `errors.json` of a site, version 1. */
export const siteSchema = z
  .object({
    schema: z.literal('errprobe/site@1'),
    name: z.string(),
    baseUrl: z.string().nullable().describe('The address of the site.'),
    catalogs: z.array(z.object({ id: z.string(), name: z.string() })),
    entries: z.array(
      entry.extend({
        type: z
          .string()
          .nullable()
          .describe('The problem type (RFC 9457): the address of the page, or a code that is one.'),
      }),
    ),
  })
  .meta({
    title: 'errprobe catalog site',
    description: 'The errors.json that errprobe catalog site writes, version 1.',
  }) satisfies z.ZodType<SiteReport>;
