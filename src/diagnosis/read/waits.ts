import { parseDuration, spanMs } from '../../text/duration.ts';
import type { Leaf } from './leaves.ts';

/** A number of seconds between these is a point in time; from the latter on it is a wait that nobody lives to see. */
const LONGEST_SECONDS = 1e8;
const LATEST_TIME_MS = 1e14;

/** How long the body asks to wait, in milliseconds, under whatever name it says so; null when it does not. */
export function waitIn(leaves: Leaf[]): number | null {
  for (const { name, text } of leaves) {
    if (name.waitUnit === null) continue;
    const number = Number(text);
    if (!Number.isNaN(number)) {
      const isWait = number >= 0 && (number < LONGEST_SECONDS || number > LATEST_TIME_MS);
      if (isWait) return spanMs(number * name.waitUnit);
      continue;
    }
    const duration = parseDuration(text);
    if (duration !== null) return duration;
  }
  return null;
}
