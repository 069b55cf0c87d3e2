import { UsageError } from '../model/errors.ts';
import { isToken, noMethod } from '../text/token.ts';

/**
 * A method as it is sent. Node.js sends all of them in capitals, so they are shown like that, too.
 *
 * @throws UsageError for what cannot be one (RFC 9110, section 9.1)
 */
export function methodOf(text: string): string {
  if (!isToken(text)) throw new UsageError(noMethod(text));
  return text.toUpperCase();
}
