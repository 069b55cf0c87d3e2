import * as z from 'zod';
import { DURATION, parseDuration, timerMs } from '../text/duration.ts';

/** `500ms`, `2s`, `1m`, `1h` in a file; milliseconds once parsed. */
export const duration = z
  .string()
  .regex(DURATION, 'a duration: 500ms, 2s, 1m')
  .transform((text) => timerMs(parseDuration(text) ?? 0));
