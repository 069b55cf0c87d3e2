import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADVICE } from '../../src/model/words.ts';
import type { Kind } from '../../src/triage/table.ts';
import { keepSample, MOST_CELLS, MOST_INTERVALS, MOST_SAMPLES } from '../../src/triage/table.ts';
import {
  addPartial,
  addUnreadable,
  emptyTally,
  type PartialTally,
  type Tally,
  toPartial,
} from '../../src/triage/tally.ts';
import { isThorough } from '../helpers/thorough.ts';

/** An error as counted by the reader. */
interface Counted {
  id: number | null;
  code: number;
  words: number;
  endpoint: number;
  at: number | null;
  advice: (typeof ADVICE)[number];
  order: number;
}

const kind = ({ id, code, words }: Counted): Kind => ({
  id: id === null ? null : `http/${id}`,
  api: null,
  status: 400 + (id ?? 0),
  code: `CODE_${code}`,
  words: id === null ? `words ${words}` : null,
  category: 'validation',
  title: '',
});

function count(tally: Tally, errors: Counted[]): Tally {
  for (const error of errors) {
    const cell = tally.table.cell(kind(error), `GET /a/b/c/d${error.endpoint % 7}/e${error.endpoint}`);
    tally.table.count(cell, error.at, error.advice);
    keepSample(cell.samples, { at: error.at, order: error.order, requestId: `r${error.order}`, message: null });
    tally.counts.lines++;
    tally.counts.failed++;
    if (error.order % 5 === 0)
      addUnreadable(tally.unreadable, `reason ${error.order % 3}`, { count: 1, samples: [`x${error.order}`] });
  }
  return tally;
}

const counted = (most: number) =>
  fc.record<Counted>({
    id: fc.option(fc.nat(5)),
    code: fc.nat(most),
    words: fc.nat(most),
    endpoint: fc.nat(most),
    at: fc.option(fc.integer({ min: 946_684_800_000, max: 1_900_000_000_000 })),
    advice: fc.constantFrom(...ADVICE),
    order: fc.nat(1000),
  });

const text = (tally: Tally) => JSON.stringify(toPartial(tally));
const read = (tally: Tally) => JSON.parse(text(tally)) as PartialTally;

describe('what was counted', () => {
  it('adds up to the same, whatever way the lines are split and in whatever order the parts come', () => {
    fc.assert(
      fc.property(
        fc.array(counted(40), { maxLength: 200 }),
        fc.array(fc.nat(4), { minLength: 200, maxLength: 200 }),
        (errors, parts) => {
          const whole = text(count(emptyTally(), errors));
          const sum = emptyTally();
          for (const part of [3, 0, 4, 1, 2]) {
            addPartial(
              sum,
              read(
                count(
                  emptyTally(),
                  errors.filter((_, i) => parts[i] === part),
                ),
              ),
            );
          }
          expect(text(sum)).toBe(whole);
        },
      ),
    );
  });

  it('adds up to the same when there is too much to tell apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.nat(), (parts, seed) => {
        const errors = Array.from({ length: 12_000 }, (_, i): Counted => {
          const code = Math.imul(i + seed, 2654435761) >>> 4;
          const varied = seed % 3 === 0 ? code : 1;
          return {
            id: i % 3 === 0 ? null : i % 5,
            code: varied,
            words: code,
            endpoint: code,
            at: i,
            advice: 'never',
            order: i,
          };
        });
        const whole = count(emptyTally(), errors);
        expect(whole.table.cells.size).toBeLessThanOrEqual(MOST_CELLS);
        expect(whole.table.givenUp().length).toBeGreaterThan(0);
        const sum = emptyTally();
        for (let part = 0; part <= parts; part++) {
          addPartial(
            sum,
            read(
              count(
                emptyTally(),
                errors.filter((_, i) => i % (parts + 1) === part),
              ),
            ),
          );
        }
        expect(text(sum)).toBe(text(whole));
      }),
      { numRuns: isThorough ? 6 : 2 },
    );
  });

  it('keeps the first lines of each kind as examples', () => {
    const samples: Parameters<typeof keepSample>[0] = [];
    for (const at of [50, null, 10, 40, 20, 20, 30])
      keepSample(samples, { at, order: at ?? 0, requestId: null, message: null });
    expect(samples.map(({ at }) => at)).toEqual([10, 20, 30].slice(0, MOST_SAMPLES));
  });

  it('divides any span of time into few intervals, and counts each error in one', () => {
    fc.assert(
      fc.property(fc.array(counted(3), { minLength: 1 }), (errors) => {
        const { table } = count(emptyTally(), errors);
        const dated = errors.filter(({ at }) => at !== null).length;
        const intervals = new Set([...table.cells.values()].flatMap(({ times }) => [...times.keys()]));
        expect(Math.max(...intervals) - Math.min(...intervals)).toBeLessThan(MOST_INTERVALS);
        const sum = [...table.cells.values()].flatMap(({ times }) => [...times.values()]).reduce((a, b) => a + b, 0);
        expect(sum).toBe(dated);
      }),
    );
  });
});
