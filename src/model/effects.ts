import type { Readable, Writable } from 'node:stream';

/** A standard stream, with what a terminal adds to it. */
export type Output = Writable & { isTTY?: boolean; columns?: number };

/** All that a command may touch beside its options. Given as an argument, so that no test has to patch a global. */
export interface Effects {
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Record<string, string | undefined>;
  cwd: string;
  /** The number of the user whose rights the process has; null where users have none (Windows). */
  uid: number | null;
  /** The time in milliseconds since 1970. */
  now(): number;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  uuid(): string;
  /** Resolves after so many milliseconds; rejects at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Aborts when the user interrupts; its reason is the signal's name. */
  signal: AbortSignal;
}

/**
 * Runs something when a signal aborts, or at once when it has already.
 *
 * @returns what takes it back
 */
export function whenAborted(signal: AbortSignal, run: () => void): () => void {
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
  return () => signal.removeEventListener('abort', run);
}
