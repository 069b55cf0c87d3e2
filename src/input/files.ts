/**
 * The files that patterns name, relative to a folder and in the order of the patterns; those of one pattern are sorted.
 * What has no wildcard is a path and comes back as it is, whether or not it exists.
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
