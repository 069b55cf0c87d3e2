import type { Effects } from '../model/effects.ts';
import type { CallProgress } from '../model/progress.ts';
import { visibleLine, wrap } from '../render/text.ts';
import type { Sink } from './sink.ts';

/** True for a terminal that can redraw a line. */
export function canRedraw({ stderr, env }: Effects): boolean {
  return stderr.isTTY === true && env.TERM !== 'dumb';
}

/** One line for each attempt, for output that cannot be redrawn. */
export function lineProgress(sink: Sink, { stderr, sleep }: Effects): CallProgress {
  return {
    async wait(line, ms, signal) {
      await sink.write(`${attemptText(line, stderr)}\n`);
      await sleep(ms, signal);
    },
    stop: (line) => sink.write(`${attemptText(line, stderr)}\n`),
  };
}

/** The columns taken by what stands before the line of an attempt, and in front of its further lines. */
const MARGIN = 2;

/** The line of an attempt: one for a log, as many as it takes on a terminal. */
export function attemptText(line: string, { isTTY, columns }: Effects['stderr']): string {
  const text = visibleLine(line);
  return isTTY ? wrap(text, Math.max(40, columns || 80) - MARGIN).join(`\n${' '.repeat(MARGIN)}`) : text;
}
