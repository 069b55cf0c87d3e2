import { parseDuration } from '../../text/duration.ts';
import type { Leaf } from './leaves.ts';

/** A number of seconds above this is a point in time. */
const LONGEST_SECONDS = 1e8;

/** How long the body asks to wait, in milliseconds, under whatever name it says so; null when it does not. */
export function waitIn(leaves: Leaf[]): number | null {
  for (const { name, text } of leaves) {
    if (name.waitUnit === null) continue;
    const number = Number(text);
    if (Number.isFinite(number)) {
      if (number >= 0 && number < LONGEST_SECONDS) return Math.round(number * name.waitUnit);
      continue;
    }
    const duration = parseDuration(text);
    if (duration !== null) return duration;
  }
  return null;
}
