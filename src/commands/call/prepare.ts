import type { ConfigLayer } from '../../config/layer.ts';
import { defaultApi, keysOfOthers, resolveApi } from '../../config/resolve.ts';
import { methodOf } from '../../http/method.ts';
import { prepare } from '../../http/request.ts';
import { credentialsIn, credentialsInHeaders } from '../../http/sensitive.ts';
import { jsonProblem } from '../../input/json-problem.ts';
import { readStdin, readTextFile } from '../../input/read-source.ts';
import { DEMO_KEY, DEMO_UUID, parseScript, resourceAt } from '../../mock/answer.ts';
import { type Mock, startMock } from '../../mock/server.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import type { ApiSettings } from '../../model/settings.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { version } from '../../version.ts';
import { apiByHost, findApi, idsOf } from '../find-api.ts';
import type { CallOptions } from './call.ts';

/** The command line of `call`. */
export interface CallArguments {
  method: string;
  target: string;
  api?: string | undefined;
  data?: string | undefined;
  query: [string, string][];
  headers: Headers;
  /** True for the documented number of retries. */
  retry?: number | true | undefined;
  maxWaitMs?: number | undefined;
  timeoutMs?: number | undefined;
  /** True or `auto` generates a random one. */
  idempotencyKey?: string | true | undefined;
  retryUnsafe?: boolean;
  /** Variables that project files may send to any host. */
  allowEnv?: string[] | undefined;
  /** True for a mock without a script. */
  mock?: string | true | undefined;
}

/** A prepared call, and its mock, which the caller has to close. */
export interface ReadyCall {
  options: CallOptions;
  mock: Mock | null;
}

/**
 * Settles everything about a call before anything is sent: the API, its settings, the request,
 * whether to retry.
 *
 * @throws UsageError or ConfigError for a call that cannot work
 */
export async function prepareCall(
  args: CallArguments,
  layers: ConfigLayer[],
  catalogs: Catalog[],
  effects: Effects,
  secrets: Secrets,
): Promise<ReadyCall> {
  const method = methodOf(args.method);
  const catalog = chooseCatalog(args, layers, catalogs, effects);
  const mocked = args.mock !== undefined && catalog !== null ? catalog : null;
  const configured = resolveApi(
    catalog,
    mocked === null ? layers : withoutAccess(layers),
    mocked === null ? effects.env : {},
  );
  const known = { ...configured, timeoutMs: args.timeoutMs ?? configured.timeoutMs };
  if (known.key !== null) secrets.add(known.key.value);
  for (const secret of credentialsInHeaders({ ...known.headers, ...args.headers })) secrets.add(secret);

  const data = await readData(args, effects);
  const script = args.mock === undefined || args.mock === true ? '' : args.mock;
  const mock = mocked === null ? null : await startMock(mocked, parseScript(script, mocked), 0);
  try {
    const settings = mock === null || mocked === null ? known : atMock(known, mocked, mock);
    const prepared = prepare(
      {
        method,
        target: mock === null ? args.target : pathOf(args.target),
        query: args.query,
        headers: args.headers,
        headersFrom: '--header',
        data,
        idempotencyKey: idempotencyKeyOf(args, effects),
        requestId: effects.uuid(),
        version,
      },
      settings,
    );
    for (const secret of credentialsIn(prepared.request)) secrets.add(secret);
    const otherKeys = mocked === null ? keysOfOthers(catalog?.id ?? null, layers, catalogs, effects.env) : [];
    return { options: { prepared, settings, retry: retryOf(args, settings), otherKeys, secrets }, mock };
  } catch (error) {
    await mock?.close();
    throw error;
  }
}

function chooseCatalog(
  args: CallArguments,
  layers: ConfigLayer[],
  catalogs: Catalog[],
  { env }: Effects,
): Catalog | null {
  if (args.api !== undefined) return findApi(args.api, catalogs, '--api');
  const { target } = args;
  if (/^https?:/i.test(target)) {
    const byHost = apiByHost(target, catalogs, layers);
    if (byHost !== null || args.mock === undefined) return byHost;
  }
  if (args.mock !== undefined) {
    const path = pathOf(target);
    const { pathname } = URL.canParse(path, 'http://localhost')
      ? new URL(path, 'http://localhost')
      : { pathname: path };
    const served = catalogs.find(
      ({ mock }) => mock !== undefined && resourceAt(args.method, pathname, mock) !== undefined,
    );
    if (served !== undefined) return served;
  }
  const id = defaultApi(layers, catalogs, env);
  if (id !== null) return findApi(id, catalogs, 'the default API');
  // A path rewritten by Git Bash has its own explanation.
  if (/^[A-Za-z]:[\\/]/.test(target)) return null;
  throw new UsageError(`which API does ${target} belong to? Pass --api (${idsOf(catalogs)}), or give the whole URL`);
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
    key: { value: DEMO_KEY, from: 'the mock', variable: catalog.auth?.env ?? 'API_KEY' },
    headers: Object.fromEntries(catalog.requiredHeaders.map(({ name }) => [name.toLowerCase(), DEMO_UUID])),
  };
}

function pathOf(target: string): string {
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

async function readData({ data, headers }: CallArguments, { stdin, cwd, signal }: Effects): Promise<string | null> {
  if (data === undefined) return null;
  const text =
    data === '-'
      ? await readStdin(stdin, signal)
      : data.startsWith('@')
        ? await readTextFile(data.slice(1), cwd, 'utf-8', signal)
        : data;
  const type =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/json';
  const problem = /json/i.test(type) ? jsonProblem(text) : null;
  if (problem !== null) {
    throw new UsageError(
      `--data is not valid JSON${problem}. For another format, say so: -H 'Content-Type: text/plain'`,
    );
  }
  return text;
}

function idempotencyKeyOf({ idempotencyKey }: CallArguments, { uuid }: Effects): string | null {
  if (idempotencyKey === undefined) return null;
  return idempotencyKey === true || idempotencyKey === 'auto' ? uuid() : idempotencyKey;
}

function retryOf({ retry, maxWaitMs, retryUnsafe }: CallArguments, settings: ApiSettings): CallOptions['retry'] {
  if (retry === undefined && !settings.retryByDefault) return null;
  return {
    ...settings.retry,
    ...(typeof retry === 'number' ? { retries: retry } : {}),
    ...(maxWaitMs === undefined ? {} : { maxWait: maxWaitMs }),
    unsafe: retryUnsafe === true,
  };
}
