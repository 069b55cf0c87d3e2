import * as fc from 'fast-check';
import { type Case, cases } from './cases.ts';
import { corpusOf } from './corpus.ts';
import { Oracle } from './oracle.ts';

/** A failing case, shrunk as far as possible. */
export interface Finding {
  problem: string;
  case: Case;
  seed: number;
}

/** The cases of a kind, and the milliseconds of CPU time that they took. */
interface Spent {
  cases: number;
  ms: number;
}

/** Cases per seed, so that a failing one can be found again quickly. */
const BATCH = 1000;

/**
 * Runs generated cases in this process.
 *
 * @param root the repository's folder
 * @param onBatch receives the number of cases run, in total and of each kind, and the time that they took
 * @returns each kind of problem once; the search continues after one
 */
export async function fuzz(
  root: string,
  count: number,
  seed: number,
  onBatch: (done: number, kinds: Map<string, Spent>, findings: Finding[]) => void = () => {},
): Promise<Finding[]> {
  const arbitrary = cases(corpusOf(root));
  const oracle = await Oracle.start();
  const findings = new Map<string, Finding>();
  const kinds = new Map<string, Spent>();
  try {
    for (let done = 0; done < count; done += BATCH) {
      const own = seed + done / BATCH;
      const property = fc.asyncProperty(arbitrary, async (one) => {
        const { cases, ms } = kinds.get(one.kind) ?? { cases: 0, ms: 0 };
        const problem = await oracle.problemOf(one);
        kinds.set(one.kind, { cases: cases + 1, ms: ms + oracle.ms });
        if (problem !== null && !findings.has(signatureOf(problem))) throw new Error(problem);
      });
      const numRuns = Math.min(BATCH, count - done);
      for (let tries = 0; tries < 5; tries++) {
        const { failed, counterexample, errorInstance } = await fc.check(property, {
          seed: own,
          numRuns,
          endOnFailure: false,
          interruptAfterTimeLimit: 600_000,
        });
        if (!failed || counterexample === null) break;
        const problem = (errorInstance as Error | null)?.message ?? '';
        findings.set(signatureOf(problem), { problem, case: counterexample[0], seed: own });
      }
      onBatch(Math.min(done + BATCH, count), kinds, [...findings.values()]);
    }
  } finally {
    await oracle.end();
  }
  return [...findings.values()];
}

/** Problems at one place in the program count once. */
function signatureOf(problem: string): string {
  const kind = /^\w+(?: \d+)?/.exec(problem)?.[0] ?? '';
  const message = /(?:\w*Error): .{0,40}/.exec(problem)?.[0] ?? '';
  const place = /\n {4}at (\S+)/.exec(problem)?.[1] ?? '';
  return kind === 'slow' ? kind : `${kind} ${place || message || problem.slice(0, 100)}`;
}
