import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyFor, proxySecrets } from '../../src/http/proxy.ts';
import { certificates } from '../helpers/certificates.ts';
import { isInstalled } from '../helpers/programs.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { run } from '../helpers/terminal.ts';

const at = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env)?.url.host ?? null;

describe('the variables that name a proxy', () => {
  it.each<[string, string, Record<string, string>, string | null]>([
    ['by scheme', 'https://a.example', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' }, 'p:1'],
    ['in small letters first', 'http://a.example', { http_proxy: 'http://p:1', HTTP_PROXY: 'http://q:2' }, 'p:1'],
    ['for all', 'https://a.example', { ALL_PROXY: 'http://p:1' }, 'p:1'],
    ['without a scheme', 'http://a.example', { HTTP_PROXY: 'p:3128' }, 'p:3128'],
    ['empty', 'http://a.example', { HTTP_PROXY: '' }, null],
    ['of the other scheme', 'http://a.example', { HTTPS_PROXY: 'http://p:1' }, null],
    ['for this machine', 'http://localhost:8080', { HTTP_PROXY: 'http://p:1' }, null],
    ['for loopback', 'http://127.0.0.1:8080', { HTTP_PROXY: 'http://p:1' }, null],
    ['with an exception', 'http://a.example', { HTTP_PROXY: 'p:1', NO_PROXY: 'b.example, a.example' }, null],
    ['with an exception above', 'http://x.a.example', { HTTP_PROXY: 'p:1', no_proxy: '.a.example' }, null],
    ['with an exception for a port', 'http://a.example:8080', { HTTP_PROXY: 'p:1', NO_PROXY: 'a.example:81' }, 'p:1'],
    ['with an exception for all', 'http://a.example', { HTTP_PROXY: 'p:1', NO_PROXY: '*' }, null],
    ['with an exception of like name', 'http://ba.example', { HTTP_PROXY: 'p:1', NO_PROXY: 'a.example' }, 'p:1'],
  ])('are read: %s', (_, url, env, host) => {
    expect(at(url, env)).toBe(host);
  });

  it('are refused when errprobe cannot speak to such a proxy, without repeating them', () => {
    const env = { HTTPS_PROXY: 'socks5://me:secret@p:1080' };
    expect(() => at('https://a.example', env)).toThrow(/^HTTPS_PROXY is not the URL of an http or https proxy/);
    expect(() => at('https://a.example', env)).not.toThrow(/secret/);
  });

  it('have their passwords redacted', () => {
    expect(proxySecrets({ HTTPS_PROXY: 'http://me:p%40ss@p:1', http_proxy: 'me:word@p', NO_PROXY: 'a:b@c' })).toEqual([
      'p%40ss',
      'p@ss',
      'word',
      'word',
    ]);
  });
});

/** A proxy that connects every host to one port of this machine; returns its port and its log. */
async function proxyTo(port: number): Promise<{ proxy: string; seen: string[] }> {
  const seen: string[] = [];
  const listening = await serveTcp((socket) =>
    socket.once('data', (head: Buffer) => {
      seen.push(head.toString().split('\r\n\r\n')[0] ?? '');
      const upstream: Socket = connect(port, '127.0.0.1', () => {
        if (head.toString().startsWith('CONNECT ')) socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        else upstream.write(head);
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
    }),
  );
  return { proxy: `http://me:pass-word@127.0.0.1:${listening}`, seen };
}

describe('a call through a proxy', () => {
  it('sends the whole URL for http, and the credentials of the proxy', async () => {
    const { url } = await serve((_, response) => response.end('{"ok":1}'));
    const { proxy, seen } = await proxyTo(Number(new URL(url).port));
    const { code, stdout } = await run(['call', 'GET', 'http://api.example/things'], { env: { HTTP_PROXY: proxy } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"ok":1}' });
    expect(seen[0]).toMatch(/^GET http:\/\/api\.example\/things HTTP\/1\.1/);
    expect(seen[0]).toContain(`Proxy-Authorization: Basic ${Buffer.from('me:pass-word').toString('base64')}`);
  });

  it('says which proxy stood between when it fails, and not its password', async () => {
    const port = await closedPort();
    const env = { HTTP_PROXY: `http://me:pass-word@127.0.0.1:${port}` };
    const { code, stderr } = await run(['call', 'GET', 'http://api.example/', '-v'], { env });
    expect(code).toBe(6);
    expect(stderr).toContain('network/connection-refused');
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`through the proxy 127.0.0.1:${port}, which HTTP_PROXY names`);
    expect(stderr).not.toContain('pass-word');
  });

  it.skipIf(!isInstalled('openssl'))('tunnels https, and tells TLS that fails from a connection', async () => {
    const server = createTlsServer(certificates().selfSigned('api.example')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { proxy, seen } = await proxyTo((server.address() as AddressInfo).port);
    const { code, stdout } = await run(['call', 'GET', 'https://api.example/', '--format', 'json'], {
      env: { HTTPS_PROXY: proxy },
    });
    expect(code).toBe(6);
    expect(seen[0]).toMatch(/^CONNECT api\.example:443 /);
    expect(JSON.parse(stdout).results[0]).toMatchObject({
      diagnosis: { id: 'network/certificate-self-signed' },
      failure: { phase: 'tls' },
    });
  });

  it('has the answer of a proxy that refuses to connect', async () => {
    const port = await serveTcp((socket) =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nX-Squid-Error: ERR_CACHE_ACCESS_DENIED 0\r\n\r\n'),
      ),
    );
    const { code, stdout } = await run(['call', 'GET', 'https://api.example/', '--format', 'json'], {
      env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    });
    expect(code).toBe(8);
    expect(JSON.parse(stdout).results[0].diagnosis).toMatchObject({
      id: 'gateways/squid-login',
      answeredBy: { kind: 'proxy', name: 'Squid' },
    });
  });
});
