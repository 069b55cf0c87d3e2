import * as z from 'zod';
import { ACTORS } from '../diagnosis/advice/actors.ts';
import { EXITS } from '../model/report.ts';
import { ADVICE, CATEGORIES } from '../model/words.ts';
import { FIRST_TIME, LAST_TIME } from '../text/duration.ts';
import type { TriageReport } from './report.ts';
import { GROUPINGS } from './report.ts';
import type { PartialTally } from './tally.ts';

const text = z.string().nullable();
const count = z.int().min(0);
const advice = z.object({ never: count, backoff: count, wait: count, 'after-action': count });
const milliseconds = z.number().min(FIRST_TIME).max(LAST_TIME).nullable().describe('Milliseconds since 1970.');
const isSpan = (span: { first: number | null; last: number | null }): boolean =>
  span.first === null || span.last === null || span.first <= span.last;
const unreadable = z.object({ count, samples: z.array(z.string()) });
const problems = z.array(z.object({ source: z.string(), problem: z.string() }));
const lines = z.object({
  lines: count,
  failed: count.describe('Lines with one or more errors.'),
  clean: count.describe('Lines that hold no error.'),
  outside: count.describe('Lines outside the time that was asked for.'),
  unreadable: count,
  notUtf8: count.describe('Lines with bytes that are not UTF-8, which were read all the same.'),
});

/** The output of `triage --partial`, version 1. */
export const partialSchema = z
  .object({
    schema: z.literal('errprobe/triage-partial@1'),
    lines,
    unreadable: z.record(z.string(), unreadable),
    problems,
    folded: count.describe('How many steps were taken to stay within the memory.'),
    interval: z
      .number()
      .min(1000)
      .max(LAST_TIME)
      .describe('The length of an interval, in milliseconds: 1000 times a power of 2.'),
    first: milliseconds,
    last: milliseconds,
    cells: z.array(
      z.object({
        kind: z.object({
          id: text,
          api: text,
          status: z.number().nullable(),
          code: text,
          words: text,
          category: z.enum(CATEGORIES),
          title: z.string(),
        }),
        endpoint: text,
        count,
        advice,
        first: milliseconds,
        last: milliseconds,
        times: z
          .array(
            z.tuple([
              z
                .int()
                .min(FIRST_TIME / 1000)
                .max(LAST_TIME / 1000),
              count,
            ]),
          )
          .describe("Pairs of an interval's number since 1970 and a count."),
        samples: z.array(z.object({ at: milliseconds, order: z.number(), requestId: text, message: text })),
      }),
    ),
  })
  .refine(({ first, last, cells }) => [{ first, last }, ...cells].every(isSpan), 'first comes after last')
  .meta({
    title: 'errprobe partial triage',
    description: 'What errprobe triage --partial writes, version 1, to be added up with errprobe triage --merge.',
  }) satisfies z.ZodType<PartialTally>;

/** The output of `triage --format json`, version 1. */
export const triageSchema = z
  .object({
    schema: z.literal('errprobe/triage@1'),
    command: z.literal('triage'),
    ok: z.boolean(),
    exit: z.object({ code: z.int(), name: z.enum(EXITS.map(({ name }) => name)) }),
    by: z.enum(GROUPINGS),
    lines,
    unreadable: z.array(unreadable.extend({ reason: z.string() })),
    problems: problems.describe('Files that could not be read, or not to their end.'),
    errors: count,
    first: z.iso.datetime().nullable(),
    last: z.iso.datetime().nullable(),
    interval: z
      .object({ ms: z.number(), from: z.iso.datetime() })
      .nullable()
      .describe("The length of the histograms' intervals, and the start of the first one."),
    givenUp: z.array(z.string()).describe('What was counted together, since there was too much to tell apart.'),
    groupsInAll: count.describe('Those that are not among the top are left out below.'),
    groups: z.array(
      z.object({
        key: z.string(),
        count,
        share: z.number(),
        id: text.describe('Of the most frequent diagnosis in the group, as all up to fix.'),
        api: text,
        status: z.number().nullable(),
        code: text,
        category: z.enum(CATEGORIES),
        title: z.string(),
        actor: z.enum(ACTORS).describe('Who has to act.'),
        fix: text,
        retry: z.object({ advice: z.enum(ADVICE), reason: z.string() }),
        advice: advice.describe('How many came with which advice.'),
        first: z.iso.datetime().nullable(),
        last: z.iso.datetime().nullable(),
        histogram: z.array(count),
        endpoints: z.object({ distinct: count, most: z.array(z.object({ endpoint: z.string(), count })) }),
        diagnoses: z.array(z.object({ id: text, count })),
        samples: z.array(z.object({ at: z.iso.datetime().nullable(), requestId: text, message: text })),
      }),
    ),
    totals: z.object({
      category: z.partialRecord(z.enum(CATEGORIES), count),
      actor: z.partialRecord(z.enum(ACTORS), count),
      advice,
    }),
  })
  .meta({
    title: 'errprobe triage',
    description: 'What errprobe triage prints with --format json, version 1.',
  }) satisfies z.ZodType<TriageReport>;
