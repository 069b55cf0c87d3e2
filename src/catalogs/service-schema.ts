import * as z from 'zod';
import type { Service, ServiceBodies } from '../model/service.ts';
import { document, entry, id, pointer, sentence } from './schema.ts';

/** A regular expression as a text. */
const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}, 'a regular expression');

const header = z.string().regex(/^[a-z0-9-]+$/, 'the name of a header in lower case');
const place = z.union([pointer, z.string().regex(/^header:[a-z0-9-]+$/, 'header:name')]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const condition = z.union([
  z.enum(['present', 'absent', 'text', 'integer', 'list', 'object']),
  z.strictObject({ is: z.union([scalar, z.array(scalar).min(1)]) }),
  z.strictObject({ isNot: scalar }),
  z.strictObject({ matches: pattern }),
  z.strictObject({ matchesNot: pattern }),
]);

const marks = z.record(place, condition);
const row = z.record(z.union([place, z.literal('only')]), z.union([condition, z.array(z.string()).min(1)]));
const places = z.array(place).min(1).optional();

const body = z.strictObject({
  envelope: id.optional(),
  in: z.enum(['xml', 'headers']).optional(),
  fits: z.array(row).min(1),
  code: places,
  subcode: places,
  message: places,
  docs: places,
  fields: z.array(z.strictObject({ map: pointer })).optional(),
  cleanCode: pattern.optional(),
  narrows: z.array(z.string()).min(1).optional(),
  alwaysError: z.literal(true).optional(),
});

/** A file of `src/services/`: what is known of the service, and the entries for its codes. */
export const serviceSchema = z.strictObject({
  id,
  name: sentence,
  docs: document.optional().describe('The name of its documentation, if there are entries.'),
  keys: z.array(pattern).optional(),
  issued: pattern.optional(),
  rateLimit: z.array(z.tuple([header, header, z.union([header, z.literal('')])])).optional(),
  limitUsage: z.strictObject({ header, usedOfAll: pattern }).optional(),
  requestId: z.array(header).optional(),
  hosts: z
    .array(z.string().regex(/^[a-z0-9.-]+$/, 'the name of a host'))
    .min(1)
    .optional(),
  marks: z.array(marks).min(1).optional(),
  bodies: z.array(body).optional(),
  entries: z.array(entry).default([]),
}) satisfies z.ZodType<Service & Pick<ServiceBodies, 'marks'> & { bodies?: ServiceBodies['bodies'] | undefined }>;
