import { UsageError } from '../../model/errors.ts';
import { partialSchema } from '../../triage/schema.ts';
import type { PartialTally } from '../../triage/tally.ts';

/**
 * Reads the output of `triage --partial`.
 *
 * @param name the name of the text in messages
 * @throws UsageError for anything else
 */
export function readPartial(text: string, name: string): PartialTally {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${name} is not valid JSON: --merge takes what --partial wrote`);
  }
  const { success, data, error } = partialSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new UsageError(`${name} is not what --partial writes: ${issue?.path.join('.')}: ${issue?.message}`);
}
