import type { Readable, Writable } from 'node:stream';

/** A standard stream, with the properties of a terminal. `isFile`: it was redirected to a file. */
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number; isFile?: boolean };

/**
 * Every effect that a command may have. Passed as an argument, so that no test has to patch a
 * global.
 */
export interface Effects {
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Record<string, string | undefined>;
  cwd: string;
  /** The user id of the process; null on systems without one (Windows). */
  uid: number | null;
  /** The time in milliseconds since 1970. */
  now(): number;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  uuid(): string;
  /** Resolves after some milliseconds; rejects at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Aborts when the user interrupts; its reason is the signal's name. */
  signal: AbortSignal;
}

/**
 * Runs a callback when a signal aborts, or at once if it already has.
 *
 * @returns a function that cancels it
 */
export function whenAborted(signal: AbortSignal, run: () => void): () => void {
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
  return () => signal.removeEventListener('abort', run);
}
