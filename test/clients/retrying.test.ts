import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { retryingAxios } from '../../src/clients/axios.ts';
import { retryingFetch } from '../../src/clients/fetch.ts';
import { retryingGot } from '../../src/clients/got.ts';
import type { RetryOptions } from '../../src/clients/retrying.ts';
import { retryingUndici } from '../../src/clients/undici.ts';
import { isInstalled, isNode22, load } from './installed.ts';

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

const OK: Answer = { status: 200, body: '{"ok":true}' };
const BUSY: Answer = { status: 503, body: '{"error":{"code":"overloaded","message":"Busy."}}' };
const LIMITED: Answer = { status: 429, headers: { 'retry-after': '7' }, body: '{"message":"Too many requests"}' };
const SPENT: Answer = {
  status: 429,
  body: '{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}',
};
const REFUSED: Answer = { status: 401, body: '{"message":"Bad credentials"}' };

/** What the server answers in turn; the last one again and again. */
let answers: Answer[];
let seen: { method: string; body: string }[];
let server: Server;
let url: string;

const bodyOf = async (request: IncomingMessage) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { status, headers = {}, body } = answers[Math.min(seen.length, answers.length - 1)] ?? OK;
    seen.push({ method: request.method ?? '', body: await bodyOf(request) });
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/things`;
});
afterAll(() => server.close());

let waits: number[];
/** No wait is real: what would be waited is written down. */
let options: RetryOptions;
beforeEach(() => {
  seen = [];
  waits = [];
  options = {
    effects: { random: () => 0, sleep: async () => undefined },
    onRetry: ({ waitMs }) => void waits.push(waitMs),
  };
});

type Sent = { method?: string; body?: string; headers?: Record<string, string> };
/** Sends a request and gives the final status and body. */
type Client = (sent: Sent, own?: RetryOptions) => Promise<{ status: number; body: string }>;

const ofFetch: Client = async (sent, own) => {
  const response = await retryingFetch({ ...options, ...own })(url, sent);
  return { status: response.status, body: await response.text() };
};

const ofAxios =
  (name: string): Client =>
  async ({ method, body, headers }, own) => {
    const axios = (await load(name)).default.create({
      responseType: 'text',
      transitional: { forcedJSONParsing: false },
    });
    retryingAxios(axios, { ...options, ...own });
    try {
      const response = await axios.request({ url, method, data: body, headers });
      return { status: response.status, body: response.data };
    } catch (error) {
      const { response } = error as { response: { status: number; data: string } };
      return { status: response.status, body: response.data };
    }
  };

const ofGot =
  (name: string): Client =>
  async ({ method, body, headers }, own) => {
    const got = (await load(name)).default;
    const { retry, hooks } = retryingGot({ ...options, ...own });
    // got waits by itself, in real time: the waits are shortened behind its back.
    const calculateDelay = async (failed: never) => Math.min(1, await retry.calculateDelay(failed));
    const request = got(url, { method, body, headers, hooks, retry: { ...retry, calculateDelay } });
    try {
      const response = await request;
      return { status: response.statusCode, body: response.body };
    } catch (error) {
      const { response } = error as { response: { statusCode: number; body: string } };
      return { status: response.statusCode, body: response.body };
    }
  };

const ofUndici =
  (name: string): Client =>
  async ({ method = 'GET', body, headers }, own) => {
    const { request, Agent } = await load(name);
    const dispatcher = new Agent().compose(retryingUndici({ ...options, ...own }));
    const response = await request(url, { method, body, headers, dispatcher });
    return { status: response.statusCode, body: await response.body.text() };
  };

const CLIENTS: Record<string, Client> = {
  fetch: ofFetch,
  ...(isInstalled && {
    'axios 1': ofAxios('axios'),
    'axios 0': ofAxios('axios-0'),
    'got 14': ofGot('got'),
    'got 13': ofGot('got-13'),
    'undici 7': ofUndici('undici'),
    'undici 6': ofUndici('undici-6'),
  }),
  ...(isInstalled &&
    isNode22 && { 'got 16': ofGot('got-16'), 'got 15': ofGot('got-15'), 'undici 8': ofUndici('undici-8') }),
};

if (!isNode22) it.skip('got 15, got 16 and undici 8, retrying (need Node.js 22)');

describe.each(Object.entries(CLIENTS))('%s, retrying', (_, send) => {
  it('gives the success that follows, after waits that grow', async () => {
    answers = [BUSY, BUSY, OK];
    expect(await send({})).toEqual({ status: 200, body: OK.body });
    expect(waits).toEqual([1000, 2000]);
    expect(seen).toHaveLength(3);
  });

  it('gives the last error once all retries are used up', async () => {
    answers = [BUSY];
    expect(await send({}, { retries: 2 })).toEqual({ status: 503, body: BUSY.body });
    expect(seen).toHaveLength(3);
  });

  it('waits as long as the server asks', async () => {
    answers = [LIMITED, OK];
    expect((await send({})).status).toBe(200);
    expect(waits).toEqual([7000]);
  });

  it('does not try again where that cannot help, whatever the status', async () => {
    answers = [SPENT, OK];
    expect(await send({})).toEqual({ status: 429, body: SPENT.body });
    answers = [REFUSED, OK];
    seen = [];
    expect((await send({})).status).toBe(401);
    expect(seen).toHaveLength(1);
  });

  it('does not repeat what may do something twice', async () => {
    answers = [BUSY, OK];
    expect((await send({ method: 'POST', body: 'once' })).status).toBe(503);
    expect(seen).toEqual([{ method: 'POST', body: 'once' }]);
  });

  it('repeats a POST with its body where the server says that nothing was done, or there is an idempotency key', async () => {
    answers = [LIMITED, OK];
    expect((await send({ method: 'POST', body: 'twice' })).status).toBe(200);
    expect(seen.map(({ body }) => body)).toEqual(['twice', 'twice']);
    answers = [BUSY, OK];
    seen = [];
    expect((await send({ method: 'POST', body: 'x', headers: { 'Idempotency-Key': 'k1' } })).status).toBe(200);
    expect((await send({ method: 'POST', body: 'x' }, { unsafe: true })).status).toBe(200);
  });

  it('does not wait longer than allowed', async () => {
    answers = [LIMITED, OK];
    expect((await send({}, { maxWait: 5000 })).status).toBe(429);
    expect(waits).toEqual([]);
  });

  it('leaves a success alone', async () => {
    answers = [OK];
    expect(await send({})).toEqual({ status: 200, body: OK.body });
    expect(seen).toHaveLength(1);
  });
});

/** Aborts while the next attempt is waited for. */
const abortingSleep = (controller: AbortController) => async (_: number, signal?: AbortSignal | null) => {
  controller.abort(new Error('enough'));
  signal?.throwIfAborted();
};

describe.runIf(isInstalled)('a body that can be read once', () => {
  it.each(['axios', 'axios-0', 'got', 'got-13', 'undici', 'undici-6'])('is sent once by %s', async (name) => {
    answers = [LIMITED, OK];
    const body = Readable.from(['streamed']);
    const sent = name.startsWith('axios') ? ofAxios(name) : name.startsWith('got') ? ofGot(name) : ofUndici(name);
    const outcome = await sent({ method: 'PUT', body: body as unknown as string }).catch((error: Error) => error);
    if (!(outcome instanceof Error)) expect(outcome.status).toBe(429);
    expect(seen).toEqual([{ method: 'PUT', body: 'streamed' }]);
  });
});

describe.runIf(isInstalled)('a request that is aborted while it waits', () => {
  it.each(['undici', 'undici-6'])('ends in %s', async (name) => {
    answers = [BUSY, OK];
    const controller = new AbortController();
    const { request, Agent } = await load(name);
    const own = { effects: { sleep: abortingSleep(controller) } };
    const dispatcher = new Agent().compose(retryingUndici(own));
    await expect(request(url, { dispatcher, signal: controller.signal })).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it.each(['axios', 'axios-0'])('ends in %s', async (name) => {
    answers = [BUSY, OK];
    const controller = new AbortController();
    const axios = (await load(name)).default.create();
    retryingAxios(axios, { effects: { sleep: abortingSleep(controller) } });
    await expect(axios.get(url, { signal: controller.signal })).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it.each(['undici', 'undici-6'])('ends in %s with an error of what the program does before a wait', async (name) => {
    answers = [BUSY, OK];
    const { request, Agent } = await load(name);
    const onRetry = () => {
      throw new Error('no');
    };
    const dispatcher = new Agent().compose(retryingUndici({ ...options, onRetry }));
    await expect(request(url, { dispatcher })).rejects.toThrow('no');
  });
});

describe('limits that are no numbers', () => {
  it.each([{ retries: Number.NaN }, { base: Number.NaN }, { maxWait: Number.NaN }, { budget: Number.NaN }])(
    'allow nothing: %j',
    async (own) => {
      answers = [BUSY];
      expect((await ofFetch({}, own)).status).toBe(503);
      expect(seen).toHaveLength(1);
    },
  );

  it.each(['9000000000000', '1e99', 'NaN', '-5', 'Fri, 31 Dec 9999 23:59:59 GMT', '315360000'])(
    'are those of the program, whatever Retry-After says: %s',
    async (after) => {
      answers = [{ ...LIMITED, headers: { 'retry-after': after } }];
      await ofFetch({}, { retries: 2 });
      expect(waits.every((ms) => ms >= 1000 && ms <= 60_000)).toBe(true);
    },
  );
});

describe('retryingFetch', () => {
  it('ends a wait when the signal aborts', async () => {
    answers = [BUSY];
    const controller = new AbortController();
    const sleep = (_: number, signal?: AbortSignal | null) =>
      new Promise<void>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        controller.abort(new Error('enough'));
      });
    const fetch = retryingFetch({ effects: { sleep } });
    await expect(fetch(url, { signal: controller.signal })).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it('throws the last exception if nobody answers', async () => {
    const dead = new URL(url);
    dead.port = '1';
    await expect(retryingFetch({ ...options, retries: 1 })(dead)).rejects.toThrow('fetch failed');
  });

  it('sends a stream once', async () => {
    answers = [LIMITED, OK];
    const body = new Blob(['streamed']).stream();
    const sent = { method: 'PUT', body, duplex: 'half' } as RequestInit;
    expect((await retryingFetch(options)(url, sent)).status).toBe(429);
    expect(seen).toEqual([{ method: 'PUT', body: 'streamed' }]);
  });
});
