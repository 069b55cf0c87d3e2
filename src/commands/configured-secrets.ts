import { apiConfigs, keyVariable } from '../config/apis.ts';
import { keyInFile } from '../config/key-source.ts';
import type { ConfigLayer } from '../config/layer.ts';
import type { KeyConfig } from '../config/schema.ts';
import { proxySecrets } from '../http/proxy.ts';
import { credentialsInHeaders } from '../http/sensitive.ts';
import type { Catalog } from '../model/catalog.ts';
import { ConfigError } from '../model/errors.ts';
import { keySecretsIn, keyVariablesOf } from '../model/key-variables.ts';

type Env = Record<string, string | undefined>;

/**
 * The secrets that catalogs, configs and the environment name: the keys of all APIs in all profiles,
 * credentials in configured headers, and proxy passwords. Unset variables and missing files are
 * skipped: reading an error needs no key. A key that a command prints is unknown until it is used.
 */
export function configuredSecrets(
  layers: ConfigLayer[],
  catalogs: Pick<Catalog, 'auth' | 'signed'>[],
  env: Env,
): string[] {
  return [
    ...catalogs.flatMap(({ auth, signed }) => [
      ...(auth === undefined ? [] : keyVariablesOf(auth).flatMap((variables) => keySecretsIn(variables, env))),
      ...(signed?.env ?? []).flatMap((name) => env[name] ?? []),
    ]),
    ...layers.flatMap((layer) => secretsIn(layer, env)),
    ...proxySecrets(env),
  ].filter((secret) => secret !== '');
}

function secretsIn(layer: ConfigLayer, env: Env): string[] {
  const ids = Object.keys(layer.value.apis ?? {});
  const named = apiConfigs(layer.value).flatMap(({ path, api: { key = '', auth, headers = {} } }) => {
    const sent = Object.entries(headers).map(([name, value]) => [name, expanded(value, env)]);
    const keys = keysIn(key, layer, [...path, 'key'], env);
    const passwords = auth === 'basic' ? keys.map((pair) => pair.slice(pair.indexOf(':') + 1)) : [];
    return [...keys, ...passwords, ...credentialsInHeaders(Object.fromEntries(sent))];
  });
  return [...named, ...ids.flatMap((id) => env[keyVariable(id)] ?? [])];
}

function keysIn(key: KeyConfig, layer: ConfigLayer, path: PropertyKey[], env: Env): string[] {
  if (typeof key === 'string') return [expanded(key, env), ...variablesIn(key, env)];
  if ('env' in key) return [env[key.env] ?? ''];
  if ('user' in key) return keySecretsIn({ user: key.user, env: key.password }, env);
  if (!('file' in key)) return [];
  try {
    return [keyInFile(key.file, layer, path, env).value];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

const VARIABLE = /\$\{(\w+)\}/g;

const expanded = (text: string, env: Env): string => text.replaceAll(VARIABLE, (_, name: string) => env[name] ?? '');

const variablesIn = (text: string, env: Env): string[] =>
  [...text.matchAll(VARIABLE)].flatMap(([, name = '']) => env[name] ?? []);
