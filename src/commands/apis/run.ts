import { builtIn } from '../../catalogs/index.ts';
import { placeOf } from '../../config/key-source.ts';
import { profilesOf } from '../../config/profile.ts';
import { defaultApi, keySourceOf, resolveApi } from '../../config/resolve.ts';
import { fingerprint } from '../../http/fingerprint.ts';
import { ConfigError } from '../../model/errors.ts';
import { heldIn, keyVariablesOf, namesOf } from '../../model/key-variables.ts';
import type { Api } from '../../model/settings.ts';
import { type ListedApi, renderApis } from '../../render/apis.ts';
import { renderJson } from '../../render/json.ts';
import { type KnownApiList, type KnownApiRow, renderKnownApis } from '../../render/known-apis.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type LoadedConfig, loadConfig } from '../loaded-config.ts';

/** Runs `apis`; returns the exit code. No command that prints a key is run. */
export async function runApis(
  args: { profile?: string | undefined; format: 'pretty' | 'json' },
  terminal: Terminal,
): Promise<number> {
  const { effects, secrets, out } = terminal;
  const config = await loadConfig(effects, secrets, { profile: args.profile });
  const main = defaultApi(config.layers, config.apis, effects.env);
  const apis = config.apis.map((api) => ({ ...listed(api, config, effects.env), isDefault: api.id === main }));
  const sorted = [...apis.filter(({ at }) => at !== null), ...apis.filter(({ at }) => at === null)];
  const profile = config.profile?.name ?? null;
  const list = secrets.redactAll({ schema: 'errprobe/apis@1' as const, profile, apis: sorted });
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
  await out.write(args.format === 'json' ? renderJson(list) : renderApis(list, look));
  return 0;
}

/** Runs `apis --known`; returns the exit code. */
export async function runKnownApis({ format }: { format: 'pretty' | 'json' }, terminal: Terminal): Promise<number> {
  const { effects, out } = terminal;
  const apis = builtIn.known.apis.map(
    ({ id, name, hosts, baseUrl, auth, signed, entries }): KnownApiRow => ({
      id,
      name,
      hosts,
      baseUrl: baseUrl ?? null,
      variable: auth?.env ?? null,
      variables: auth === undefined ? [] : keyVariablesOf(auth).map(namesOf),
      holds: auth?.holds ?? null,
      isSet: auth !== undefined && heldIn(auth, effects.env) !== null,
      signed: signed?.by ?? null,
      entries,
    }),
  );
  const list: KnownApiList = { schema: 'errprobe/known-apis@1', apis };
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
  await out.write(format === 'json' ? renderJson(list) : renderKnownApis(list, look));
  return 0;
}

function listed(api: Api, { layers }: LoadedConfig, env: Terminal['effects']['env']): Omit<ListedApi, 'isDefault'> {
  const { id, name, catalog } = api;
  const layer = layers.find(({ value, profile }) => profile === null && value.apis?.[id] !== undefined);
  const shared = {
    id,
    name,
    at: layer === undefined ? null : placeOf(layer, ['apis', id]).line,
    catalog: catalog?.id ?? null,
    profiles: profilesOf(id, layers),
  };
  try {
    const { baseUrl, auth, key } = resolveApi(api, layers, env, 'skip');
    return {
      ...shared,
      baseUrl,
      auth:
        auth === null
          ? null
          : {
              header: auth.header || null,
              query: auth.query ?? null,
              variable: auth.env,
              variables: keyVariablesOf(auth).map(namesOf),
            },
      key: key === null ? null : { from: key.from, fingerprint: fingerprint(key) },
      command: key === null ? keySourceOf(id, layers) : null,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ...shared, baseUrl: null, auth: null, key: null, command: null, problem: error.message };
  }
}
