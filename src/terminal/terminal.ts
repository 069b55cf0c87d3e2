import type { Effects } from '../model/effects.ts';
import type { ColorLevel } from '../render/style.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Sink } from './sink.ts';

/** The destination of a command's output, and how it may look there. */
export interface Terminal {
  effects: Effects;
  secrets: Secrets;
  out: Sink;
  err: Sink;
  color(stream: 'stdout' | 'stderr'): ColorLevel;
  width(stream: 'stdout' | 'stderr'): number;
  /** True if the terminal shows links. */
  links(stream: 'stdout' | 'stderr'): boolean;
  verbose: boolean;
  quiet: boolean;
  /** Runs another command, with some effects of its own; returns its exit code. */
  run: (argv: string[], effects: Partial<Effects>) => Promise<number>;
  /** What an interrupted command was waiting for: `after 1.2 s, connecting to example.com`. Set by the command. */
  waitingFor?: () => string | null;
}
