import * as z from 'zod';
import { DURATION, parseDuration, timerMs } from '../text/duration.ts';

/** `500ms`, `2s`, `1m`, `1h` in a file; milliseconds once parsed. */
export const duration = z
  .string('write a duration with its unit: 500ms, 5s, 2m')
  .regex(DURATION, 'write a duration with its unit: 500ms, 5s, 2m')
  .transform((text) => timerMs(parseDuration(text) ?? 0));
