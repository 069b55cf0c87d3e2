import { resolve } from 'node:path';
import { usesOfCheck } from '../../checks/env-use.ts';
import { defaultApi, resolveApi } from '../../config/resolve.ts';
import { parseScript } from '../../mock/answer.ts';
import { type Mock, startMock } from '../../mock/server.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Check } from '../../model/check.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import type { Api, ApiSettings, EnvUse } from '../../model/settings.ts';
import { atMock, withoutAccess } from '../call/mocked.ts';
import { apiByHost, findApi } from '../find-api.ts';
import type { CheckRun } from './check-run.ts';

/** The targets of the checks in a run, with their settings: APIs, or their mocks. */
export class Targets {
  readonly #run: CheckRun;
  readonly #mocks = new Map<string, Promise<Mock>>();
  readonly #settings = new Map<string, ApiSettings>();

  constructor(run: CheckRun) {
    this.#run = run;
  }

  /** A check that cannot be run sends nothing: it fails for another reason. */
  usesOf(check: Check): EnvUse[] {
    if (check.skip !== null) return [];
    try {
      const api = this.#apiOf(check);
      if (this.#run.options.mock !== null && api?.catalog != null) return [];
      const settings = this.#configured(api, false);
      const { env, cwd } = this.#run.effects;
      const own = usesOfCheck(check, settings, this.#run.options.variables, env, resolve(cwd, check.file));
      return [...(settings.uses ?? []), ...own];
    } catch (error) {
      if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
      return [];
    }
  }

  /** The settings for a check, and its own mock, which has to be closed afterwards. */
  async settingsOf(check: Check): Promise<{ settings: ApiSettings; mock: Mock | null }> {
    const { mock: script } = this.#run.options;
    const api = this.#apiOf(check);
    const catalog = api?.catalog ?? null;
    const configured = this.#configured(api, script !== null && catalog !== null);
    let own: Mock | null = null;
    let settings = configured;
    if (script !== null && catalog !== null) {
      if (check.mock !== '') own = await startMock(catalog, parseScript(check.mock, catalog), 0);
      settings = atMock(configured, catalog, own ?? (await this.#mockOf(catalog, script)));
    }
    const { key } = check.request;
    if (key === false) settings = { ...settings, auth: null };
    else if (key !== null && settings.auth !== null) {
      settings = { ...settings, key: { value: key, from: 'the check', variable: settings.auth.env } };
    }
    const timeoutMs = check.timeoutMs ?? this.#run.options.timeoutMs ?? settings.timeoutMs;
    return { settings: { ...settings, timeoutMs }, mock: own };
  }

  #configured(api: Api | null, mocked: boolean): ApiSettings {
    const id = api?.id ?? '';
    const known = this.#settings.get(id);
    if (known !== undefined) return known;
    const { layers } = this.#run.config;
    const settings = resolveApi(api, mocked ? withoutAccess(layers) : layers, mocked ? {} : this.#run.effects.env);
    if (settings.key !== null) this.#run.secrets.add(settings.key.value);
    this.#settings.set(id, settings);
    return settings;
  }

  #apiOf({ api, request: { target } }: Check): Api | null {
    const { config } = this.#run;
    const { layers, apis } = config;
    if (api !== null) return findApi(api, config, 'api');
    if (/^https?:/i.test(target)) return apiByHost(target, config, layers);
    const id = this.#run.options.api ?? defaultApi(layers, apis, this.#run.effects.env);
    if (id !== null) return findApi(id, config, 'the default API');
    throw new UsageError(`which API does ${target} belong to? Add api: to the file, or pass --api`);
  }

  #mockOf(catalog: Catalog, script: string): Promise<Mock> {
    const running = this.#mocks.get(catalog.id) ?? startMock(catalog, parseScript(script, catalog), 0);
    this.#mocks.set(catalog.id, running);
    return running;
  }

  async close(): Promise<void> {
    for (const mock of this.#mocks.values()) await (await mock).close();
  }
}
