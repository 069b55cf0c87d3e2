import { UsageError } from '../model/errors.ts';
import { isToken, noMethod } from '../text/token.ts';

/**
 * Normalises a method. Node.js sends all methods in capitals, so they are shown that way.
 *
 * @throws UsageError for an invalid method (RFC 9110, section 9.1)
 */
export function methodOf(text: string): string {
  if (!isToken(text)) throw new UsageError(noMethod(text));
  return text.toUpperCase();
}
