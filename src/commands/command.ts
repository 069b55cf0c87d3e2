import type { Terminal } from '../terminal/terminal.ts';

/** The options that say what output looks like. */
export interface OutputFlags {
  color?: boolean;
  verbose?: boolean;
  quiet?: boolean;
}

/**
 * Runs what a command does on the terminal that its options describe, and keeps the exit code that comes back.
 * `command.ts` of each command is loaded at every start, so what it runs is imported in `run`.
 */
export type Start = (flags: OutputFlags, run: (terminal: Terminal) => Promise<number>) => Promise<void>;
