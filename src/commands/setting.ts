import type { Catalog } from '../catalog/catalog.ts';
import { builtIn, knowledgeOf } from '../catalogs/index.ts';
import type { ConfigLayer } from '../config/layer.ts';
import { loadLayers } from '../config/load.ts';
import type { Knowledge } from '../diagnosis/match-general.ts';
import type { Effects } from '../effects.ts';
import { ConfigError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { listOf } from './find-api.ts';

/** The configs that apply where errprobe was started, and the catalogs that are known with them. */
export interface Setting {
  layers: ConfigLayer[];
  knowledge: Knowledge;
}

/**
 * Loads config and catalogs. A user's catalog replaces a built-in one of the same id.
 *
 * @throws ConfigError when one of them is broken
 */
export async function loadSetting({ cwd, env }: Effects): Promise<Setting> {
  const layers = await loadLayers(cwd, env);
  const withCatalogs = layers.filter(({ value }) => value.catalogs !== undefined);
  const own: Catalog[] = [];
  if (withCatalogs.length > 0) {
    const { loadCatalogs } = await import('../config/catalogs.ts');
    for (const layer of withCatalogs) own.push(...(await loadCatalogs(layer)));
  }
  const apis = [...own, ...builtIn.apis.filter(({ id }) => !own.some((catalog) => catalog.id === id))];
  for (const layer of layers) checkApis(layer, apis);
  return { layers, knowledge: knowledgeOf(apis) };
}

function checkApis({ file, value, locate }: ConfigLayer, catalogs: Catalog[]): void {
  for (const id of Object.keys(value.apis ?? {})) {
    if (catalogs.some((catalog) => catalog.id === id)) continue;
    const { line, column } = locate(['apis', id]);
    const near = nearest(
      id,
      catalogs.map((catalog) => catalog.id),
    );
    const hint = near === null ? '' : `; did you mean "${near}"?`;
    throw new ConfigError(
      `${file}:${line}:${column}: there is no catalog for "${id}"${hint} Known are ${listOf(catalogs)}.`,
    );
  }
}
