import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { send } from '../../src/http/send.ts';
import { certificates } from '../helpers/certificates.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'key-2718281828459045';
const TOKEN = 'token-3141592653589793';
const TENANT = 'tenant-16180339887';
const COOKIE = 'sid=cookie-14142135623';
const BODY = '{"note":"body-17320508075"}';
const MARKS = { key: KEY, token: TOKEN, tenant: TENANT, cookie: COOKIE, body: BODY };

/** A server that records its requests, and answers with JSON or a redirect. */
async function listener(answer: (url: string) => { status: number; location?: string; body?: unknown }) {
  const came: string[] = [];
  const { url } = await serve(async (incoming: IncomingMessage, response) => {
    const body: Buffer[] = [];
    for await (const piece of incoming) body.push(piece as Buffer);
    came.push(`${incoming.method} ${incoming.url} ${JSON.stringify(incoming.headers)} ${Buffer.concat(body)}`);
    const { status, location, body: said = {} } = answer(incoming.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) });
    response.end(JSON.stringify(said));
  });
  return {
    url,
    came,
    arrived: () => Object.keys(MARKS).filter((name) => came.join('\n').includes(MARKS[name as keyof typeof MARKS])),
  };
}

/** A folder with a config for the API at a URL, and a file of checks. */
function project(baseUrl: string, checks: unknown = null): string {
  const folder = emptyFolder();
  const headers = { 'X-Auth-Token': TOKEN, 'X-Tenant-ID': TENANT, Cookie: COOKIE };
  const config = { apis: { cryptocomply: { baseUrl, key: KEY, headers } } };
  writeFileSync(join(folder, '.errproberc.json'), JSON.stringify(config));
  if (checks !== null) writeFileSync(join(folder, 'errprobe.checks.json'), JSON.stringify(checks));
  return folder;
}

const env = { ERRPROBE_ALLOW_ENV: 'X' };

describe('what a config sets for an API', () => {
  it('goes to its own host', async () => {
    const api = await listener(() => ({ status: 200 }));
    await run(['call', 'GET', '/x', '--api', 'cryptocomply'], { cwd: project(api.url), env });
    expect(api.arrived()).toEqual(['key', 'token', 'tenant', 'cookie']);
  });

  it('goes with a call to no other host, nor to another port', async () => {
    const api = await listener(() => ({ status: 200 }));
    const other = await listener(() => ({ status: 404 }));
    const cwd = project(api.url);
    const { stderr } = await run(['call', 'POST', `${other.url}/x`, '--api', 'cryptocomply', '-d', BODY], { cwd, env });
    expect(other.arrived()).toEqual(['body']);
    const host = new URL(other.url).host;
    const said = stderr.replaceAll(/\s+/g, ' ');
    for (const what of ['key', 'header x-auth-token', 'header x-tenant-id', 'header cookie']) {
      expect(said).toContain(`The ${what} was not sent: ${host} is not a host of cryptocomply.`);
    }
  });

  it('is left out of a dry run to another host, with the reason', async () => {
    const cwd = project('https://api.example');
    const args = ['call', 'GET', 'https://other.example/x', '--api', 'cryptocomply', '--dry-run'];
    const { stdout } = await run(args, { cwd, env });
    expect(stdout).not.toContain('x-auth-token:');
    expect(stdout).toContain('The header x-auth-token would not be sent: other.example is not a host of cryptocomply.');
  });

  it.each([
    ['dry run', '--dry-run'],
    ['curl', '--curl'],
  ])('keeps credentials from a base URL without encryption, where others go (%s)', async (_, option) => {
    const cwd = project('http://api.example');
    const { stdout } = await run(['call', 'GET', '/x', '--api', 'cryptocomply', option], { cwd, env });
    expect(stdout).toMatch(/x-tenant-id: tenant/);
    expect(stdout).not.toMatch(/x-auth-token: |cookie: /i);
  });

  it.each(['audit', 'doctor'])('goes with %s to the API only', async (command) => {
    const other = await listener(() => ({ status: 200 }));
    const api = await listener(() => ({ status: 302, location: `${other.url}/away` }));
    const args =
      command === 'audit' ? ['audit', 'cryptocomply', '--path', '/x'] : ['doctor', 'cryptocomply', '--online'];
    await run(args, { cwd: project(api.url), env });
    expect(api.arrived()).toEqual(['key', 'token', 'tenant', 'cookie']);
    expect(other.came.length).toBeGreaterThan(0);
    expect(other.arrived()).toEqual([]);
  });
});

describe('a check', () => {
  const checksOf = (target: string, own: Record<string, string>, shared: Record<string, string>, api = true) => ({
    ...(api ? { api: 'cryptocomply' } : {}),
    defaults: { headers: shared },
    checks: [
      { name: 'first', request: 'GET /first', capture: { next: '/next' } },
      { name: 'second', request: { method: 'POST', path: target, headers: own, body: JSON.parse(BODY) } },
    ],
  });
  const secret = { 'X-Auth-Token': TOKEN };

  it.each<[string, string, Record<string, string>, Record<string, string>, string[]]>([
    ['shared headers to a captured path', '/x/${next}', {}, secret, ['key', 'token', 'tenant', 'cookie', 'body']],
    ['shared headers to another host', 'OTHER/x', {}, secret, ['body']],
    ['shared headers to a captured host', '${next}', {}, secret, ['body']],
    ['its own headers to a host it names', 'OTHER/x', secret, {}, ['token', 'body']],
    ['its own headers to a path of that host', 'OTHER/${next}', secret, {}, ['token', 'body']],
    ['its own headers to a captured host', '${next}', secret, {}, ['body']],
    ['its own headers to a captured part of a host', 'http://${next_host}/', secret, {}, ['body']],
  ])('sends %s as far as allowed', async (name, target, own, shared, expected) => {
    const other = await listener(() => ({ status: 200 }));
    const api = await listener(() => ({
      status: 200,
      body: { next: name.includes('captured host') ? `${other.url}/next` : 'next', host: new URL(other.url).host },
    }));
    const written = checksOf(target.replace('OTHER', other.url), own, shared);
    const first = written.checks[0] as { capture?: Record<string, string> };
    first.capture = { next: '/next', next_host: '/host' };
    const { stdout } = await run(['check'], { cwd: project(api.url, written), env });
    const reached = name.includes('path') && !target.startsWith('OTHER') ? api : other;
    expect(stdout).toContain('2 passed');
    expect(reached.arrived()).toEqual(expected);
  });

  it('of no API sends its shared headers to the host that it names', async () => {
    const other = await listener(() => ({ status: 200 }));
    const checks = { defaults: { headers: secret }, checks: [{ name: 'a', request: `GET ${other.url}/x` }] };
    await run(['check'], { cwd: project('https://api.example', checks), env });
    expect(other.arrived()).toEqual(['token']);
  });

  it('in a .http file sends what it writes to the host that it names, and nothing of the config', async () => {
    const other = await listener(() => ({ status: 200 }));
    const cwd = project('https://api.example');
    writeFileSync(join(cwd, 'a.http'), `GET ${other.url}/x\nX-Auth-Token: ${TOKEN}\n`);
    await run(['check', 'a.http', '--api', 'cryptocomply'], { cwd, env });
    expect(other.arrived()).toEqual(['token']);
  });
});

describe('a redirect', () => {
  const request = (url: string) => ({
    method: 'GET',
    url,
    headers: {
      'x-api-key': KEY,
      'x-auth-token': TOKEN,
      'x-tenant-id': TENANT,
      cookie: COOKIE,
      'content-type': 'application/json',
    },
    body: BODY,
  });
  const options = { timeoutMs: 5000, maxBytes: 1000, signal: new AbortController().signal, env: {} };

  it.each([301, 302, 303, 307, 308])(
    '%i to another origin takes neither headers nor the body along',
    async (status) => {
      const other = await listener(() => ({ status: 200 }));
      const api = await listener(() => ({ status, location: `${other.url}/away` }));
      const { exchange, notes } = await send(request(api.url), options);
      expect(exchange.response?.status).toBe(200);
      expect(api.arrived()).toEqual(Object.keys(MARKS));
      expect(other.came).toHaveLength(1);
      expect(other.arrived()).toEqual([]);
      expect(other.came[0]).not.toMatch(/content-(?:type|length)/);
      expect(exchange.request).toMatchObject({ url: `${other.url}/away`, headers: {}, body: null });
      expect(notes.join()).toContain('key, other headers and the body were not sent there');
    },
  );

  it.each([301, 302, 303, 307, 308])('%i on the same origin takes headers along', async (status) => {
    const api = await listener((url) => (url === '/' ? { status, location: '/next' } : { status: 200 }));
    const { exchange } = await send(request(api.url), options);
    expect(exchange.response?.status).toBe(200);
    expect(api.came[1]).toContain(KEY);
    // The report shows the request as it was sent.
    expect(exchange.request?.body === null).toBe(!api.came[1]?.includes(BODY));
  });

  it('back from another origin takes nothing along, and the report says so', async () => {
    let home = '';
    const other = await listener(() => ({ status: 307, location: `${home}/back` }));
    const api = await listener((url) => (url === '/' ? { status: 307, location: other.url } : { status: 200 }));
    home = api.url;
    const { exchange } = await send(request(api.url), options);
    expect(exchange.response?.status).toBe(200);
    expect(api.came).toHaveLength(2);
    for (const mark of Object.values(MARKS)) expect(api.came[1]).not.toContain(mark);
    expect(exchange.request).toMatchObject({ url: `${home}/back`, headers: {}, body: null });
  });
});

describe('the certificate of a client', () => {
  it('is shown to the origin that the user named, and to no other', async () => {
    const issuer = certificates();
    const { cert, key, ca } = issuer.signed('localhost');
    const client = issuer.selfSigned('the-client');
    const names: (string | undefined)[] = [];
    const open = async (answer: (response: ServerResponse) => void): Promise<string> => {
      const options = { cert, key, requestCert: true, rejectUnauthorized: false };
      const server = createServer(options, (request, response) => {
        names.push((request.socket as TLSSocket).getPeerCertificate()?.subject?.CN as string | undefined);
        answer(response);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      return `https://localhost:${(server.address() as AddressInfo).port}`;
    };
    const other = await open((response) => response.end('{}'));
    const start = await open((response) => response.writeHead(302, { location: other }).end());
    const cwd = emptyFolder();
    for (const [name, text] of Object.entries({ ca, cert: client.cert, key: client.key })) {
      writeFileSync(join(cwd, name), text);
    }
    const argv = ['call', start, '--cacert', 'ca', '--cert', 'cert', '--key', 'key', '--pass', 'phrase-31415926'];
    const { code, stdout, stderr } = await run([...argv, '-v'], { cwd });
    expect({ code, names }).toEqual({ code: 0, names: ['the-client', undefined] });
    expect(stdout + stderr).not.toContain('phrase-31415926');
  });
});
