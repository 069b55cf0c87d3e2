import type { Result } from './report.ts';

/** Shows what a call does while it goes on. */
export interface CallProgress {
  /** An attempt failed; the next one follows after the wait. Resolves when the wait is over. */
  wait(line: string, ms: number, signal: AbortSignal): Promise<void>;
  /** An attempt failed, and although retrying is on there is no further one. */
  stop(line: string): Promise<void>;
}

/** Watches a run. */
export interface CheckWatcher {
  finished(result: Result, done: number, of: number): void;
  progress(name: string): CallProgress;
}
