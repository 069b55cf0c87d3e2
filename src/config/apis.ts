import type { Knowledge } from '../diagnosis/match/general.ts';
import type { Auth, Catalog } from '../model/catalog.ts';
import type { KeyVariables } from '../model/key-variables.ts';
import type { Api } from '../model/settings.ts';
import type { ApiConfig, AuthConfig, ConfigFile } from './schema.ts';

/** A config, of which only the settings count. */
type Valued = { value: ConfigFile };

/**
 * All APIs: those with a catalog, and those that configs describe. A config's own name for an API
 * comes with the catalog that it names.
 */
export function apisOf(
  { apis: catalogs, known: { load } }: Pick<Knowledge, 'apis' | 'known'>,
  layers: Valued[],
): Api[] {
  const known = catalogs.map((catalog): Api => ({ id: catalog.id, name: catalog.name, catalog }));
  const ids = new Set(layers.flatMap(({ value }) => Object.keys(value.apis ?? {})));
  const own = [...ids].filter((id) => !catalogs.some((catalog) => catalog.id === id));
  const described = own.map((id): Api => {
    const catalog = catalogNamed(id, catalogs, load, layers);
    return { id, name: catalog?.id === id ? catalog.name : id, catalog };
  });
  return [...known, ...described];
}

/** The catalog that a config gives an API: by its id, or the only one in the file that it names; else the well-known one. */
function catalogNamed(
  id: string,
  catalogs: Catalog[],
  load: Knowledge['known']['load'],
  layers: Valued[],
): Catalog | null {
  const named = layers.find(({ value }) => value.apis?.[id]?.catalog !== undefined)?.value.apis?.[id]?.catalog;
  if (named === undefined) return load(id);
  return catalogs.find((catalog) => catalog.id === named || catalog.file === named) ?? load(named);
}

/** True for the name of a file, false for the id of a catalog. */
export function isCatalogFile(named: string): boolean {
  return /[\\/]|\.(?:ya?ml|json)$/i.test(named);
}

/** The variable for the key of an API without a catalog: `MY_API_KEY` for `my-api`. */
export function keyVariable(id: string): string {
  const name = id
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');
  return /(?:^|_)API$/.test(name) ? `${name}_KEY` : `${name}_API_KEY`;
}

/** How a key is sent that a config describes, and the variables for it. */
export function authOf(config: AuthConfig, { env, user }: KeyVariables): Auth {
  const shared = { env, ...(user === undefined ? {} : { user }), documented: true };
  if (config === 'bearer') return { ...shared, header: 'Authorization', value: 'Bearer {key}' };
  if (config === 'basic') return { ...shared, header: 'Authorization', value: 'Basic {key}', base64: true };
  if ('query' in config) return { ...shared, header: '', value: '{key}', query: config.query };
  return { ...shared, ...config };
}

/** The settings of all APIs in a config, with those of every profile, and their paths in the file. */
export function apiConfigs({ apis = {}, profiles = {} }: ConfigFile): { path: PropertyKey[]; api: ApiConfig }[] {
  const base = Object.entries(apis).flatMap(([id, { profiles: own = {}, ...api }]) => [
    { path: ['apis', id], api },
    ...Object.entries(own).map(([name, profile]) => ({ path: ['apis', id, 'profiles', name], api: profile })),
  ]);
  const shared = Object.entries(profiles).flatMap(([name, profile]) =>
    Object.entries(profile.apis ?? {}).map(([id, api]) => ({ path: ['profiles', name, 'apis', id], api })),
  );
  return [...base, ...shared];
}
