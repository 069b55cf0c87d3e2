import type { UsageError } from '../model/errors.ts';
import { type Exit, exitOf } from '../model/report.ts';
import { Outputs } from '../terminal/outputs.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The files that a command writes beside its output. */
export function outputsOn({ effects: { cwd, sleep, signal }, secrets, out, err }: Terminal): Outputs {
  return new Outputs({ cwd, sleep, signal, secrets, out, err });
}

/**
 * Adds an error about unwritable files to a report, with its exit code unless the run was
 * interrupted.
 */
export function withProblem<R extends { exit: Exit }>(report: R, problem: UsageError | null): R {
  if (problem === null) return report;
  const { name, message } = problem;
  const exit = report.exit.code >= 130 ? report.exit : exitOf('usage');
  return { ...report, ok: false, exit, error: { name, message } };
}

/** Reports on stderr what could not be written. */
export async function sayProblem({ message }: UsageError, { err }: Terminal): Promise<void> {
  await err.write(`error: ${message}\n`);
}
