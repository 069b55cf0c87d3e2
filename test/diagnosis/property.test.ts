import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { readError } from '../../src/diagnosis/read/read-error.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import { parseXml } from '../../src/input/xml.ts';
import { savedResponse } from '../../src/model/exchange.ts';
import { CATEGORIES } from '../../src/model/words.ts';
import { visible } from '../../src/render/text.ts';
import { matchTemplate } from '../../src/text/template.ts';

const CORPUS = new URL('../../fixtures/envelopes/', import.meta.url);
const bodies = readdirSync(CORPUS).flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, CORPUS)).map(
    (file) => JSON.parse(readFileSync(new URL(`${folder}/${file}`, CORPUS), 'utf8')).body as unknown,
  ),
);

const headers = fc.dictionary(
  fc.constantFrom(
    'retry-after',
    'date',
    'content-type',
    'server',
    'ratelimit',
    'x-ratelimit-reset',
    'x-ratelimit-remaining',
    'grpc-status',
    'cf-ray',
    '__proto__',
  ),
  fc.string(),
);
const body = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom(...bodies).map((value) => JSON.stringify(value)),
);
const api = fc.constantFrom(null, ...builtIn.apis.map(({ id }) => id));

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come out
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

/** A JSON value with one value in it replaced. */
function mutate(value: unknown, pick: () => number, replacement: unknown): unknown {
  if (typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[Math.floor(pick() * keys.length)] ?? '';
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  copy[key] = pick() < 0.4 ? replacement : mutate(copy[key], pick, replacement);
  return copy;
}

describe('whatever comes', () => {
  it('gets a diagnosis, never an exception', () => {
    fc.assert(
      fc.property(body, headers, fc.option(fc.integer({ min: 0, max: 1000 })), api, (text, fields, status, id) => {
        const response = savedResponse(text, status, fields);
        const diagnosis = diagnose({ request: null, response, failure: null }, builtIn, { api: id, now: 0 });
        expect(CATEGORIES).toContain(diagnosis.category);
        const { afterMs } = diagnosis.retry;
        expect(afterMs === null || (Number.isFinite(afterMs) && afterMs >= 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of another type than expected is not taken over', () => {
    const replacement = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.constant({}),
      fc.constant([]),
      fc.double(),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        replacement,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (value, other, chances) => {
          let i = 0;
          const read = readError(mutate(value, () => chances[i++ % chances.length] ?? 0, other));
          for (const text of [read.code, read.subcode, read.message, read.requestId])
            expect(text === null || typeof text === 'string').toBe(true);
          expect(
            read.status === null || (Number.isInteger(read.status) && read.status >= 100 && read.status <= 999),
          ).toBe(true);
          for (const { path, message } of read.fields) {
            expect(path === '' || path.startsWith('/')).toBe(true);
            expect(typeof message).toBe('string');
          }
          for (const link of read.docs) expect(link).toMatch(/^https?:\/\//);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is read as input or refused with a word', () => {
    fc.assert(
      fc.property(body, (text) => {
        try {
          readSavedErrors(text, 'input');
        } catch (error) {
          expect(error).toMatchObject({ name: 'UsageError' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is parsed as XML without an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseXml(`<a>${text}</a>`)));
  });

  it('is matched with any template without an exception, and a filled template fits', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (template, message) => void matchTemplate(template, message)));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^\d{1,8}$/), (name, count) => {
        expect(matchTemplate('{field}: list has {count} items', `${name}: list has ${count} items`)).toEqual({
          field: name,
          count,
        });
      }),
    );
  });

  it('cannot control a terminal', () => {
    // Purely random Unicode seldom contains the few characters that matter.
    const character = fc.oneof(
      fc.integer({ min: 0, max: 0xff }),
      fc.integer({ min: 0x2000, max: 0x2070 }),
      fc.constantFrom(0x061c, 0xfeff),
    );
    const hostile = fc
      .array(
        character.map((code) => String.fromCharCode(code)),
        { minLength: 20 },
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visible(text)).not.toMatch(CONTROL);
      }),
    );
  });
});
