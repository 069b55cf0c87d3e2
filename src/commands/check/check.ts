import { setMaxListeners } from 'node:events';
import type { Planned } from '../../checks/plan.ts';
import { whenAborted } from '../../model/effects.ts';
import type { CheckWatcher } from '../../model/progress.ts';
import { exitOf, exitOfInterrupt, isBad, type Report, type Result, reportOf, summaryOf } from '../../model/report.ts';
import type { EnvUse } from '../../model/settings.ts';
import { spanMs } from '../../text/duration.ts';
import type { CheckOptions, CheckRun } from './check-run.ts';
import { resultOf } from './results.ts';
import { inOrder } from './schedule.ts';
import { Session } from './session.ts';
import { Targets } from './targets.ts';

/**
 * Runs checks, as many at once as allowed; those that use a capture run after the one that captures it.
 *
 * @param chosen the places of those to run; the others leave no trace in the report
 */
export async function runChecks(
  planned: Planned[],
  chosen: Set<number>,
  run: CheckRun,
  watch: CheckWatcher,
): Promise<Report> {
  const { options, effects } = run;
  const begun = effects.now();
  const stop = new AbortController();
  // Every request and every wait listens to it, and more than ten at once are no leak.
  setMaxListeners(0, stop.signal);
  const forget = whenAborted(effects.signal, () => stop.abort('interrupted'));
  if (options.limitMs !== null) {
    // It rejects when the run is over first.
    effects.sleep(options.limitMs, stop.signal).then(
      () => stop.abort('the time for all checks is over'),
      () => {},
    );
  }
  const session = new Session({ ...run, effects: { ...effects, signal: stop.signal } }, watch);
  const results = new Map<number, Result>();
  try {
    await inOrder(planned, chosen, options.jobs, async (i, { check, after }) => {
      const failed = after.map((j) => results.get(j)).find((result) => result?.check?.outcome !== 'passed');
      const result = stop.signal.aborted
        ? resultOf(check, 'not-run', String(stop.signal.reason))
        : failed !== undefined
          ? resultOf(check, 'not-run', `it needs what “${failed.name}” captures, which did not pass`)
          : await session.check(check);
      results.set(i, result);
      watch.finished(result, results.size, chosen.size);
      const outcome = result.check?.outcome;
      if (options.failFast && (outcome === 'failed' || outcome === 'error' || outcome === 'undocumented')) {
        stop.abort(`“${check.name}” failed, and --fail-fast is on`);
      }
    });
  } finally {
    stop.abort('done');
    forget();
    await session.close();
  }
  const inFileOrder = [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  return summarize(inFileOrder, options, effects.signal, spanMs(effects.now() - begun));
}

/** The user's variables and keys that files of the project would send with the chosen checks; see `permit`. */
export function usesOfChecks(planned: Planned[], chosen: Set<number>, run: CheckRun): EnvUse[] {
  const targets = new Targets(run);
  return planned.flatMap(({ check }, i) => (chosen.has(i) ? targets.usesOf(check) : []));
}

function summarize(results: Result[], options: CheckOptions, signal: AbortSignal, ms: number): Report {
  const summary = summaryOf(results, ms);
  const exit = signal.aborted
    ? exitOfInterrupt(signal.reason)
    : exitOf(isBad(summary) || (options.failOnFlaky && summary.flaky > 0) ? 'failed' : 'ok');
  return { ...reportOf('check', exit, results), summary };
}
