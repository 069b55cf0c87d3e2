import { builtIn, knowledgeOf } from '../catalogs/index.ts';
import type { ConfigLayer } from '../config/layer.ts';
import { loadLayers } from '../config/load.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Effects } from '../model/effects.ts';
import { ConfigError } from '../model/errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { noCatalog } from '../text/nearest.ts';
import { configuredSecrets } from './configured-secrets.ts';

/** The configs that apply in the working directory, and the catalogs known with them. */
export interface LoadedConfig {
  layers: ConfigLayer[];
  knowledge: Knowledge;
}

/**
 * Loads configs and catalogs, and registers the secrets that they name. A user's catalog replaces a
 * built-in one of the same id.
 *
 * @param only the id of the only API that will be asked for: other users' catalogs are not read
 * @throws ConfigError when a config or catalog is broken
 */
export async function loadConfig(
  { cwd, env }: Pick<Effects, 'cwd' | 'env'>,
  secrets: Secrets,
  only?: string,
): Promise<LoadedConfig> {
  const register = (from: ConfigLayer[], catalogs: Catalog[]) => {
    for (const secret of configuredSecrets(from, catalogs, env)) secrets.add(secret);
  };
  // The error message quotes a broken config, and must not show secrets either.
  register([], builtIn.apis);
  const layers = await loadLayers(cwd, env);
  register(layers, []);
  const withCatalogs = layers.filter(({ value }) => value.catalogs !== undefined);
  const wanted = only?.toLowerCase();
  const own: Catalog[] = [];
  const others: string[] = [];
  if (withCatalogs.length > 0) {
    const { loadCatalogs } = await import('../config/catalogs.ts');
    for (const layer of withCatalogs) {
      const loaded = await loadCatalogs(layer, wanted);
      own.push(...loaded.catalogs);
      others.push(...loaded.others);
    }
  }
  const apis = [...own, ...builtIn.apis.filter(({ id }) => !own.some((catalog) => catalog.id === id))];
  // No such API: load everything so that the error can list all ids.
  if (wanted !== undefined && others.length > 0 && !apis.some(({ id }) => id === wanted)) {
    return await loadConfig({ cwd, env }, secrets);
  }
  register([], own);
  for (const layer of layers) checkApis(layer, [...apis.map(({ id }) => id), ...others]);
  return { layers, knowledge: knowledgeOf(apis) };
}

function checkApis({ file, value, locate }: ConfigLayer, known: string[]): void {
  for (const id of Object.keys(value.apis ?? {})) {
    if (known.includes(id)) continue;
    const { line, column } = locate(['apis', id]);
    throw new ConfigError(`${file}:${line}:${column}: ${noCatalog(id, known)}`);
  }
}
