import type { ConfigLayer } from '../../config/layer.ts';
import { defaultApi, keysOfOthers, resolveApi } from '../../config/resolve.ts';
import type { Payload } from '../../http/payload.ts';
import { prepare } from '../../http/request.ts';
import { credentialsIn, credentialsInHeaders } from '../../http/sensitive.ts';
import type { Target } from '../../http/target.ts';
import type { DigestCredentials } from '../../http/transport.ts';
import type { Mock } from '../../mock/server.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import type { Api, ApiSettings } from '../../model/settings.ts';
import type { SpokenCall } from '../../render/error/fixed-command.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { Sink } from '../../terminal/sink.ts';
import { version } from '../../version.ts';
import { type Apis, apiByHost, catalogOf, findApi, idsOf } from '../find-api.ts';
import type { CallOptions } from './call.ts';
import { type RequestOptions, readRequest, settleRequest } from './settle.ts';
import { type OwnTransport, secretsOf, type TransportOptions, transportOf } from './transport.ts';

/** The command line of `call`. */
export interface CallArguments extends RequestOptions, TransportOptions {
  /** The profile of the config. */
  profile?: string | undefined;
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

/** The configs that apply, and the APIs that can be named. */
type Config = Apis & { layers: ConfigLayer[] };

/** A prepared call, and its mock, which the caller has to close. */
export interface ReadyCall {
  options: CallOptions & { transport: OwnTransport };
  /** The words of the request, to repeat it. */
  spoken: SpokenCall;
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
  config: Config,
  effects: Effects,
  secrets: Secrets,
  err: Sink,
): Promise<ReadyCall> {
  const { layers, apis } = config;
  const read = readRequest(args);
  // Few calls need the mock, and none should wait for it to be loaded.
  const mocks = args.mock === undefined ? null : await import('./mocked.ts');
  const served = mocks?.apiServing(read.method, pathOf(read.target), apis);
  const api = chooseApi(args, read, served, config, effects);
  const mocked = mocks === null || api === null ? null : { ...mocks, catalog: catalogOf(api, '--mock') };
  const configured = resolveApi(
    api,
    mocked === null ? layers : mocked.withoutAccess(layers),
    mocked === null ? effects.env : {},
  );
  const known = { ...configured, timeoutMs: args.timeoutMs ?? configured.timeoutMs };
  if (known.key !== null) secrets.add(known.key.value);
  for (const secret of credentialsInHeaders({ ...known.headers, ...args.headers })) secrets.add(secret);

  const transport = await transportOf(args, effects);
  const settled = await settleRequest(args, read, mocked === null ? known.baseUrl : null, effects, err);
  transport.digest = settled.digest && hiding(settled.digest, secrets);
  const secretParts = [...(await secretsOf(transport)), ...(settled.payload?.secrets ?? [])];
  const inHeaders = credentialsInHeaders({ ...settled.sharedHeaders, ...settled.headers });
  for (const secret of [...inHeaders, ...secretParts]) secrets.add(secret);
  const mock = mocked === null ? null : await mocked.mockOf(mocked.catalog, args.mock);
  try {
    const settings = mock === null || mocked === null ? known : mocked.atMock(known, mocked.catalog, mock);
    const { target, payload, digest: _, sharedHeaders, ...wanted } = settled;
    const address = target.kind === 'url' ? target.url : target.path;
    const prepared = prepare(
      {
        ...wanted,
        sharedHeaders,
        target: mock === null ? address : pathOf(target),
        headersFrom: '--header',
        data: payload,
        idempotencyKey: idempotencyKeyOf(args, effects),
        requestId: effects.uuid(),
        version,
      },
      settings,
    );
    for (const secret of credentialsIn(prepared.request)) secrets.add(secret);
    const otherKeys = mocked === null ? keysOfOthers(api?.id ?? null, layers, apis, effects.env) : [];
    const options = { prepared, settings, retry: retryOf(args, settings), otherKeys, secrets, transport };
    const spoken = { ...wanted, target: address, api: args.api, mock: args.mock, body: spokenBody(args, payload) };
    return { options, spoken, mock };
  } catch (error) {
    await mock?.close();
    throw error;
  }
}

/** The options that give the body: those that were written, if there is one only. */
function spokenBody({ data = [] }: CallArguments, payload: Payload | null): string[][] {
  const [only] = data;
  if (data.length === 1 && only !== undefined) return [[only.kind === 'data' ? '-d' : `--${only.kind}`, only.text]];
  return payload === null ? [] : (payload.spelling ?? [['-d', payload.text]]);
}

function chooseApi(
  args: CallArguments,
  { target }: Pick<ReturnType<typeof readRequest>, 'target'>,
  served: Api | undefined,
  config: Config,
  { env }: Effects,
): Api | null {
  const { layers, apis } = config;
  if (args.api !== undefined) return findApi(args.api, config, '--api');
  if (target.kind === 'url') {
    const byHost = apiByHost(target.url, config, layers);
    if (byHost !== null || args.mock === undefined) return byHost;
  }
  if (served !== undefined) return served;
  const id = defaultApi(layers, apis, env);
  if (id !== null) return findApi(id, config, 'the default API');
  // A path rewritten by Git Bash has its own explanation.
  if (target.kind === 'url' || /^[A-Za-z]:[\\/]/.test(target.path)) return null;
  throw new UsageError(`which API does ${target.path} belong to? Pass --api (${idsOf(apis)}), or give the whole URL`);
}

function pathOf(target: Target): string {
  if (target.kind === 'path') return target.path;
  if (!URL.canParse(target.url)) return target.url;
  const { pathname, search } = new URL(target.url);
  return pathname + search;
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

/** The credentials, with each answer registered before the body that may repeat its hash arrives. */
function hiding(digest: DigestCredentials, secrets: Secrets): DigestCredentials {
  const onAnswer = (authorization: string) => {
    for (const secret of credentialsInHeaders({ authorization })) secrets.add(secret);
  };
  return { ...digest, onAnswer };
}
