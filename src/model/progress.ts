import type { Result } from './report.ts';

/** What a request waits for, in order; `upload` only with a body. */
export type Stage = 'name' | 'connection' | 'tls' | 'upload' | 'response' | 'body';

/** Watches a request on its way. */
export interface SendWatcher {
  /** Called when the request starts to wait for the next stage. */
  reached(stage: Stage, host: string): void;
  /**
   * More of the body came.
   *
   * @param bytes the size of this part, after decompression
   * @param all the size of the whole body, or null if it is not known
   */
  received(bytes: number, all: number | null): void;
}

/** Displays the progress of a call. */
export interface CallProgress {
  /** An attempt failed; the next one follows after the wait. Resolves when the wait is over. */
  wait(line: string, ms: number, signal: AbortSignal): Promise<void>;
  /** An attempt failed, and there is no further one although retrying is on. */
  stop(line: string): Promise<void>;
  /** Shows what the attempts are waiting for. */
  sending?: SendWatcher & {
    /** The attempt is over. */
    ended(): void;
  };
}

/** Watches a run of checks. */
export interface CheckWatcher {
  finished(result: Result, done: number, of: number): void;
  progress(name: string): CallProgress;
}
