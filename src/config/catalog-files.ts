import { resolve } from 'node:path';
import { filesNamed } from '../input/files.ts';
import { parseSource } from '../schema/yaml.ts';
import { isCatalogFile } from './apis.ts';
import type { ConfigLayer } from './layer.ts';
import { readRegularFile } from './regular-file.ts';

/** A catalog file that a config names. */
export interface CatalogFileAt {
  /** Relative to the folder of the config, or absolute. */
  path: string;
  /** The keys of the config that name it. */
  at: PropertyKey[];
  /** The API that it is given to by its name; null for one of the list of catalogs. */
  api: string | null;
}

/** The catalog files that a config names, in its order. */
export async function catalogFilesOf({
  value,
  folder,
}: Pick<ConfigLayer, 'value' | 'folder'>): Promise<CatalogFileAt[]> {
  const listed = await filesNamed(value.catalogs ?? [], folder);
  return [
    ...listed.map((path) => ({ path, at: ['catalogs'], api: null })),
    ...Object.entries(value.apis ?? {}).flatMap(([api, { catalog: path }]) =>
      path !== undefined && isCatalogFile(path) ? [{ path, at: ['apis', api, 'catalog'], api }] : [],
    ),
  ];
}

/** The absolute path of the user's catalog with an ID, or of the one that configs give to an API of that name; null if there is none. */
export async function catalogFileOf(
  id: string,
  layers: Pick<ConfigLayer, 'value' | 'folder'>[],
): Promise<string | null> {
  for (const layer of layers) {
    for (const { path, api } of await catalogFilesOf(layer)) {
      const file = resolve(layer.folder, path);
      if (api === id) return file;
      const text = readRegularFile(file) ?? '';
      const { value } = parseSource(text);
      if ((value as { id?: unknown } | null | undefined)?.id === id) return file;
    }
  }
  return null;
}
