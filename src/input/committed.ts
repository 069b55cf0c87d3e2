import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { installed } from './installed.ts';

/** The longest time that git may take, in milliseconds. */
const LONGEST = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Where and how git is asked. */
interface Asking {
  env: Record<string, string | undefined>;
  cwd: string;
  signal: AbortSignal;
}

/**
 * A file as it is in a revision of git; null if the revision does not have it. Nothing is fetched, and nothing of the
 * repository is run.
 *
 * @param path absolute
 */
export function committed(path: string, revision: string, asking: Asking): Promise<string | null> {
  return git(['cat-file', 'blob', `${revision}:./${basename(path)}`], dirname(path), asking);
}

/** True if git knows a revision in the repository of a folder. */
export async function isRevision(revision: string, folder: string, asking: Asking): Promise<boolean> {
  return (await git(['cat-file', '-t', `${revision}^{commit}`], folder, asking)) !== null;
}

/** The output of git; null if it fails or is not installed. */
function git(argv: string[], folder: string, { env, cwd, signal }: Asking): Promise<string | null> {
  const program = installed('git', env.PATH ?? '', cwd);
  if (program === null || argv.at(-1)?.startsWith('-') === true) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    execFile(
      program,
      argv,
      { cwd: folder, env: { ...env, GIT_NO_LAZY_FETCH: '1' }, signal, timeout: LONGEST, maxBuffer: MOST_BYTES },
      (error, stdout) => {
        if (signal.aborted) reject(signal.reason as Error);
        else resolve(error === null ? stdout : null);
      },
    );
  });
}
