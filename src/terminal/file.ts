import { randomBytes } from 'node:crypto';
import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { JsonText } from '../json/text.ts';
import type { Secrets } from '../secrets.ts';

/**
 * Writes a text to a file, redacted and whole or not at all: it is written beside its place and then moved there.
 *
 * @throws UsageError when it cannot be written
 */
export async function writeRedacted(
  path: string,
  text: string | JsonText,
  cwd: string,
  secrets: Secrets,
): Promise<void> {
  const file = resolve(cwd, path);
  const beside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(beside, secrets.redact(text), { mode: 0o600 });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/**
 * Adds a text to a file that others write to as well, redacted.
 *
 * @throws UsageError when it cannot be written
 */
export async function appendRedacted(path: string, text: string, cwd: string, secrets: Secrets): Promise<void> {
  try {
    await appendFile(resolve(cwd, path), secrets.redact(text));
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
}
