import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import { lint } from '../catalog/lint.ts';
import { ConfigError } from '../errors.ts';
import { filesOf } from '../files.ts';
import { catalogSchema } from '../schema/catalog.ts';
import { validateSource } from '../schema/validate.ts';
import type { ConfigLayer } from './layer.ts';

/**
 * Loads the catalogs that a config names, from files relative to it.
 *
 * @throws ConfigError with file, line and column when one is missing or broken
 */
export async function loadCatalogs(layer: ConfigLayer): Promise<Catalog[]> {
  const paths = await filesOf(layer.value.catalogs ?? [], layer.folder);
  return Promise.all(paths.map((path) => loadCatalog(path, layer)));
}

async function loadCatalog(path: string, layer: ConfigLayer): Promise<Catalog> {
  const text = await readFile(resolve(layer.folder, path), 'utf8').catch(() => {
    const { line, column } = layer.locate(['catalogs']);
    throw new ConfigError(`${layer.file}:${line}:${column}: cannot read the catalog ${path}`);
  });
  const result = validateSource(text, catalogSchema);
  if (!result.ok) {
    throw new ConfigError(
      result.problems.map(({ at, message }) => `${path}:${at.line}:${at.column}: ${message}`).join('\n'),
    );
  }
  const catalog = result.value;
  const findings = lint(catalog).map(({ entry, message }) => {
    const index = catalog.entries.findIndex(({ id }) => id === entry);
    const { line, column } = result.locate(index < 0 ? [] : ['entries', index]);
    return `${path}:${line}:${column}: ${entry ?? 'catalog'}: ${message}`;
  });
  if (findings.length > 0) throw new ConfigError(findings.join('\n'));
  return catalog;
}
