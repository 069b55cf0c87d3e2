import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleIn, planChecks, select } from '../../src/checks/plan.ts';
import { BLANK_CHECK, type Check } from '../../src/model/check.ts';

function check(name: string, changes: { uses?: string[]; captures?: string[]; tags?: string[] } = {}): Check {
  const target = `/${(changes.uses ?? []).map((variable) => `\${${variable}}`).join('/')}`;
  return {
    ...BLANK_CHECK,
    name,
    request: { ...BLANK_CHECK.request, target },
    capture: Object.fromEntries((changes.captures ?? []).map((variable) => [variable, '/x'])),
    tags: changes.tags ?? [],
  };
}

const ALL = { tags: [], names: [], shard: null };

describe('the plan', () => {
  it('puts a check after those whose captures it uses, wherever they stand', () => {
    const planned = planChecks([
      check('c', { uses: ['b'] }),
      check('a', { captures: ['a'] }),
      check('b', { uses: ['a'], captures: ['b'] }),
    ]);
    expect(planned.map(({ after }) => after)).toEqual([[2], [], [1]]);
    expect(cycleIn(planned)).toBeNull();
  });

  it('finds checks that wait for each other', () => {
    const planned = planChecks([
      check('free'),
      check('a', { uses: ['b'], captures: ['a'] }),
      check('b', { uses: ['a'], captures: ['b'] }),
    ]);
    expect(cycleIn(planned)).toEqual(['a', 'b']);
  });

  it('selects by tag and by a part of the name, and takes along what is needed', () => {
    const planned = planChecks([
      check('login', { captures: ['token'] }),
      check('list Things', { uses: ['token'], tags: ['slow'] }),
      check('other', { tags: ['slow'] }),
    ]);
    expect([...select(planned, { ...ALL, tags: ['slow'], names: ['things'] })].sort()).toEqual([0, 1]);
    expect([...select(planned, { ...ALL, names: ['nothing'] })]).toEqual([]);
  });

  it('gives every check to exactly one of the machines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), (count, of) => {
        const planned = planChecks(Array.from({ length: count }, (_, i) => check(String(i))));
        const parts = Array.from({ length: of }, (_, i) => [
          ...select(planned, { ...ALL, shard: { index: i + 1, of } }),
        ]);
        expect(parts.flat().sort((a, b) => a - b)).toEqual(planned.map((_, i) => i));
      }),
    );
  });
});
