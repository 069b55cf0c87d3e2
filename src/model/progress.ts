import type { Result } from './report.ts';

/** Displays the progress of a call. */
export interface CallProgress {
  /** An attempt failed; the next one follows after the wait. Resolves when the wait is over. */
  wait(line: string, ms: number, signal: AbortSignal): Promise<void>;
  /** An attempt failed, and there is no further one although retrying is on. */
  stop(line: string): Promise<void>;
}

/** Watches a run of checks. */
export interface CheckWatcher {
  finished(result: Result, done: number, of: number): void;
  progress(name: string): CallProgress;
}
