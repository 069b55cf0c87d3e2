import { UsageError } from '../../model/errors.ts';
import { openOutput } from '../../terminal/file.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/**
 * Replaces a catalog of the user. All output is redacted, which would change a catalog that holds a secret, so that one
 * is not replaced.
 *
 * @param before its text
 * @throws UsageError if a secret is in it, or it cannot be written
 */
export async function replaceCatalog(
  path: string,
  before: string,
  after: string,
  { effects, secrets, out, err }: Terminal,
): Promise<void> {
  const { cwd, signal, sleep } = effects;
  const lines = before.split('\n');
  const redacted = secrets.redact(before).split('\n');
  const at = lines.findIndex((line, i) => line !== redacted[i]);
  if (at >= 0) throw new UsageError(`${path}:${at + 1}: a secret, or what looks like one, is in it: remove it first`);
  const file = await openOutput(path, { cwd, secrets, out, err, signal, sleep });
  await file.write(after);
}
