import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainError } from '../../src/clients/explain-error.ts';
import { isInstalled, isNode22, load } from './installed.ts';

const LIMITED = {
  error: { type: 'invalid_request_error', code: 'rate_limit_exceeded', message: 'Slow down, please.', param: null },
};
const ANSWERS: Record<string, { status: number; type: string; body: string }> = {
  '/slack/': { status: 200, type: 'application/json', body: '{"ok":false,"error":"invalid_auth"}' },
  '/sts': {
    status: 403,
    type: 'text/xml',
    body: '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The token has expired.</Message></Error></ErrorResponse>',
  },
};

let server: Server;
let base: string;
/** Nothing listens there any more. */
let dead: string;
beforeAll(async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  dead = `http://127.0.0.1:${(gone.address() as AddressInfo).port}/`;
  await new Promise((resolve) => gone.close(resolve));
  server = createServer((request, response) => {
    request.resume();
    // Never answered.
    if (request.url === '/hang') return;
    const found = Object.entries(ANSWERS).find(([path]) => request.url?.startsWith(path))?.[1];
    const { status, type, body } = found ?? { status: 429, type: 'application/json', body: JSON.stringify(LIMITED) };
    response.writeHead(status, { 'content-type': type, 'retry-after': '7', 'x-request-id': 'req_abc' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close().closeAllConnections());

/** What a client throws. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A call of each client in its current and its previous major version. */
type Calls = Record<string, (url: string) => unknown>;
const CALLS: Calls = {
  'axios 1': async (url) => (await load('axios')).default.post(url, { amount: 1 }),
  'axios 0': async (url) => (await load('axios-0')).default.post(url, { amount: 1 }),
  'axios 1 with a base': async (url) => (await load('axios')).default.post('', {}, { baseURL: url }),
  'axios 1 for bytes': async (url) => (await load('axios')).default.post(url, {}, { responseType: 'arraybuffer' }),
  'got 14': async (url) => (await load('got')).default.post(url, { json: { amount: 1 }, retry: { limit: 0 } }),
  'got 13': async (url) => (await load('got-13')).default.post(url, { responseType: 'json', retry: { limit: 0 } }),
  'ky 1': async (url) => (await load('ky')).default.post(url, { json: { amount: 1 }, retry: 0 }),
  'superagent 10': async (url) => await (await load('superagent')).default.post(url).send({ amount: 1 }),
  'superagent 9': async (url) => await (await load('superagent-9')).default.post(url).send({ amount: 1 }),
  Octokit: async (url) => (await load('@octokit/request')).request({ method: 'POST', url }),
  ...(isNode22 && {
    'got 16': async (url) => (await load('got-16')).default.post(url, { json: { amount: 1 }, retry: { limit: 0 } }),
    'got 15': async (url) => (await load('got-15')).default.post(url, { json: { amount: 1 }, retry: { limit: 0 } }),
    'ky 2': async (url) => (await load('ky-2')).default.post(url, { json: { amount: 1 }, retry: 0 }),
  }),
};

if (!isNode22) it.skip('got 15, got 16, ky 2 and undici 8 (need Node.js 22)');

describe.skipIf(!isInstalled)('what clients throw for an error response', () => {
  it.each(Object.entries(CALLS))('%s', async (_, call) => {
    const diagnosis = await explainError(await thrownBy(() => call(`${base}/things`)));
    expect(diagnosis).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      message: 'Slow down, please.',
      requestId: 'req_abc',
      category: 'rate-limit',
      retry: { afterMs: 7000 },
    });
  });

  it.each(['openai', 'openai-5', '@anthropic-ai/sdk'])('%s', async (name) => {
    const Client = (await load(name)).default;
    const thrown = await thrownBy(() => new Client({ apiKey: 'k', baseURL: base, maxRetries: 0 }).models.list());
    expect(await explainError(thrown)).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      message: 'Slow down, please.',
      requestId: 'req_abc',
      retry: { afterMs: 7000 },
    });
  });

  it.each(['stripe', 'stripe-22'])('%s', async (name) => {
    const Stripe = (await load(name)).default;
    const { hostname: host, port } = new URL(base);
    const stripe = new Stripe('sk_test_x', { host, port, protocol: 'http', maxNetworkRetries: 0 });
    const thrown = await thrownBy(() => stripe.balance.retrieve());
    expect(await explainError(thrown)).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      message: 'Slow down, please.',
      retry: { afterMs: 7000 },
    });
  });

  it('the AWS SDK', async () => {
    const { STSClient, GetCallerIdentityCommand } = await load('@aws-sdk/client-sts');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new STSClient({ region: 'eu-west-1', endpoint: `${base}/sts`, maxAttempts: 1, credentials });
    const thrown = await thrownBy(() => client.send(new GetCallerIdentityCommand({})));
    expect(await explainError(thrown)).toMatchObject({
      status: 403,
      code: 'ExpiredToken',
      message: 'The token has expired.',
      category: 'authentication',
    });
  });

  it('Slack’s SDK, for a success that says that it failed', async () => {
    const { WebClient } = await load('@slack/web-api');
    const client = new WebClient('xoxb', {
      slackApiUrl: `${base}/slack/`,
      retryConfig: { retries: 0 },
      logLevel: 'error',
    });
    const thrown = await thrownBy(() => client.auth.test());
    expect(await explainError(thrown)).toMatchObject({ code: 'invalid_auth', category: 'authentication' });
  });

  it.each(['undici', 'undici-6', ...(isNode22 ? ['undici-8'] : [])])('%s, asked to throw', async (name) => {
    const { request, Agent, interceptors } = await load(name);
    // Version 6 has an option instead, which the dispatcher of a newer Node.js, shared by all, refuses.
    const options = interceptors.responseError
      ? { dispatcher: new Agent().compose(interceptors.responseError()) }
      : { dispatcher: new Agent(), throwOnError: true };
    const thrown = await thrownBy(() => request(base, options));
    expect(await explainError(thrown)).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
  });
});

const FAILING: Calls = {
  ...CALLS,
  'node-fetch 3': async (url) => (await load('node-fetch')).default(url),
  'node-fetch 2': async (url) => (await load('node-fetch-2')).default(url),
  ...(isNode22 && { 'undici 8': async (url) => (await load('undici-8')).request(url) }),
  'undici 7': async (url) => (await load('undici')).request(url),
  'undici 6': async (url) => (await load('undici-6')).request(url),
  openai: async (url) => new (await load('openai')).default({ apiKey: 'k', baseURL: url, maxRetries: 0 }).models.list(),
  slack: async (url) => {
    const { WebClient } = await load('@slack/web-api');
    return new WebClient('xoxb', { slackApiUrl: url, retryConfig: { retries: 0 }, logLevel: 'error' }).auth.test();
  },
};

describe.skipIf(!isInstalled)('what clients throw if nobody listens', () => {
  it.each(Object.entries(FAILING))('%s', async (_, call) => {
    const diagnosis = await explainError(await thrownBy(() => call(dead)));
    expect(diagnosis?.category).toBe('connection');
  });
});

describe('what fetch gives', () => {
  it('is a response, which can still be read', async () => {
    const response = await fetch(`${base}/things`);
    const diagnosis = await explainError(response);
    expect(diagnosis).toMatchObject({ status: 429, code: 'rate_limit_exceeded', retry: { afterMs: 7000 } });
    expect(await response.json()).toEqual(LIMITED);
  });

  it('is explained by its status if the body was read', async () => {
    const response = await fetch(`${base}/things`);
    await response.text();
    expect(await explainError(response)).toMatchObject({ status: 429, category: 'rate-limit' });
  });

  it('is a TypeError with a cause if nobody listens', async () => {
    const diagnosis = await explainError(await thrownBy(() => fetch(dead)));
    expect(diagnosis?.category).toBe('connection');
  });

  it('is a time limit of the program', async () => {
    const diagnosis = await explainError(
      await thrownBy(() => fetch(`${base}/hang`, { signal: AbortSignal.timeout(1) })),
    );
    expect(diagnosis?.category).toBe('timeout');
  });
});

describe('what is no error of a request', () => {
  it.each([new TypeError("Cannot read properties of undefined (reading 'x')"), undefined, null, 7, {}, new Error('')])(
    'is not explained: %s',
    async (thrown) => {
      expect(await explainError(thrown)).toBeNull();
    },
  );
});

describe('an exception', () => {
  it('that wraps itself ends', async () => {
    const error: Error & { cause?: unknown } = new Error('fetch failed');
    error.cause = error;
    expect(await explainError(error)).not.toBeUndefined();
  });

  it('whose members throw is read as far as it can be', async () => {
    const error = Object.defineProperty(new Error('connect ECONNREFUSED 127.0.0.1:1'), 'response', {
      get: () => {
        throw new Error('no');
      },
    });
    expect((await explainError(error))?.category).toBe('connection');
  });

  it('with an error of its own making says code and message', async () => {
    const error = Object.assign(new Error('The number is not valid.'), {
      status: 400,
      code: 21211,
      moreInfo: 'https://www.twilio.com/docs/errors/21211',
    });
    expect(await explainError(error)).toMatchObject({
      status: 400,
      code: '21211',
      message: 'The number is not valid.',
    });
  });

  it('of gRPC has no status of HTTP', async () => {
    const error = Object.assign(new Error('5 NOT_FOUND: no such thing'), { code: 5, details: 'no such thing' });
    expect(await explainError(error)).toMatchObject({ code: 'NOT_FOUND', message: 'no such thing' });
  });
});
