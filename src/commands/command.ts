import type { Terminal } from '../terminal/terminal.ts';

/** The options that control how output looks. */
export interface OutputFlags {
  color?: boolean;
  verbose?: boolean;
  quiet?: boolean;
  /** A file with more variables. */
  envFile?: string;
}

/**
 * Runs a command on the terminal that its options describe, and keeps the exit code. Every
 * `command.ts` is loaded at each start, so `run` imports lazily.
 */
export type Start = (flags: OutputFlags, run: (terminal: Terminal) => Promise<number>) => Promise<void>;
