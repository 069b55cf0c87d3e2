import { builtIn, knowledgeOf } from '../catalogs/index.ts';
import { apisOf, isCatalogFile } from '../config/apis.ts';
import type { ConfigLayer } from '../config/layer.ts';
import { loadLayers } from '../config/load.ts';
import { chosenProfile, type Profile, withProfile } from '../config/profile.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Effects } from '../model/effects.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import type { Api } from '../model/settings.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { compiledFiles } from '../terminal/compiled-files.ts';
import { noApi } from '../text/nearest.ts';
import { configuredSecrets } from './configured-secrets.ts';

/** The configs that apply in the working directory, and the APIs and catalogs known with them. */
export interface LoadedConfig {
  /** Highest precedence first; the settings of the chosen profile come before all others. */
  layers: ConfigLayer[];
  knowledge: Knowledge;
  apis: Api[];
  profile: Profile | null;
}

/** What to load. */
export interface Wanted {
  /** The id of the only API that will be asked for: other users' catalogs are not read. */
  only?: string | undefined;
  /** The profile that an option names. */
  profile?: string | undefined;
}

/**
 * Loads configs and catalogs, and registers the secrets that they name. A user's catalog replaces a
 * built-in one of the same id.
 *
 * @throws ConfigError when a config or catalog is broken
 */
export async function loadConfig(
  { cwd, env, uid }: Pick<Effects, 'cwd' | 'env' | 'uid'>,
  secrets: Secrets,
  { only, profile: option }: Wanted = {},
): Promise<LoadedConfig> {
  const register = (from: ConfigLayer[], catalogs: Pick<Catalog, 'auth' | 'signed'>[]) => {
    for (const secret of configuredSecrets(from, catalogs, env)) secrets.add(secret);
  };
  // The error message quotes a broken config, and must not show secrets either.
  register([], [...builtIn.apis, ...builtIn.known.apis]);
  const layers = await loadLayers(cwd, env, compiledFiles('configs', { env, uid }));
  register(layers, []);
  const wanted = only?.toLowerCase();
  const own: Catalog[] = [];
  const others: string[] = [];
  for (const layer of layers.filter(namesCatalogs)) {
    const { loadCatalogs } = await import('../config/catalogs.ts');
    const loaded = await loadCatalogs(layer, compiledFiles('catalogs', { env, uid }), wanted);
    own.push(...loaded.catalogs);
    others.push(...loaded.others);
  }
  const catalogs = [...own, ...builtIn.apis.filter(({ id }) => !own.some((catalog) => catalog.id === id))];
  const profile = chosenProfile(option, env, layers);
  const all = withProfile(layers, profile);
  const knowledge = knowledgeOf(catalogs);
  const apis = apisOf(knowledge, all);
  const wellKnown = knowledge.known.apis.map(({ id }) => id);
  // No such API: load everything so that the error can list all ids.
  if (
    wanted !== undefined &&
    others.length > 0 &&
    !apis.some(({ id }) => id === wanted) &&
    !wellKnown.includes(wanted)
  ) {
    return await loadConfig({ cwd, env, uid }, secrets, { profile: option });
  }
  register([], own);
  for (const layer of layers) checkApis(layer, all, [...catalogs.map(({ id }) => id), ...others], wellKnown);
  return { layers: all, knowledge, apis, profile };
}

/** Registers the secrets of configs only. A broken config must not prevent showing a kept call. */
export async function configuredSecretsOf(
  effects: Pick<Effects, 'cwd' | 'env' | 'uid'>,
  secrets: Secrets,
): Promise<void> {
  try {
    await loadConfig(effects, secrets);
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof UsageError)) throw error;
  }
}

function namesCatalogs({ value: { catalogs, apis = {} } }: ConfigLayer): boolean {
  return (
    catalogs !== undefined || Object.values(apis).some(({ catalog }) => catalog !== undefined && isCatalogFile(catalog))
  );
}

/** An API without a catalog needs an address: without one, its name is probably mistyped. */
function checkApis(
  { file, value, locate }: ConfigLayer,
  layers: ConfigLayer[],
  known: string[],
  wellKnown: string[],
): void {
  const all = [...known, ...wellKnown];
  const fail = (path: PropertyKey[], message: string) => {
    const { line, column } = locate(path);
    return new ConfigError(`${file}:${line}:${column}: ${message}`);
  };
  for (const [id, { catalog }] of Object.entries(value.apis ?? {})) {
    if (catalog !== undefined && !isCatalogFile(catalog) && !all.includes(catalog)) {
      throw fail(
        ['apis', id, 'catalog'],
        `${noApi(catalog, known, wellKnown)} A file needs its ending: ${catalog}.yaml`,
      );
    }
    const hasAddress = layers.some((layer) => {
      const api = layer.value.apis?.[id];
      return [api, ...Object.values(api?.profiles ?? {})].some((one) => one?.baseUrl !== undefined);
    });
    if (all.includes(id) || catalog !== undefined || hasAddress) continue;
    throw fail(['apis', id], `${noApi(id, known, wellKnown)} For an API of your own, add its baseUrl.`);
  }
}
