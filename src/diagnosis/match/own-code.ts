import type { ErrorBody } from '../../model/diagnosis.ts';
import { topicOf } from '../verdict/words.ts';

/** Whether a code tells nothing by its words, in a shape that tells nothing of who answered. */
export function isOwnCode(error: ErrorBody): error is ErrorBody & { code: string } {
  const { code, envelope } = error;
  return code !== null && SHAPELESS.has(envelope) && OWN_CODE.test(code) && topicOf(code) === null;
}

/** Shapes that tell nothing of who answered. */
export const SHAPELESS = new Set(['generic', 'text', 'unknown', 'log-line']);

/** A code of several words. */
const OWN_CODE =
  /^[A-Za-z]{2,20}(?:_[A-Za-z0-9]{2,20}){1,6}$|^(?=[A-Za-z]{6,126}$)[A-Za-z][a-z]{2,}(?:[A-Z][a-z]{2,}){0,5}$/;
