import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Written } from './file.ts';

/**
 * Lists a folder; null if it does not exist.
 *
 * @param marker the file by which a folder of errprobe is recognized; its text is returned, too
 * @throws UsageError if it cannot be read, or is no folder
 */
export async function contentsOf(folder: string, marker: string): Promise<{ names: string[]; marker: string } | null> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`cannot write to the folder ${folder}: ${error.code}`);
  });
  if (names === null) return null;
  const isThere = (await lstat(join(folder, marker)).catch(() => null))?.isFile() === true;
  return { names, marker: isThere ? await readFile(join(folder, marker), 'utf8') : '' };
}

/**
 * Writes files into a folder, redacted. All are written to a folder inside it first and then moved to their places, in
 * their order: a failure before that leaves everything as it was, and no file is ever half written.
 *
 * @param files by their paths in the folder
 * @param gone paths of files to delete in the end; folders that become empty go, too
 * @throws UsageError when they cannot be written
 */
export async function writeFolder(
  folder: string,
  files: Map<string, Written>,
  gone: string[],
  { secrets, signal, uuid }: { secrets: Secrets; signal: AbortSignal; uuid(): string },
): Promise<void> {
  const staged = join(folder, `.errprobe-${uuid()}.tmp`);
  try {
    await mkdir(staged, { recursive: true });
    for (const [file, text] of files) {
      signal.throwIfAborted();
      await mkdir(dirname(join(staged, file)), { recursive: true });
      await writeFile(join(staged, file), secrets.pieces(text));
    }
    const folders = new Set([...files.keys(), ...gone].flatMap(foldersOf));
    for (const inner of folders) await refuseLink(folder, inner);
    for (const inner of folders) await mkdir(join(folder, inner), { recursive: true });
    for (const file of files.keys()) await rename(join(staged, file), join(folder, file));
    for (const file of gone) await rm(join(folder, file), { force: true });
    // The deepest first; one with files of somebody else stays.
    for (const inner of [...folders].sort((a, b) => b.length - a.length)) {
      await rmdir(join(folder, inner)).catch(() => {});
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UsageError || typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    throw new UsageError(`cannot write to the folder ${folder}: ${(error as NodeJS.ErrnoException).code}`);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** `a` and `a/b` for `a/b/c.html`. */
function foldersOf(file: string): string[] {
  const names = file.split('/').slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join('/'));
}

/** A link could lead out of the folder. */
async function refuseLink(folder: string, inner: string): Promise<void> {
  const stats = await lstat(join(folder, inner)).catch(() => null);
  if (stats?.isSymbolicLink() === true)
    throw new UsageError(`${join(folder, inner)} is a symbolic link; remove it first`);
}
