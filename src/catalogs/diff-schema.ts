import * as z from 'zod';
import type { Match } from '../model/catalog.ts';
import type { CatalogDiff } from './diff.ts';

const side = z.object({ path: z.string(), id: z.string() });
const changes = z.array(
  z.object({
    field: z.string().describe('The member: cause, match.status, retry.advice.'),
    before: z.unknown().describe('Null where it is absent.'),
    after: z.unknown(),
  }),
);
const heads = z.array(
  z.object({
    id: z.string(),
    match: z.record(z.string(), z.array(z.unknown())) as unknown as z.ZodType<Match>,
    title: z.string(),
  }),
);

/** The output of `catalog diff --format json`, version 1. */
export const catalogDiffSchema = z
  .object({
    schema: z.literal('errprobe/catalog-diff@1'),
    before: side,
    after: side,
    same: z.boolean(),
    catalog: changes.describe('Members of the catalog itself.'),
    added: heads,
    removed: heads,
    changed: z.array(
      z.object({
        id: z.string(),
        renamedFrom: z.string().nullable().describe('The ID that it had; null if it is the same.'),
        title: z.string(),
        fields: changes,
      }),
    ),
  })
  .meta({
    title: 'errprobe catalog diff',
    description: 'What errprobe catalog diff prints with --format json, version 1.',
  }) satisfies z.ZodType<CatalogDiff>;
