import type { ConfigLayer } from '../../config/layer.ts';
import { DEMO_UUID, demoKey, parseScript, resourceAt } from '../../mock/answer.ts';
import { type Mock, startMock } from '../../mock/server.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Api, ApiSettings } from '../../model/settings.ts';

/** The API whose mock serves a path, if there is one. */
export function apiServing(method: string, path: string, apis: Api[]): Api | undefined {
  const { pathname } = URL.canParse(path, 'http://localhost') ? new URL(path, 'http://localhost') : { pathname: path };
  return apis.find(
    ({ catalog }) => catalog?.mock !== undefined && resourceAt(method, pathname, catalog.mock) !== undefined,
  );
}

/**
 * Starts the mock of an API on loopback.
 *
 * @param script lists its responses; true for none
 */
export function mockOf(catalog: Catalog, script: string | true = true): Promise<Mock> {
  return startMock(catalog, parseScript(script === true ? '' : script, catalog), 0);
}

/**
 * The config layers that apply to the mock of an API: waits only, since address, key and headers
 * are its own.
 */
export function withoutAccess(layers: ConfigLayer[]): ConfigLayer[] {
  return layers.map((layer) => ({
    ...layer,
    value: {
      ...layer.value,
      apis: Object.fromEntries(
        Object.entries(layer.value.apis ?? {}).map(([id, { retry, timeout }]) => [id, { retry, timeout }]),
      ),
    },
  }));
}

/**
 * The settings of an API served by the mock: its address, the demo key and the required headers.
 */
export function atMock(settings: ApiSettings, catalog: Catalog, { url }: Mock): ApiSettings {
  return {
    ...settings,
    baseUrl: url,
    hosts: [new URL(url).host],
    key: { value: demoKey(catalog.auth), from: 'the mock', variable: catalog.auth?.env ?? 'API_KEY' },
    headers: Object.fromEntries(catalog.requiredHeaders.map(({ name }) => [name.toLowerCase(), DEMO_UUID])),
  };
}
