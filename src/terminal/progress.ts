import type { Effects } from '../model/effects.ts';
import type { CallProgress } from '../model/progress.ts';
import { visibleLine } from '../render/text.ts';
import type { Sink } from './sink.ts';

/** True for a terminal that can redraw a line. */
export function canRedraw({ stderr, env }: Effects): boolean {
  return stderr.isTTY === true && env.TERM !== 'dumb';
}

/** One line for each attempt, for output that is not a terminal. */
export function lineProgress(sink: Sink, { sleep }: Effects): CallProgress {
  return {
    async wait(line, ms, signal) {
      await sink.write(`${visibleLine(line)}\n`);
      await sleep(ms, signal);
    },
    stop: (line) => sink.write(`${visibleLine(line)}\n`),
  };
}
