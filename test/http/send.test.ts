import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { send } from '../../src/http/send.ts';
import type { Sent } from '../../src/http/sent.ts';
import type { Request } from '../../src/model/exchange.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';

const SECRET = 'k-2718281828459045';

const request = (url: string, changes: Partial<Request> = {}): Request => ({
  method: 'GET',
  url,
  headers: {
    'x-api-key': SECRET,
    authorization: `Bearer ${SECRET}`,
    accept: 'application/json',
    'x-tenant-id': 'tenant',
  },
  body: null,
  ...changes,
});

const options = (changes: Partial<Parameters<typeof send>[1]> = {}) => ({
  timeoutMs: 10_000,
  maxBytes: 1000,
  signal: new AbortController().signal,
  env: {},
  ...changes,
});

const FOLLOWER = { head: () => {}, write: async () => true, wantsRest: async () => true };

/** Sends a body slowly, byte by byte; without a number of bytes, for ever. */
function drip(response: ServerResponse, everyMs: number, bytes = Number.POSITIVE_INFINITY): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write('.');
    if (++sent === bytes) response.end();
    if (sent === bytes || response.destroyed) clearInterval(timer);
  }, everyMs);
}

describe('sending', () => {
  it('returns status, headers and body as values', async () => {
    const { url } = await serve((_, response) => response.writeHead(418, { 'X-A': '1' }).end('short'));
    const { exchange } = await send(request(url), options());
    expect(exchange.response).toMatchObject({ status: 418, body: 'short', bytes: 5, truncated: false });
    expect(exchange.response?.headers['x-a']).toBe('1');
  });

  it('sends a body', async () => {
    const { url } = await serve(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      response.end(`${incoming.method} ${Buffer.concat(chunks)}`);
    });
    const { exchange } = await send(request(url, { method: 'POST', body: '{"a":1}' }), options());
    expect(exchange.response?.body).toBe('POST {"a":1}');
  });

  it('sends a POST without a body', async () => {
    const { url } = await serve((incoming, response) => response.end(incoming.method));
    const { exchange } = await send(request(url, { method: 'POST' }), options());
    expect(exchange.response?.body).toBe('POST');
  });

  it.each<[string, Record<string, string>, number]>([
    ['of which the length is said', { 'content-length': '100000' }, 100_000],
    ['of which it is not', {}, 1000],
  ])('stops reading a body at the limit %s', async (_, headers, bytes) => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, headers).write('x'.repeat(60_000));
      response.end('x'.repeat(40_000));
    });
    const { exchange } = await send(request(url), options());
    expect(exchange.response).toMatchObject({ body: 'x'.repeat(1000), bytes, truncated: true });
  });

  it('has the full size of a body that somebody follows', async () => {
    const { url } = await serve((_, response) => response.end('x'.repeat(100_000)));
    const seen = { early: 0, size: 0 };
    const follower = {
      head: () => {},
      write: async (piece: Uint8Array) => {
        seen.size += piece.length;
        return true;
      },
      wantsRest: async ({ exchange }: Sent) => {
        seen.early = exchange.response?.body.length ?? 0;
        return true;
      },
    };
    const { exchange } = await send(request(url), options({ follower }));
    expect(seen).toEqual({ early: 1000, size: 100_000 });
    expect(exchange.response).toMatchObject({ body: 'x'.repeat(1000), bytes: 100_000, truncated: true });
  });

  it('does not count the time that a reader takes', async () => {
    const { url } = await serve((_, response) => response.end('slowly read'));
    const write = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 300));
    const follower = { head: () => {}, write, wantsRest: async () => true };
    const { exchange } = await send(request(url), options({ follower, timeoutMs: 200 }));
    expect(exchange.response?.body).toBe('slowly read');
  });

  it('stops decompressing at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const { exchange } = await send(request(url), options());
    expect(exchange.response).toMatchObject({ bytes: 1000, truncated: true });
  });

  it('reports what it waits for, and what comes', async () => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-length': 5 }).end('short'));
    const seen: [unknown, unknown][] = [];
    const watcher = {
      reached: (stage: string, host: string) => seen.push([stage, host]),
      received: (bytes: number, all: number | null) => seen.push([bytes, all]),
    };
    const { host, port } = new URL(url);
    await send(request(url), options({ watcher }));
    expect(seen).toEqual([
      ['connection', host],
      ['response', host],
      ['body', host],
      [5, 5],
    ]);
    seen.length = 0;
    await send(request(`http://localhost:${port}`, { method: 'POST', body: 'a' }), options({ watcher }));
    expect(seen.map(([what]) => what)).toEqual(['name', 'connection', 'upload', 'response', 'body', 5]);
  });

  it('says how it was redirected, and what went over which connection', async () => {
    const { url } = await serve(({ url: path }, response) =>
      path === '/a' ? response.writeHead(302, { location: '/b' }).end() : response.end(),
    );
    const { redirects, connection } = await send(request(`${url}/a`), options());
    expect(redirects).toEqual([{ method: 'GET', url: `${url}/a`, status: 302, location: '/b' }]);
    const { host } = new URL(url);
    expect(connection).toMatchObject({ address: host, tls: null, headers: { host, accept: 'application/json' } });
  });

  it('does not retry by itself', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(503, { 'retry-after': '0' }).end());
    await send(request(url), options());
    expect(requests).toHaveLength(1);
  });

  it('ends with the reason of the signal when it is aborted', async () => {
    const { url } = await serve(() => {});
    const controller = new AbortController();
    const sent = send(request(url), options({ signal: controller.signal }));
    controller.abort('SIGINT');
    await expect(sent).rejects.toBe('SIGINT');
  });
});

describe('a redirect', () => {
  it('is followed with the key on the same origin', async () => {
    const { url, requests } = await serve((incoming, response) =>
      incoming.url === '/' ? response.writeHead(302, { location: '/next' }).end() : response.end('there'),
    );
    const { exchange, notes } = await send(request(url), options());
    expect(exchange.request?.url).toBe(`${url}/next`);
    expect(requests[1]?.headers['x-api-key']).toBe(SECRET);
    expect(notes).toEqual([]);
  });

  it('to another origin carries nothing that identifies the caller', async () => {
    const other = await serve((_, response) => response.end('there'));
    const { url } = await serve((_, response) => response.writeHead(302, { location: `${other.url}/x` }).end());
    const { notes } = await send(request(url), options());
    const headers = other.requests[0]?.headers ?? {};
    expect(headers.accept).toBe('application/json');
    expect(headers).not.toHaveProperty('x-tenant-id');
    expect(JSON.stringify(headers)).not.toContain(SECRET);
    expect(notes.join()).toContain(other.url);
  });

  it('that comes back from another origin does not get the key again', async () => {
    let home = '';
    const other = await serve((_, response) => response.writeHead(302, { location: `${home}/back` }).end());
    const { url, requests } = await serve((incoming, response) =>
      incoming.url === '/back' ? response.end() : response.writeHead(302, { location: other.url }).end(),
    );
    home = url;
    await send(request(url), options());
    expect(requests[1]?.url).toBe('/back');
    expect(JSON.stringify(requests[1]?.headers)).not.toContain(SECRET);
  });

  it('of a POST is not followed', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(302, { location: '/next' }).end());
    const { exchange } = await send(request(url, { method: 'POST', body: '{}' }), options());
    expect(exchange.response?.status).toBe(302);
    expect(requests).toHaveLength(1);
  });

  it('without an end is a failure', async () => {
    const { url } = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    const { exchange } = await send(request(url), options());
    expect(exchange.failure?.code).toBe('ERR_TOO_MANY_REDIRECTS');
  });
});

describe('a failure', () => {
  it('to connect has its phase', async () => {
    const { exchange } = await send(request(`http://127.0.0.1:${await closedPort()}`), options());
    expect(exchange.failure).toMatchObject({ phase: 'connect', code: 'ECONNREFUSED' });
  });

  it('of every address of a name has a message', async () => {
    const { exchange } = await send(request(`http://localhost:${await closedPort()}`), options());
    expect(exchange.failure).toMatchObject({ phase: 'connect', code: 'ECONNREFUSED' });
    expect(exchange.failure?.message).toContain('ECONNREFUSED');
  });

  it('to find the name has its phase', async () => {
    const { exchange } = await send(request('http://no-such-host.invalid/'), options());
    expect(exchange.failure?.phase).toBe('dns');
  });

  it('of silence names what was waited for', async () => {
    const port = await serveTcp(() => {});
    const { exchange } = await send(request(`http://127.0.0.1:${port}`), options({ timeoutMs: 300 }));
    expect(exchange.failure).toEqual({
      phase: 'response',
      code: 'ETIMEDOUT',
      message: 'no answer within 300 ms, while waiting for the response',
    });
  });

  it('of silence during the handshake is one of TLS', async () => {
    const port = await serveTcp(() => {});
    const { exchange } = await send(request(`https://127.0.0.1:${port}`), options({ timeoutMs: 300 }));
    expect(exchange.failure).toMatchObject({ phase: 'tls', code: 'ETIMEDOUT' });
  });

  it('of a reset before the answer has its phase', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.destroy()));
    const { exchange } = await send(request(`http://127.0.0.1:${port}`), options());
    expect(exchange.failure).toMatchObject({ phase: 'response', code: 'ECONNRESET' });
  });

  it('in the middle of a body is a failure and not a short success', async () => {
    const port = await serveTcp((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
        socket.end();
      }),
    );
    const { exchange } = await send(request(`http://127.0.0.1:${port}`), options());
    expect(exchange.response).toBeNull();
    expect(exchange.failure).toMatchObject({ phase: 'response', status: 200 });
    expect(exchange.failure?.message).toMatch(/^200 and 4 of 100 bytes came, then the connection failed: /);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['within a body', { 'content-length': '100' }, 'hello', '200 and 5 of 100 bytes came, then nothing for 200 ms'],
    ['within a body of unknown length', {}, 'hello', '200 and 5 bytes came, then nothing for 200 ms'],
    ['before a body', { 'content-length': '100' }, '', '200 and 0 of 100 bytes came, then nothing for 200 ms'],
    ['before a body of unknown length', {}, '', '200 came, then nothing for 200 ms'],
  ])('of a stall %s says what had come', async (_, headers, body, message) => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, headers).flushHeaders();
      if (body !== '') response.write(body);
    });
    const { exchange } = await send(request(url), options({ follower: FOLLOWER, timeoutMs: 200 }));
    expect(exchange.failure).toMatchObject({ code: 'ETIMEDOUT', status: 200, message });
  });

  it('of a body that is too slow for somebody who needs all of it says so', async () => {
    const { url } = await serve((_, response) => drip(response, 30));
    const { exchange } = await send(request(url), options({ timeoutMs: 200 }));
    expect(exchange.failure?.message).toMatch(/^200 and \d+ bytes came, then the 200 ms of the time limit were over$/);
  });

  it('of an error that comes drop by drop ends it also for somebody who follows it', async () => {
    const { url } = await serve((_, response) => {
      response.statusCode = 500;
      drip(response, 30);
    });
    const { exchange } = await send(request(url), options({ follower: FOLLOWER, timeoutMs: 200 }));
    expect(exchange.failure).toMatchObject({ code: 'ETIMEDOUT', status: 500 });
  });

  it('is none while a body keeps coming to somebody who follows it', async () => {
    const { url } = await serve((_, response) => drip(response, 30, 12));
    const { exchange } = await send(request(url), options({ follower: FOLLOWER, timeoutMs: 200 }));
    expect(exchange.response?.body).toBe('.'.repeat(12));
  });

  it('of plain text on a TLS port is one of TLS', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const { exchange } = await send(request(`https://127.0.0.1:${port}`), options());
    expect(exchange.failure?.phase).toBe('tls');
    expect(exchange.failure?.message).toContain('0A00010B');
  });

  it('of another protocol is one of the parser', async () => {
    const port = await serveTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    const { exchange } = await send(request(`http://127.0.0.1:${port}`), options());
    expect(exchange.failure?.code).toBe('HPE_INVALID_CONSTANT');
  });

  it('to decompress is a failure', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
    );
    const { exchange } = await send(request(url), options());
    expect(exchange.failure).toMatchObject({ phase: 'response', code: 'Z_DATA_ERROR' });
  });
});
