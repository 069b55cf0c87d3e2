import * as z from 'zod';
import { EXITS } from '../../model/report.ts';
import type { LintReport } from './report.ts';
import { type RuleName, SUMMARIES } from './rules.ts';

const count = z.int().min(0);

/** The output of `catalog lint --format json`, version 1. */
export const lintReportSchema = z
  .object({
    schema: z.literal('errprobe/catalog-lint@1'),
    command: z.literal('catalog lint'),
    ok: z.boolean(),
    exit: z.object({ code: z.int(), name: z.enum(EXITS.map(({ name }) => name)) }),
    errors: count,
    warnings: count,
    files: z.array(
      z.object({
        path: z.string(),
        catalog: z.string().nullable().describe('The ID of the catalog; null for a file that is none.'),
        entries: count,
        comparedWith: z.string().nullable().describe('The version that IDs were compared with.'),
        fixed: z.boolean(),
        findings: z.array(
          z.object({
            rule: z.enum(Object.keys(SUMMARIES) as [RuleName, ...RuleName[]]),
            severity: z.enum(['error', 'warning']),
            entry: z.string().nullable().describe('The ID of the entry; null for the catalog as a whole.'),
            line: z.int().min(1),
            column: z.int().min(1),
            message: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({
    title: 'errprobe catalog lint',
    description: 'What errprobe catalog lint prints with --format json, version 1.',
  }) satisfies z.ZodType<LintReport>;
