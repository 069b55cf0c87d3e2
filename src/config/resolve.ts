import type { RequestContext } from '../diagnosis/context.ts';
import type { Auth, Backoff, Catalog, DocumentedRetry } from '../model/catalog.ts';
import { ConfigError } from '../model/errors.ts';
import type { ApiSettings, Key, RetryPolicy } from '../model/settings.ts';
import { type Expanded, type NamedHeader, usesOf } from './env-use.ts';
import type { ConfigLayer } from './layer.ts';
import type { ApiConfig, RetryConfig } from './schema.ts';

type Env = Record<string, string | undefined>;

const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_RETRY: RetryPolicy = {
  base: 1000,
  factor: 2,
  jitter: 500,
  cap: 60_000,
  retries: 3,
  maxWait: 60_000,
  budget: 300_000,
  unsafe: false,
  documented: [],
};

const FIGURES: (keyof Backoff)[] = ['base', 'factor', 'jitter', 'cap', 'retries'];

/**
 * The API for a command that names none: that of ERRPROBE_API or the config, or the only one with a
 * key.
 */
export function defaultApi(layers: ConfigLayer[], catalogs: Catalog[], env: Env): string | null {
  const named = env.ERRPROBE_API || layers.find(({ value }) => value.api !== undefined)?.value.api;
  if (named !== undefined) return named;
  const withKey = catalogs.filter(({ auth }) => auth !== undefined && (env[auth.env] ?? '') !== '');
  return withKey.length === 1 ? (withKey[0]?.id ?? null) : null;
}

/**
 * Resolves the settings of an API. Precedence: environment, project, user, catalog. Variables are
 * expanded only here, so that those of other APIs may be unset.
 *
 * @throws ConfigError naming file, line and variable for an unset variable
 */
export function resolveApi(catalog: Catalog | null, layers: ConfigLayer[], env: Env): ApiSettings {
  const own = layers.map((layer) => ({ layer, api: layer.value.apis?.[catalog?.id ?? ''] }));
  const first = <K extends keyof ApiConfig>(name: K) => own.find(({ api }) => api?.[name] !== undefined);
  const expanded = (name: 'baseUrl' | 'key'): Expanded | null => {
    const found = first(name);
    const text = found?.api?.[name];
    if (found === undefined || text === undefined) return null;
    return expand(text, found.layer, ['apis', catalog?.id ?? '', name], env);
  };

  const configured = expanded('baseUrl');
  const baseUrl = configured?.value ?? catalog?.baseUrl ?? null;
  if (baseUrl !== null && !/^https?:\/\//.test(baseUrl)) {
    throw new ConfigError(`${configured?.at}: baseUrl must begin with https:// or http://`);
  }
  if (baseUrl !== null && !URL.canParse(baseUrl))
    throw new ConfigError(`${configured?.at}: baseUrl is not a valid URL`);
  const retries = own.flatMap(({ layer, api }) => [api?.retry, layer.value.retry]);
  const { key, source } = keyOf(catalog, expanded, env);
  const headers = headersOf(own, catalog, env);
  const hosts = [...(catalog?.hosts ?? []), ...(baseUrl === null ? [] : [new URL(baseUrl).host])];
  return {
    catalog,
    baseUrl,
    hosts,
    auth: authOf(catalog, first('auth')?.api?.auth),
    key,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    headersFrom: Object.fromEntries(
      headers.map(({ name, at, variables: [variable] }) => [
        name,
        variable === undefined ? at : `${variable.name} (${at})`,
      ]),
    ),
    timeoutMs:
      first('timeout')?.api?.timeout ?? layers.find(({ value }) => value.timeout)?.value.timeout ?? DEFAULT_TIMEOUT,
    retry: mergeRetry(retries, catalog?.retry),
    retryByDefault: retries.some((retry) => (retry?.retries ?? 0) > 0),
    ...usesOf(catalog, hosts, configured, key, source, headers),
  };
}

/**
 * The keys configured for other APIs, as far as they can be read: they identify a key sent to the
 * wrong API.
 *
 * @param id the API whose keys are left out
 */
export function keysOfOthers(
  id: string | null,
  layers: ConfigLayer[],
  catalogs: Catalog[],
  env: Env,
): RequestContext['otherKeys'] {
  return catalogs.flatMap((catalog) => {
    if (catalog.id === id) return [];
    try {
      const { key } = resolveApi(catalog, layers, env);
      return key === null ? [] : [{ value: key.value.trim(), from: key.from, api: catalog.id }];
    } catch (error) {
      if (error instanceof ConfigError) return [];
      throw error;
    }
  });
}

function authOf(catalog: Catalog | null, override: ApiConfig['auth']): Auth | null {
  const documented = catalog?.auth ?? null;
  if (override === undefined) return documented;
  return { env: documented?.env ?? 'API_KEY', documented: true, ...override };
}

/** As with most tools, the environment variable overrides the config. */
function keyOf(
  catalog: Catalog | null,
  expanded: (name: 'key') => Expanded | null,
  env: Env,
): { key: Key | null; source: Expanded | null } {
  const variable = catalog?.auth?.env ?? 'API_KEY';
  const fromEnv = env[variable];
  if (catalog?.auth !== undefined && fromEnv !== undefined && fromEnv !== '')
    return { key: { value: fromEnv, from: variable, variable }, source: null };
  const source = expanded('key');
  if (source === null) return { key: null, source };
  const name = source.variables.at(-1)?.name;
  const from = name === undefined ? source.at : `${name} (${source.at})`;
  return { key: { value: source.value, from, variable: name ?? variable }, source };
}

/** The configured headers, by name in lower case; the layer with the highest precedence wins. */
function headersOf(
  own: { layer: ConfigLayer; api: ApiConfig | undefined }[],
  catalog: Catalog | null,
  env: Env,
): NamedHeader[] {
  const headers = new Map<string, NamedHeader>();
  for (const { layer, api } of own.toReversed()) {
    for (const [written, text] of Object.entries(api?.headers ?? {})) {
      const name = written.toLowerCase();
      headers.set(name, { name, ...expand(text, layer, ['apis', catalog?.id ?? '', 'headers', written], env) });
    }
  }
  return [...headers.values()];
}

/** The user's figures override the API's documented ones; errprobe's defaults fill in the rest. */
function mergeRetry(layers: (RetryConfig | undefined)[], documented: DocumentedRetry | undefined): RetryPolicy {
  const merged: RetryPolicy = { ...DEFAULT_RETRY };
  const figures = FIGURES.filter((name) => documented?.[name] !== undefined);
  for (const name of figures) Object.assign(merged, { [name]: documented?.[name] });
  const own = new Set<string>();
  for (const layer of layers.toReversed()) {
    for (const [name, value] of Object.entries(layer ?? {})) {
      if (value === undefined) continue;
      Object.assign(merged, { [name]: value });
      own.add(name);
    }
  }
  return { ...merged, documented: figures.filter((name) => !own.has(name)) };
}

/** Replaces `${NAME}` with the variable's value. */
function expand(text: string, layer: ConfigLayer, path: PropertyKey[], env: Env): Expanded {
  const { line, column } = layer.locate(path);
  const at = `${layer.file}:${line}`;
  const variables: Expanded['variables'] = [];
  const value = text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const found = env[name];
    if (found === undefined) {
      throw new ConfigError(
        `${at}:${column}: the variable ${name} is not set, but ${path.map(String).join('.')} uses it`,
      );
    }
    variables.push({ name, value: found });
    return found;
  });
  return { value, at, layer, variables, whole: /^\$\{\w+\}$/.test(text) };
}
