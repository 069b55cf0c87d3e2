/**
 * Expands patterns relative to a folder, in the order of the patterns; the matches of each are
 * sorted. A pattern without wildcards is a path and is returned unchanged, whether or not it
 * exists.
 */
export async function filesOf(patterns: string[], folder: string): Promise<string[]> {
  const found = await Promise.all(patterns.map((pattern) => filesOfOne(pattern, folder)));
  return [...new Set(found.flat())];
}

async function filesOfOne(pattern: string, folder: string): Promise<string[]> {
  if (!/[*?[\]{}]/.test(pattern)) return [pattern];
  const { glob } = await import('tinyglobby');
  return (await glob(pattern.replaceAll('\\', '/'), { cwd: folder, expandDirectories: false })).sort();
}
