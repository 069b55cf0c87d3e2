import * as z from 'zod';
import { FINDING_CODES } from '../../diagnosis/evidence/sentences.ts';
import type { JsonText } from '../../json/text.ts';
import { OUTCOMES } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { EXITS, type Report } from '../../model/report.ts';
import { ADVICE, CATEGORIES, CONFIDENCES } from '../../model/words.ts';

/** JSON in its own text, anything else as text. */
const body = z.unknown() as z.ZodType<JsonText | string | null>;

const headers = z.record(z.string(), z.string());
const text = z.string().nullable();
const number = z.number().nullable();
const from = z.enum(['documented', 'general']);

const part = z.object({
  pointer: z.string().describe('A JSON Pointer into the body.'),
  score: z.number(),
  why: z.array(z.string()),
  rival: text.describe('The pointer of what came second, when it was close.'),
});

/** A code and its parameters, which are of plain JSON. */
const finding = z.looseObject({ code: z.enum(FINDING_CODES) }) as unknown as z.ZodType<Finding>;

const diagnosis = z.object({
  id: text.describe('The permanent id of the entry, or null when nothing matched.'),
  api: text,
  apiName: text,
  documented: z.boolean().describe("False when the API's own catalog does not have this error."),
  confidence: z.enum(CONFIDENCES),
  category: z.enum(CATEGORIES),
  title: z.string(),
  envelope: z.string(),
  status: number,
  phrase: text.describe('What the API itself calls the status.'),
  code: text,
  subcode: text,
  message: text,
  requestId: text,
  fields: z.array(
    z.object({
      path: z.string(),
      message: z.string(),
      in: z.enum(['body', 'query', 'path', 'header', 'cookie']).optional(),
    }),
  ),
  values: z.record(z.string(), z.string()),
  cause: z.string(),
  causes: z.array(
    z.object({
      text: z.string(),
      from,
      verdict: z.enum(['confirmed', 'possible', 'ruled-out']),
      evidence: text.describe('The findings in words.'),
      // Absent in reports of earlier versions.
      findings: z.array(finding).default([]),
      fix: z
        .object({
          method: z.string().optional(),
          header: z.tuple([z.string(), z.string()]).optional(),
          data: z.string().optional(),
          path: z.enum(['single-slashes', 'no-repetition', 'other-slash']).optional(),
          key: z
            .enum(['send', 'replace', 'strip-scheme', 'strip-name', 'strip-quotes', 'strip-spaces', 'strip-invisible'])
            .optional(),
          idempotencyKey: z.literal(true).optional(),
        })
        .optional(),
    }),
  ),
  resolution: z.array(z.string()),
  retry: z.object({
    advice: z.enum(ADVICE),
    reason: z.string(),
    afterMs: number.describe('What the server asked to wait, in milliseconds.'),
    afterFrom: text,
    safe: z.boolean(),
    caution: text.describe('Why repeating the request needs care.'),
  }),
  from: z
    .object({ cause: from, resolution: z.array(from), retry: from })
    .describe('Whether the API documents the cause, each step and the advice.'),
  answeredBy: z.object({
    kind: z.enum(['api', 'gateway', 'proxy', 'captive-portal', 'challenge', 'nobody', 'unknown']),
    name: text,
  }),
  tool: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    // Absent in reports of earlier versions.
    .default(null)
    .describe('What reported the error, if its text tells.'),
  rateLimit: z
    .object({
      limit: number,
      remaining: number,
      resetMs: number,
      from: z.string(),
      // Absent in reports of earlier versions.
      resetFrom: z.string().nullable().default(null),
    })
    .nullable(),
  support: z.object({ contact: text, include: z.array(z.string()) }).nullable(),
  docs: z.array(z.string()),
  see: z.array(z.string()).describe("Other pages that the API's document refers to."),
  source: z.object({ doc: z.string(), section: z.string(), address: z.string().optional() }).nullable(),
  evidence: z.array(z.string()),
  reading: z
    .object({ code: part, message: part, status: part, requestId: part })
    .partial()
    .describe('Where the parts were read from that no known shape and no header gave.'),
  candidates: z
    .array(
      z.object({
        id: z.string().describe('The id of an entry.'),
        api: text,
        title: z.string(),
        why: z.string().describe('What speaks for it.'),
        choose: text.describe('The option of errprobe explain that chooses it.'),
      }),
    )
    .max(3)
    // Absent in reports of earlier versions.
    .default([])
    .describe('Other explanations that fit as well; empty when one clearly wins.'),
  notes: z.array(z.string()),
});

const result = z.object({
  name: text,
  request: z.object({ method: z.string(), url: z.string(), headers, body: text }).nullable(),
  response: z
    .object({
      status: number,
      headers,
      body,
      bytes: z.int().min(0).describe('The size of the whole body after decompression, as far as it is known.'),
      truncated: z.boolean().optional().describe('True when only the beginning of the body was diagnosed.'),
    })
    .nullable(),
  failure: z
    .object({
      phase: z.enum(['dns', 'connect', 'tls', 'request', 'response', 'timeout']),
      code: z.string(),
      message: z.string(),
      status: z.int().optional().describe('The status of the response that had begun.'),
      certificate: z
        .object({
          names: z.array(z.string()),
          issuer: z.string(),
          selfSigned: z.boolean(),
          validFrom: z.iso.datetime(),
          validTo: z.iso.datetime(),
        })
        .optional()
        .describe('The certificate that was not accepted.'),
    })
    .nullable(),
  diagnosis: diagnosis.nullable(),
  attempts: z.array(
    z.object({
      n: z.int().min(1),
      at: z.iso.datetime(),
      status: number,
      code: text,
      requestId: text,
      ms: z.number(),
      waitMs: number,
      waitFrom: text,
      reason: z.string(),
    }),
  ),
  flaky: z.boolean(),
  timings: z
    .object({ dns: number, connect: number, tls: number, firstByte: number, download: number, total: number })
    .nullable(),
  plan: z
    .object({
      retries: z.int().min(0),
      waitsMs: z.array(z.number()),
      totalMs: z.number(),
      documented: z.array(z.enum(['base', 'factor', 'jitter', 'cap', 'retries'])),
    })
    .nullable(),
  redirects: z
    .array(z.object({ method: z.string(), url: z.string(), status: z.int(), location: z.string() }))
    .optional()
    .describe('What was asked before, where redirects were followed to the request.'),
  next: z.string().optional().describe('The corrected command, where the fix is mechanical.'),
  add: z.string().optional().describe("The command that adds the error to a catalog of the user's own."),
  check: z
    .object({
      outcome: z.enum(OUTCOMES),
      file: z.string(),
      line: z.int(),
      tags: z.array(z.string()),
      unmet: z.array(
        z.object({ what: z.string(), expected: z.string(), actual: z.string(), around: z.string().optional() }),
      ),
      curl: z.string().optional(),
      reason: text,
      stack: z.string().optional().describe('Where errprobe failed, when that is a bug in errprobe.'),
      ms: z.number(),
    })
    .optional()
    .describe('Only of a check.'),
});

const counts = z.int().min(0);

/** The document that `--format json` prints, version 1. */
export const reportSchema = z
  .object({
    schema: z.literal('errprobe/report@1'),
    command: z.string(),
    ok: z.boolean(),
    exit: z.object({ code: z.int(), name: z.enum(EXITS.map(({ name }) => name)) }),
    error: z.object({ name: z.string(), message: z.string() }).nullable(),
    results: z.array(result),
    omitted: z.int().min(1).optional().describe('Errors of the input beyond the most that are explained.'),
    summary: z
      .object({
        passed: counts,
        failed: counts,
        undocumented: counts,
        error: counts,
        skipped: counts,
        notRun: counts,
        flaky: counts,
        ms: z.number(),
      })
      .optional(),
  })
  .meta({
    title: 'errprobe report',
    description: 'What errprobe prints with --format json, version 1.',
  }) satisfies z.ZodType<Report>;
