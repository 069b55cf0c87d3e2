import { UsageError } from '../model/errors.ts';

/** How long the files of a pattern in a config are searched for, in milliseconds: it may lead through the whole disk. */
const SEARCHING = 2000;

/**
 * Expands patterns relative to a folder, in the order of the patterns; the matches of each are
 * sorted. A pattern without wildcards is a path and is returned unchanged, whether or not it
 * exists.
 */
export async function filesOf(patterns: string[], folder: string): Promise<string[]> {
  return await allOf(patterns, (pattern) => filesOfOne(pattern, folder));
}

/**
 * Finds the files of patterns that a config names, within a limited time.
 *
 * @param limit begins the time, with the first pattern that has wildcards
 * @throws UsageError when it takes too long
 */
export async function filesNamed(
  patterns: string[],
  folder: string,
  limit = () => AbortSignal.timeout(SEARCHING),
): Promise<string[]> {
  let ends: AbortSignal | undefined;
  return await allOf(patterns, async (pattern) => {
    if (!hasWildcards(pattern)) return [pattern];
    ends ??= limit();
    const signal = ends;
    const found = await filesOfOne(pattern, folder, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return [];
    });
    if (!signal.aborted) return found;
    throw new UsageError(`${pattern} leads through more files than can be searched in ${SEARCHING / 1000} s`);
  });
}

async function allOf(patterns: string[], expand: (pattern: string) => Promise<string[]>): Promise<string[]> {
  const found = await Promise.all(patterns.map(expand));
  return [...new Set(found.flat())];
}

const hasWildcards = (pattern: string): boolean => /[*?[\]{}]/.test(pattern);

async function filesOfOne(pattern: string, folder: string, signal?: AbortSignal): Promise<string[]> {
  if (!hasWildcards(pattern)) return [pattern];
  const { glob } = await import('tinyglobby');
  const options = { cwd: folder, expandDirectories: false, ...(signal === undefined ? {} : { signal }) };
  return (await glob(pattern.replaceAll('\\', '/'), options)).sort();
}
