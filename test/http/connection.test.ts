import { describe, expect, it, onTestFinished } from 'vitest';
import { keepAlive } from '../../src/http/agents.ts';
import { send } from '../../src/http/send.ts';
import type { Request } from '../../src/model/exchange.ts';
import { serveTcp } from '../helpers/server.ts';

const request = (port: number, changes: Partial<Request> = {}): Request => ({
  method: 'GET',
  url: `http://127.0.0.1:${port}/`,
  headers: { accept: '*/*' },
  body: null,
  ...changes,
});

function optionsWith(changes: Partial<Parameters<typeof send>[1]> = {}) {
  const agents = keepAlive(1);
  onTestFinished(() => {
    agents.http.destroy();
    agents.https.destroy();
  });
  return { timeoutMs: 5000, maxBytes: 1000, signal: new AbortController().signal, env: {}, agents, ...changes };
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** A server that answers the first request of each connection, and misbehaves on the second. */
async function staleServer(second: (write: (text: string) => void, close: () => void) => void) {
  const seen: string[] = [];
  let connections = 0;
  const port = await serveTcp((socket) => {
    const n = ++connections;
    let requests = 0;
    socket.on('data', (data) => {
      seen.push(`${n}: ${data.toString().split('\r\n')[0]}`);
      if (++requests === 1) socket.write(OK);
      else
        second(
          (text) => socket.write(text),
          () => socket.destroy(),
        );
    });
  });
  return { port, seen, connections: () => connections };
}

describe('a connection that is used again', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'QUERY'])(
    'and is closed without a byte has the %s sent once more over a new one',
    async (method) => {
      const { port, seen } = await staleServer((_, close) => close());
      const options = optionsWith();
      await send(request(port), options);
      const { exchange } = await send(request(port, { method }), options);
      expect(exchange.failure).toBeNull();
      expect(exchange.response?.status).toBe(200);
      expect(seen).toEqual(['1: GET / HTTP/1.1', `1: ${method} / HTTP/1.1`, `2: ${method} / HTTP/1.1`]);
    },
  );

  it.each(['POST', 'PATCH', 'FOO'])('and is closed without a byte has the %s not sent again', async (method) => {
    const { port, seen } = await staleServer((_, close) => close());
    const options = optionsWith();
    await send(request(port), options);
    const { exchange } = await send(request(port, { method, body: '{}' }), options);
    expect(exchange.failure).toMatchObject({ code: 'ECONNRESET' });
    expect(seen).toHaveLength(2);
  });

  it('and is closed within the answer has nothing sent again', async () => {
    const { port, seen } = await staleServer((write, close) => {
      write('HTTP/1.1 200 OK\r\nConte');
      setTimeout(close, 20);
    });
    const options = optionsWith();
    await send(request(port), options);
    const { exchange } = await send(request(port), options);
    expect(exchange.failure).not.toBeNull();
    expect(seen).toHaveLength(2);
  });

  it('has nothing sent more than twice', async () => {
    let isClosing = false;
    const seen: string[] = [];
    const port = await serveTcp((socket) =>
      socket.on('data', () => {
        seen.push('request');
        if (isClosing) socket.destroy();
        else socket.write(OK);
        isClosing = true;
      }),
    );
    const options = optionsWith();
    await send(request(port), options);
    const { exchange } = await send(request(port), options);
    expect(exchange.failure).toMatchObject({ code: 'ECONNRESET' });
    expect(seen).toHaveLength(3);
  });

  it('fails none of many requests to a server that closes right after each answer', async () => {
    let n = 0;
    const port = await serveTcp((socket) =>
      socket.on('data', () => {
        socket.write(OK);
        setTimeout(() => socket.destroy(), n++ % 4);
      }),
    );
    const options = optionsWith();
    for (let i = 0; i < 100; i++) {
      const { exchange } = await send(request(port), options);
      expect(exchange.failure).toBeNull();
    }
  });
});

describe('an answer that leaves HTTP', () => {
  it.each<[string, boolean]>([
    ['stays open', false],
    ['is closed', true],
  ])('by 101 is a failure at once when the connection %s', async (_, closes) => {
    const port = await serveTcp((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n');
        if (closes) socket.end();
      }),
    );
    const { exchange } = await send(request(port), optionsWith());
    expect(exchange.response).toBeNull();
    expect(exchange.failure).toMatchObject({ phase: 'response', code: 'ERR_HTTP_UPGRADE' });
  });

  it('by a tunnel to CONNECT is a failure at once', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n')));
    const { exchange } = await send(request(port, { method: 'CONNECT' }), optionsWith());
    expect(exchange.failure).toMatchObject({ code: 'ERR_HTTP_UPGRADE' });
  });
});
