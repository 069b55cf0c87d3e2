import { isCatalogFile } from '../../config/apis.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { configuredSecrets } from '../configured-secrets.ts';
import { loadConfig } from '../loaded-config.ts';
import { allCatalogs, catalogsOf } from './known-catalogs.ts';

/**
 * Catalogs by their IDs or files, in the order in which they are named; all if none is.
 *
 * @returns the catalogs, at least one, and the IDs of all known ones
 * @throws UsageError if there is no such catalog, ConfigError if a file is broken
 */
export async function namedCatalogs(
  names: string[],
  { effects, secrets }: Terminal,
): Promise<{ catalogs: Catalog[]; known: string[] }> {
  const { knowledge } = await loadConfig(effects, secrets);
  const all = allCatalogs(knowledge);
  const known = all.map(({ id }) => id);
  if (names.length === 0) return { catalogs: all, known };
  const found: Catalog[] = [];
  for (const name of names) {
    if (!isCatalogFile(name)) {
      found.push(...catalogsOf(name, knowledge));
      continue;
    }
    const { loadCatalogFiles } = await import('../../config/catalogs.ts');
    const loaded = await loadCatalogFiles(name, effects.cwd);
    for (const secret of configuredSecrets([], loaded, effects.env)) secrets.add(secret);
    found.push(...loaded);
  }
  return { catalogs: [...new Map(found.map((catalog) => [catalog.id, catalog])).values()], known };
}
