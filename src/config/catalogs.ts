import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { completed } from '../catalogs/complete.ts';
import { builtIn } from '../catalogs/index.ts';
import { lint } from '../catalogs/lint.ts';
import { catalogSchema } from '../catalogs/schema.ts';
import { filesOf } from '../input/files.ts';
import type { Catalog } from '../model/catalog.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { validateSource } from '../schema/validate.ts';
import { catalogFilesOf } from './catalog-files.ts';
import { placeOf } from './key-source.ts';
import type { ConfigLayer } from './layer.ts';
import { isRegularFile } from './regular-file.ts';

/**
 * Loads the catalogs that a config names; paths are relative to it.
 *
 * @param only the id of the wanted catalog; files that start with another id are not read further
 * @returns the catalogs, and the ids of those skipped
 * @throws ConfigError with file, line and column when one is missing or broken
 */
export async function loadCatalogs(
  layer: ConfigLayer,
  only?: string,
): Promise<{ catalogs: Catalog[]; others: string[] }> {
  const files = await catalogFilesOf(layer);
  for (const { path } of files) isRegularFile(resolve(layer.folder, path));
  const catalogs: Catalog[] = [];
  const others: string[] = [];
  for (const { path, at, api } of files) {
    const id = only === undefined || api === only ? null : idAtStart(resolve(layer.folder, path));
    if (id === null || id === only) {
      const catalog = await loadCatalog(path, layer, at);
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

async function loadCatalog(path: string, layer: ConfigLayer, at: PropertyKey[]): Promise<Catalog> {
  const text = await readFile(resolve(layer.folder, path), 'utf8').catch(() => {
    throw new ConfigError(`${placeOf(layer, at).column}: cannot read the catalog ${path}`);
  });
  const catalog = readCatalog(text, path);
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
      const text = isRegularFile(file) ? await readFile(file, 'utf8').catch(() => null) : null;
      if (text === null) throw new UsageError(`cannot read the catalog ${path}`);
      return readCatalog(text, path);
    }),
  );
}

/** @throws ConfigError with file, line and column when the text of a catalog is broken */
function readCatalog(text: string, path: string): Catalog {
  const result = validateSource(text, catalogSchema);
  if (!result.ok) {
    throw new ConfigError(
      result.problems.map(({ at, message }) => `${path}:${at.line}:${at.column}: ${message}`).join('\n'),
    );
  }
  const catalog = completed(result.value, () => builtIn.http);
  const problems = lint(catalog).map(({ entry, index, message }) => {
    const { line, column } = result.locate(index === null ? [] : ['entries', index]);
    return `${path}:${line}:${column}: ${entry ?? 'catalog'}: ${message}`;
  });
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return catalog;
}
