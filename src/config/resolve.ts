import type { RequestContext } from '../diagnosis/context.ts';
import { retryPolicy } from '../http/retry.ts';
import type { Auth, Catalog } from '../model/catalog.ts';
import { ConfigError } from '../model/errors.ts';
import { heldIn, type KeyVariables, keyIn, namesOf, variablesInWords } from '../model/key-variables.ts';
import type { Api, ApiSettings, Key } from '../model/settings.ts';
import { authOf, keyVariable } from './apis.ts';
import { type Expanded, type NamedHeader, usesOf } from './env-use.ts';
import { isFromCommand, keyFromCommand, keyInFile, placeOf, type ReadKey } from './key-source.ts';
import type { ConfigLayer } from './layer.ts';
import { checkProfile } from './profile.ts';
import type { ApiConfig, KeyConfig, RetryConfig } from './schema.ts';

type Env = Record<string, string | undefined>;

const DEFAULT_TIMEOUT = 30_000;
/**
 * The API for a command that names none: that of ERRPROBE_API or the config, the only one with a
 * key, or the only one in the config.
 */
export function defaultApi(layers: ConfigLayer[], apis: Api[], env: Env): string | null {
  const named = env.ERRPROBE_API || layers.find(({ value }) => value.api !== undefined)?.value.api;
  if (named !== undefined) return named;
  const withKey = apis.filter(({ catalog }) => catalog?.auth !== undefined && heldIn(catalog.auth, env) !== null);
  if (withKey.length > 0) return withKey.length === 1 ? (withKey[0]?.id ?? null) : null;
  const configured = [...new Set(layers.flatMap(({ value }) => Object.keys(value.apis ?? {})))];
  return configured.length === 1 ? (configured[0] ?? null) : null;
}

/**
 * Resolves the settings of an API. Precedence: environment, project, user, catalog. Variables are
 * expanded only here, so that those of other APIs may be unset.
 *
 * @param commands `skip` to leave out a key that a command would print
 * @throws ConfigError naming file, line and variable for an unset variable
 */
export function resolveApi(
  of: Api | null,
  layers: ConfigLayer[],
  env: Env,
  commands: 'run' | 'skip' = 'run',
): ApiSettings {
  const catalog = of?.catalog ?? null;
  const id = of?.id ?? '';
  checkProfile(id, layers);
  const own = layers.map((layer) => ({ layer, api: layer.value.apis?.[id] }));
  const first = <K extends keyof ApiConfig>(name: K) => own.find(({ api }) => api?.[name] !== undefined);

  const address = first('baseUrl');
  const configured =
    address?.api?.baseUrl === undefined
      ? null
      : expand(address.api.baseUrl, address.layer, ['apis', id, 'baseUrl'], env);
  const baseUrl = configured?.value ?? catalog?.baseUrl ?? null;
  if (baseUrl !== null && !/^https?:\/\//.test(baseUrl)) {
    throw new ConfigError(`${configured?.at}: baseUrl must begin with https:// or http://`);
  }
  if (baseUrl !== null && !URL.canParse(baseUrl))
    throw new ConfigError(`${configured?.at}: baseUrl is not a valid URL`);
  const retries = own.flatMap(({ layer, api }) => [api?.retry, layer.value.retry]);
  const { key, source } = keyOf(id, catalog, first('key'), env, commands);
  const headers = headersOf(own, id, env);
  const hosts = [...(catalog?.hosts ?? []), ...(baseUrl === null ? [] : [new URL(baseUrl).host])];
  return {
    id: of?.id ?? null,
    profile: own.find(({ layer, api }) => layer.profile !== null && api !== undefined)?.layer.profile ?? null,
    catalog,
    baseUrl,
    hosts,
    auth: authFor(id, catalog, first('auth')?.api?.auth, first('key')?.api?.key),
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
    retry: retryPolicy(ownRetry(retries), catalog?.retry),
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
  apis: Api[],
  env: Env,
): RequestContext['otherKeys'] {
  return apis.flatMap((api) => {
    if (api.id === id) return [];
    try {
      const { key } = resolveApi(api, layers, env, 'skip');
      return key === null ? [] : [{ value: key.value.trim(), from: key.from, api: api.id }];
    } catch (error) {
      if (error instanceof ConfigError) return [];
      throw error;
    }
  });
}

/**
 * How the key is sent: as configured, else as documented. Without either, a key that somebody
 * configured is a bearer token.
 */
function authFor(
  id: string,
  catalog: Catalog | null,
  config: ApiConfig['auth'],
  key: KeyConfig | undefined,
): Auth | null {
  const own = variablesIn(key);
  const variables = own ?? catalog?.auth ?? { env: keyVariable(id) };
  if (config !== undefined) return authOf(config, variables);
  if (own?.user !== undefined) return authOf('basic', own);
  if (catalog?.auth !== undefined) return own === null ? catalog.auth : { ...catalog.auth, or: [], ...own };
  return key === undefined ? null : { ...authOf('bearer', variables), documented: false };
}

/** The variables that a config names for a key, if it does. */
function variablesIn(key: KeyConfig | undefined): KeyVariables | null {
  if (typeof key !== 'object') return null;
  return 'env' in key ? { env: key.env } : 'user' in key ? { user: key.user, env: key.password } : null;
}

/**
 * As with most tools, the environment variable overrides the config; but not a profile, which somebody
 * chose for this call.
 */
function keyOf(
  id: string,
  catalog: Catalog | null,
  found: { layer: ConfigLayer; api: ApiConfig | undefined } | undefined,
  env: Env,
  commands: 'run' | 'skip',
): { key: Key | null; source: Expanded | null } {
  const auth = catalog?.auth ?? { env: keyVariable(id) };
  const held = heldIn(auth, env);
  const config = found?.api?.key;
  const isDocumented = catalog?.auth !== undefined && found?.layer.profile == null;
  if (held !== null && id !== '' && (isDocumented || config === undefined)) {
    const { env: variable, user } = held;
    const from = variablesInWords(held);
    return {
      key: { value: keyIn(held, env) ?? '', from, variable, ...(user === undefined ? {} : { user }) },
      source: null,
    };
  }
  if (found === undefined || config === undefined || (commands === 'skip' && isFromCommand(config))) {
    return { key: null, source: null };
  }
  const { layer } = found;
  const own = variablesIn(config);
  if (own !== null && keyIn(own, env) === null) return { key: null, source: null };
  const source = readKey(config, layer, ['apis', id, 'key'], env);
  const profile = layer.profile === null ? '' : `, profile ${layer.profile}`;
  const from = source.from === source.at ? `${source.at}${profile}` : `${source.from} (${source.at}${profile})`;
  const user = source.user === null ? {} : { user: source.user };
  return { key: { value: source.value, from, variable: source.holder ?? auth.env, ...user }, source };
}

/** The program that prints the key of an API, or null. */
export function keySourceOf(id: string, layers: ConfigLayer[]): string | null {
  const key = layers.find(({ value }) => value.apis?.[id]?.key !== undefined)?.value.apis?.[id]?.key;
  if (!isFromCommand(key)) return null;
  const [program = ''] = typeof key.command === 'string' ? key.command.trim().split(/\s/) : key.command;
  return program;
}

function readKey(config: KeyConfig, layer: ConfigLayer, path: PropertyKey[], env: Env): ReadKey {
  if (typeof config === 'object' && 'file' in config) return keyInFile(config.file, layer, path, env);
  if (isFromCommand(config)) return keyFromCommand(config.command, layer, path, env);
  const named = variablesIn(config);
  const text =
    typeof config === 'string'
      ? config
      : namesOf(named ?? { env: '' })
          .map((name) => `\${${name}}`)
          .join(':');
  const source = expand(text, layer, path, env);
  const holder = source.variables.at(-1)?.name ?? null;
  const [, user = null] = /^\$\{(\w+)\}:\$\{\w+\}$/.exec(text) ?? [];
  const from = holder === null ? source.at : variablesInWords({ env: holder, user: user ?? undefined });
  return { ...source, from, holder, user };
}

/** The configured headers, by name in lower case; the layer with the highest precedence wins. */
function headersOf(own: { layer: ConfigLayer; api: ApiConfig | undefined }[], id: string, env: Env): NamedHeader[] {
  const headers = new Map<string, NamedHeader>();
  for (const { layer, api } of own.toReversed()) {
    for (const [written, text] of Object.entries(api?.headers ?? {})) {
      const name = written.toLowerCase();
      headers.set(name, { name, ...expand(text, layer, ['apis', id, 'headers', written], env) });
    }
  }
  return [...headers.values()];
}

/** The user's limits; the layer with the highest precedence wins. */
const ownRetry = (layers: (RetryConfig | undefined)[]): RetryConfig =>
  Object.assign({}, ...layers.toReversed().map((layer) => withoutUndefined(layer ?? {})));

const withoutUndefined = (layer: RetryConfig): RetryConfig =>
  Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined));

/** Replaces `${NAME}` with the variable's value. */
function expand(text: string, layer: ConfigLayer, path: PropertyKey[], env: Env): Expanded {
  const { line: at, column } = placeOf(layer, path);
  const variables: Expanded['variables'] = [];
  const value = text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const found = env[name];
    if (found === undefined) {
      throw new ConfigError(`${column}: the variable ${name} is not set, but ${path.map(String).join('.')} uses it`);
    }
    variables.push({ name, value: found });
    return found;
  });
  return { value, at, layer, variables, whole: /^\$\{\w+\}$/.test(text) };
}
