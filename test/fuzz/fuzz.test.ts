import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isThorough } from '../helpers/thorough.ts';
import { fuzz } from './fuzz.ts';
import { Oracle } from './oracle.ts';

const CASES = isThorough ? 10_000 : 1000;

describe('whatever errprobe reads', () => {
  it('ends with a documented exit code and valid output, within a second', { timeout: 180_000 }, async () => {
    // Always the same cases, so that a failure is caused by a change; `npm run fuzz` tries others.
    const findings = await fuzz(fileURLToPath(new URL('../..', import.meta.url)), CASES, 13);
    expect(findings.map(({ problem, seed }) => `seed ${seed}: ${problem}`)).toEqual([]);
  });
});

describe('the oracle of the fuzzer', () => {
  it('takes what is thrown, a broken document and an unknown exit code for problems', async () => {
    const oracle = await Oracle.start();
    try {
      const one = { argv: [], files: {}, tty: false, tick: 0 };
      const broken = { ...one, kind: 'words' as const, argv: [null as unknown as string] };
      expect(await oracle.problemOf(broken)).toMatch(/^thrown: /);
      expect(
        await oracle.problemOf({ ...one, kind: 'words', argv: ['explain', '429', '--format', 'json'] }),
      ).toBeNull();
    } finally {
      await oracle.end();
    }
  });
});
