import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { readLayer } from '../../src/config/parse-config.ts';
import { defaultApi, resolveApi } from '../../src/config/resolve.ts';
import { apiOf } from '../helpers/apis.ts';

const layer = (text: string, file = '.errproberc.yaml') => readLayer(text, `/work/${file}`, '/work');
const apis = builtIn.apis.map(apiOf);
const victims = apis.find(({ id }) => id === 'victims') ?? null;
const raptor = apis.find(({ id }) => id === 'raptor-comply') ?? null;

describe('settings', () => {
  it('come from the environment before the project before the user before the catalog', () => {
    const project = layer('apis: { victims: { key: project-key, timeout: 2s, retry: { cap: 5s } } }');
    const user = layer(
      'apis: { victims: { key: user-key, timeout: 9s, baseUrl: https://v.example/api, retry: { cap: 9s, base: 3s } } }',
    );
    const settings = resolveApi(victims, [project, user], {});
    expect(settings).toMatchObject({
      timeoutMs: 2000,
      baseUrl: 'https://v.example/api',
      key: { value: 'project-key' },
    });
    expect(settings.retry).toMatchObject({ cap: 5000, base: 3000, factor: 2, retries: 3, documented: [] });
    expect(resolveApi(victims, [project, user], { VICTIMS_API_KEY: 'env-key' }).key).toMatchObject({
      value: 'env-key',
      from: 'VICTIMS_API_KEY',
    });
  });

  it('of an API come before those for every API', () => {
    const own = layer(
      'retry: { maxWait: 10s, retries: 9 }\ntimeout: 1s\napis: { victims: { retry: { maxWait: 20s } } }',
    );
    expect(resolveApi(victims, [own], {})).toMatchObject({ timeoutMs: 1000, retry: { maxWait: 20_000, retries: 9 } });
  });

  it('switch retrying on when they name a number of retries', () => {
    expect(resolveApi(victims, [], {}).retryByDefault).toBe(false);
    expect(resolveApi(victims, [layer('retry: { maxWait: 1m }')], {}).retryByDefault).toBe(false);
    expect(resolveApi(victims, [layer('retry: { retries: 2 }')], {}).retryByDefault).toBe(true);
  });

  it('expand variables, and only those that are needed', () => {
    const text =
      'apis:\n  victims: { key: "${MINE}", headers: { X-Tenant-ID: "t-${TENANT}" } }\n  cryptocomply: { key: "${ABSENT}" }';
    const settings = resolveApi(victims, [layer(text)], { MINE: 'k-1', TENANT: '7' });
    expect(settings.key).toEqual({ value: 'k-1', from: 'MINE (.errproberc.yaml:2)', variable: 'MINE' });
    expect(settings.headers).toEqual({ 'x-tenant-id': 't-7' });
  });

  it('let the key go to the host of the configured base URL and to the hosts of the catalog', () => {
    const own = layer('apis: { raptor-comply: { baseUrl: "https://proxy.example:8443/raptor" } }');
    expect(resolveApi(raptor, [own], {}).hosts).toEqual(['api.raptormaps.com', 'proxy.example:8443']);
  });

  it('can say how the key is sent', () => {
    const own = layer('apis: { victims: { auth: { header: X-Key, value: "{key}" } } }');
    expect(resolveApi(victims, [own], {}).auth).toMatchObject({ header: 'X-Key', value: '{key}', documented: true });
  });
});

describe('the default API', () => {
  it.each<[string | null, string, Record<string, string>]>([
    ['victims', 'api: victims', {}],
    ['cryptocomply', 'api: victims', { ERRPROBE_API: 'cryptocomply' }],
    ['raptor-comply', '{}', { RAPTOR_COMPLY_API_KEY: 'k' }],
    [null, '{}', { RAPTOR_COMPLY_API_KEY: 'k', VICTIMS_API_KEY: 'k' }],
    [null, '{}', {}],
  ])('is %s for %j and %j', (id, text, env) => {
    expect(defaultApi([layer(text)], apis, env)).toBe(id);
  });
});
