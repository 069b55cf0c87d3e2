import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { filesOf } from '../input/files.ts';
import type { Catalog } from '../model/catalog.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { catalogFilesOf } from './catalog-files.ts';
import type { Compiled } from './compiled.ts';
import { placeOf } from './key-source.ts';
import type { ConfigLayer } from './layer.ts';
import { isRegularFile, readRegularFile } from './regular-file.ts';

/**
 * Loads the catalogs that a config names; paths are relative to it.
 *
 * @param cache catalogs compiled earlier
 * @param only the id of the wanted catalog; files that start with another id are not read further
 * @returns the catalogs, and the ids of those skipped
 * @throws ConfigError with file, line and column when one is missing or broken
 */
export async function loadCatalogs(
  layer: ConfigLayer,
  cache: Compiled<Catalog>,
  only?: string,
): Promise<{ catalogs: Catalog[]; others: string[] }> {
  const files = await catalogFilesOf(layer);
  for (const { path } of files) isRegularFile(resolve(layer.folder, path));
  const catalogs: Catalog[] = [];
  const others: string[] = [];
  for (const { path, at, api } of files) {
    const id = only === undefined || api === only ? null : idAtStart(resolve(layer.folder, path));
    if (id === null || id === only) {
      const catalog = await loadCatalog(path, layer, at, cache);
      catalogs.push(api === null ? catalog : { ...catalog, file: path });
    } else others.push(id);
  }
  return { catalogs, others };
}

/** How far into a file to look for its id. */
const START = 2048;

/** The id at the start of a catalog file; null if there is none. */
function idAtStart(path: string): string | null {
  const start = Buffer.alloc(START);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, START, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
  const [, yaml, json] = /^id: *["']?([\w-]+)["']? *$|^[ \t]*\{\s*"id"\s*:\s*"([\w-]+)"/m.exec(start.toString()) ?? [];
  return yaml ?? json ?? null;
}

async function loadCatalog(
  path: string,
  layer: ConfigLayer,
  at: PropertyKey[],
  cache: Compiled<Catalog>,
): Promise<Catalog> {
  const text = readRegularFile(resolve(layer.folder, path));
  if (text === null) throw new ConfigError(`${placeOf(layer, at).column}: cannot read the catalog ${path}`);
  const catalog = await catalogOf(text, path, cache);
  return layer.project ? { ...catalog, project: { file: resolve(layer.folder, path), at: path } } : catalog;
}

/**
 * The catalogs in files that the user names.
 *
 * @param pattern a path or a glob
 * @throws ConfigError with file, line and column when one is broken; UsageError when there is none
 */
export async function loadCatalogFiles(pattern: string, folder: string): Promise<Catalog[]> {
  const paths = await filesOf([pattern], folder);
  if (paths.length === 0) throw new UsageError(`there is no file ${pattern}`);
  return await Promise.all(
    paths.map(async (path) => {
      const file = resolve(folder, path);
      const text = isRegularFile(file) ? readRegularFile(file) : null;
      if (text === null) throw new UsageError(`cannot read the catalog ${path}`);
      return await catalogOf(text, path, null);
    }),
  );
}

/** A compiled catalog; the compiler and the schemas are loaded only where no earlier result is kept. */
async function catalogOf(text: string, path: string, cache: Compiled<Catalog> | null): Promise<Catalog> {
  const kept = cache?.read(text) ?? null;
  if (kept !== null) return kept;
  const { compiledCatalog } = await import('./compile-catalog.ts');
  const catalog = compiledCatalog(text, path);
  cache?.keep(text, catalog);
  return catalog;
}
