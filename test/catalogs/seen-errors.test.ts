import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { parsed } from '../../src/input/parsed.ts';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import type { Exchange } from '../../src/model/exchange.ts';

/** An error as people met it, and the entries that are right; `general` for one of no well-known API. */
interface Seen {
  api: string;
  want: string[];
  text: string;
}

const lines = readFileSync(new URL('../../fixtures/seen-errors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const wellKnown = new Set(builtIn.known.apis.map(({ id }) => id));

/** The share of errors with the right entry, in percent; the rest gets the general explanation. */
const FLOOR = 96;

it('explains errors of well-known APIs and their look-alikes rightly or generally, and never as another', () => {
  const wrong: string[] = [];
  let right = 0;
  for (const line of lines) {
    const { want, text }: Seen = JSON.parse(line);
    const [saved] = [...readSavedErrors(text, 'error.txt')].slice(-1);
    // A text in which no error is found counts as not explained.
    if (saved === undefined) continue;
    const { exchange }: { exchange: Exchange } = saved;
    const response = exchange.response === null ? null : parsed(exchange.response);
    const { id } = diagnose({ ...exchange, response }, builtIn, { now: 0 });
    const isGeneral = id === null || !wellKnown.has(id.split('/')[0] ?? '');
    if (want.includes(id ?? '') || (isGeneral && want.includes('general'))) right++;
    else if (!isGeneral) wrong.push(`${id}: ${text}`);
  }
  expect(wrong).toEqual([]);
  expect((right / lines.length) * 100).toBeGreaterThan(FLOOR);
});
