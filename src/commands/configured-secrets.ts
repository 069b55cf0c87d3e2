import type { ConfigLayer } from '../config/layer.ts';
import { proxySecrets } from '../http/proxy.ts';
import { credentialsInHeaders } from '../http/sensitive.ts';
import type { Catalog } from '../model/catalog.ts';

type Env = Record<string, string | undefined>;

/**
 * The secrets that catalogs, configs and the environment name: the keys of all APIs, credentials in
 * configured headers, and proxy passwords. Unset variables are skipped: reading an error needs no
 * key.
 */
export function configuredSecrets(layers: Pick<ConfigLayer, 'value'>[], catalogs: Catalog[], env: Env): string[] {
  const apis = layers.flatMap(({ value }) => Object.values(value.apis ?? {}));
  return [
    ...catalogs.flatMap(({ auth }) => (auth === undefined ? [] : (env[auth.env] ?? []))),
    ...apis.flatMap(({ key = '' }) => [expanded(key, env), ...variablesIn(key, env)]),
    ...apis.flatMap(({ headers = {} }) =>
      credentialsInHeaders(
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, expanded(value, env)])),
      ),
    ),
    ...proxySecrets(env),
  ].filter((secret) => secret !== '');
}

const VARIABLE = /\$\{(\w+)\}/g;

const expanded = (text: string, env: Env): string => text.replaceAll(VARIABLE, (_, name: string) => env[name] ?? '');

const variablesIn = (text: string, env: Env): string[] =>
  [...text.matchAll(VARIABLE)].flatMap(([, name = '']) => env[name] ?? []);
