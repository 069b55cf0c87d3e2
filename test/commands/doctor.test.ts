import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { certificates } from '../helpers/certificates.ts';
import { cli } from '../helpers/cli.ts';
import { isInstalled } from '../helpers/programs.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'k-3f9a7c21d0';

async function doctor(argv: string[], config: string | null, env: Record<string, string> = {}) {
  const cwd = emptyFolder();
  if (config !== null) writeFileSync(join(cwd, '.errproberc.yaml'), config);
  const { code, stdout } = await run(['doctor', ...argv, '--format', 'json'], { cwd, env });
  const report = JSON.parse(stdout) as Report;
  const found = Object.fromEntries(
    report.results.map(({ name, check }) => [name, `${check?.outcome}: ${check?.reason}`]),
  );
  const pretty = await run(['doctor', ...argv], { cwd, env });
  return { code, found, text: stdout + pretty.stdout + pretty.stderr, pretty: pretty.stdout };
}

describe('the doctor', () => {
  it('finds nothing wrong with what is right', async () => {
    const config =
      'apis: { elder-protection: { baseUrl: https://e.example, headers: { X-Tenant-ID: 7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11 } } }';
    const { code, found, pretty } = await doctor(['elder-protection'], config, { ELDER_PROTECTION_API_KEY: KEY });
    expect(code).toBe(0);
    expect(found).toEqual({
      config: 'passed: .errproberc.yaml',
      'elder-protection: key': expect.stringMatching(
        /^passed: from ELDER_PROTECTION_API_KEY, fingerprint [0-9a-f]{6}, sent in Authorization$/,
      ),
      'elder-protection: headers': 'passed: X-Tenant-ID',
      'elder-protection: address': 'passed: https://e.example',
    });
    expect(pretty).not.toContain('✖');
  });

  it.each<[string, string, RegExp]>([
    ['no key', '', /set VICTIMS_API_KEY/],
    ['a placeholder', 'YOUR_API_KEY', /from VICTIMS_API_KEY is a placeholder/],
    ['quotes', `"${KEY}"`, /has quotes around it/],
    ['white space', `${KEY} ${KEY}`, /has white space in it/],
    ['white space at its end', `${KEY} `, /has white space around it/],
    ['white space at its start', `  ${KEY}`, /has white space/],
    ['a name', `VICTIMS_API_KEY=${KEY}`, /has a name before it: VICTIMS_API_KEY=/],
    ['a header', `Authorization: ${KEY}`, /has the name of a header before it/],
    ['one quote', `"${KEY}`, /has quotes around it/],
    ['dots for the rest of it', `${KEY.slice(0, 6)}...`, /is cut short/],
    ['percent-encoding', 'k%2F3f9a%3D', /is percent-encoded/],
    ['words of a documentation', 'insert-your-key-here', /is a placeholder/],
    [
      'a line break',
      `${KEY}
`,
      /line break/,
    ],
    ['a typographic dash', `${KEY}–x`, /not ASCII/],
    ['a scheme twice', `Bearer ${KEY}`, /has a scheme twice: Bearer Bearer/],
    [
      'an expired token',
      `eyJhbGciOiJub25lIn0.${Buffer.from('{"exp":1700000000}').toString('base64url')}.x`,
      /the token expired at 2023-11-14/,
    ],
  ])('finds in a key: %s', async (_, key, fault) => {
    const { code, found, text } = await doctor(['victims'], 'apis: { victims: { baseUrl: https://v.example } }', {
      VICTIMS_API_KEY: key,
    });
    expect(found['victims: key']).toMatch(/^failed: /);
    expect(found['victims: key']).toMatch(fault);
    expect(code).toBe(1);
    expect(text).not.toContain(KEY);
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['no address', 'api: victims', {}, /apis\.victims\.baseUrl/],
    ['no encryption', 'apis: { victims: { baseUrl: http://v.example } }', {}, /http:\/\/v.example is not encrypted/],
    [
      'a proxy that is none',
      'apis: { victims: { baseUrl: https://v.example } }',
      { HTTPS_PROXY: 'socks5://p' },
      /HTTPS_PROXY is not the URL/,
    ],
  ])('finds in an address: %s', async (_, config, env, fault) => {
    const { found, code } = await doctor(['victims'], config, { VICTIMS_API_KEY: KEY, ...env });
    expect(found['victims: address']).toMatch(fault);
    expect(code).toBe(1);
  });

  it('names the proxy that is in use', async () => {
    const env = { VICTIMS_API_KEY: KEY, HTTPS_PROXY: 'http://me:pass-word@p:3128' };
    const { found, text } = await doctor(['victims'], 'apis: { victims: { baseUrl: https://v.example } }', env);
    expect(found['victims: address']).toBe('passed: https://v.example, through the proxy p:3128 (HTTPS_PROXY)');
    expect(text).not.toContain('pass-word');
  });

  it('works when the config is broken', async () => {
    const { found, code } = await doctor(['raptor-comply'], 'apis: [', { RAPTOR_COMPLY_API_KEY: KEY });
    expect(found.config).toMatch(/^failed: .errproberc.yaml:\d+:\d+: /);
    expect(found['raptor-comply: key']).toMatch(/^passed/);
    expect(code).toBe(1);
    const unset = await doctor([], `apis: { victims: { key: "\${NO_SUCH}" } }`);
    expect(unset.found['victims: config']).toMatch(/the variable NO_SUCH is not set/);
  });

  it('says of an API that nobody uses just that', async () => {
    const { found, code } = await doctor([], null);
    expect(code).toBe(0);
    expect(found['victims: key']).toBe('skipped: not in use: VICTIMS_API_KEY is not set');
  });
});

describe('the doctor online', () => {
  /**
   * Runs doctor against a server in place of Raptor Comply; returns the names of results and their
   * outcomes.
   */
  async function online(url: string, argv: string[] = [], env: Record<string, string> = {}, config = '') {
    const text = `apis: { raptor-comply: { baseUrl: "${url}"${config} } }`;
    return doctor(['raptor-comply', '--online', '--timeout', '300ms', ...argv], text, {
      RAPTOR_COMPLY_API_KEY: KEY,
      ...env,
    });
  }

  /** An API that accepts the key, with the tests' clock. */
  const api = (
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    date = 'Sun, 01 Mar 2026 12:00:00 GMT',
  ) =>
    serve((request, response) => {
      response.setHeader('date', date);
      answer(request, response);
    });
  const accepting = (request: IncomingMessage, response: ServerResponse) => {
    const key = request.headers['x-api-key'];
    if (key === KEY) return void response.end('[]');
    const message = key === undefined ? 'Missing X-API-Key header' : 'Invalid API key';
    response.writeHead(401).end(JSON.stringify({ error: 'Unauthorized', message }));
  };

  it('finds nothing wrong with an API that answers', async () => {
    const { url, requests } = await api(accepting);
    const { code, found, text } = await online(url.replace('127.0.0.1', 'localhost'));
    expect(code).toBe(0);
    expect(found).toMatchObject({
      'raptor-comply: name': expect.stringMatching(/^passed: .*127\.0\.0\.1 \(IPv4\)/),
      'raptor-comply: connection': expect.stringMatching(/^passed: port \d+: .*127\.0\.0\.1 reached/),
      'raptor-comply: clock': 'passed: the clocks agree',
      'raptor-comply: without key': 'passed: GET /cyber-assets: 401 Unauthorized, raptor-comply/missing-api-key',
      'raptor-comply: with key': 'passed: GET /cyber-assets: 200 OK',
    });
    // Two for each of the two formats.
    expect(requests.map(({ method, url: path }) => `${method} ${path}`)).toEqual(Array(4).fill('GET /cyber-assets'));
    expect(text).not.toContain(KEY);
  });

  it('opens no connection when it is not asked to, and none for what is wrong already', async () => {
    const { url, requests } = await api(accepting);
    await doctor(['raptor-comply'], `apis: { raptor-comply: { baseUrl: "${url}" } }`, { RAPTOR_COMPLY_API_KEY: KEY });
    await online(url, [], { RAPTOR_COMPLY_API_KEY: 'YOUR_API_KEY' });
    expect(requests).toEqual([]);
  });

  it('finds a key that is refused, and why', async () => {
    const { url } = await api(accepting);
    const { code, found } = await online(url, [], { RAPTOR_COMPLY_API_KEY: 'k-other-0123' });
    expect(code).toBe(1);
    expect(found['raptor-comply: with key']).toMatch(
      /^failed: GET \/cyber-assets: 401 .*raptor-comply\/invalid-api-key: /,
    );
  });

  it('finds a clock that is off', async () => {
    const { url } = await api(accepting, 'Sun, 01 Mar 2026 11:00:00 GMT');
    const { code, found } = await online(url);
    expect(code).toBe(1);
    expect(found['raptor-comply: clock']).toBe('failed: the clock here is 60 minutes ahead of that of the server');
  });

  it('does not blame the key for a path that is not there', async () => {
    const { url } = await api((_, response) =>
      response.writeHead(404).end('{"error":"Not Found","message":"Resource not found"}'),
    );
    const { code, found } = await online(url, ['--path', '/nope']);
    expect(code).toBe(0);
    expect(found['raptor-comply: with key']).toMatch(/^skipped: GET \/nope: 404/);
  });

  it('finds a gateway in the place of the API', async () => {
    const { url } = await api((_, response) =>
      response
        .writeHead(502, { server: 'nginx' })
        .end('<html><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></html>'),
    );
    const { code, found } = await online(url);
    expect(code).toBe(1);
    expect(found['raptor-comply: without key']).toMatch(/^failed: .*502 Bad Gateway/);
  });

  it.each<[string, string, () => Promise<string>, RegExp]>([
    [
      'a name without an address',
      'name',
      async () => 'http://no-such.localhost.invalid',
      /^failed: .* has no address \(E/,
    ],
    [
      'nothing that listens',
      'connection',
      async () => `http://127.0.0.1:${await closedPort()}`,
      /^failed: port \d+: 127\.0\.0\.1 not reached \(ECONNREFUSED\)$/,
    ],
    [
      'a port without TLS',
      'tls',
      async () => `https://127.0.0.1:${await serveTcp((socket) => socket.end('no'))}`,
      /^failed: port \d+ does not speak TLS/,
    ],
    [
      'a server that hangs',
      'without key',
      async () => `http://127.0.0.1:${await serveTcp(() => {})}`,
      /^failed: GET \/cyber-assets: ETIMEDOUT/,
    ],
  ])('finds %s', async (_, what, url, fault) => {
    const address = await url();
    const { code, found } = await online(address.includes('invalid') ? address.replace('http:', 'https:') : address);
    expect(code).toBe(1);
    expect(found[`raptor-comply: ${what}`]).toMatch(fault);
  });

  it('finds a proxy that is not there', async () => {
    const env = { HTTPS_PROXY: `http://me:pass-word@127.0.0.1:${await closedPort()}` };
    const { code, found, text } = await online('https://api.example', [], env);
    expect(code).toBe(1);
    expect(found['raptor-comply: connection']).toMatch(
      /^failed: the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\): .*ECONNREFUSED/,
    );
    expect(text).not.toContain('pass-word');
  });

  it('can be interrupted', async () => {
    const interrupt = new AbortController();
    const port = await serveTcp(() => interrupt.abort('SIGINT'));
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { baseUrl: "http://127.0.0.1:${port}" } }`);
    const env = { RAPTOR_COMPLY_API_KEY: KEY };
    const { code } = await run(['doctor', 'raptor-comply', '--online'], { cwd, env, signal: interrupt.signal });
    expect(code).toBe(130);
  });

  describe.skipIf(!isInstalled('openssl'))('looks at certificates (needs openssl)', () => {
    it('and says whom they are for, who issued them and until when', async () => {
      const { ca, ...own } = certificates().signed('localhost');
      const server = createHttpsServer(own, (_, response) => response.end('[]'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const cwd = emptyFolder();
      writeFileSync(join(cwd, 'ca.pem'), ca);
      const url = `https://localhost:${(server.address() as AddressInfo).port}`;
      writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { baseUrl: "${url}" } }`);
      const argv = ['doctor', 'raptor-comply', '--online'];
      const trusted = { RAPTOR_COMPLY_API_KEY: KEY, NODE_EXTRA_CA_CERTS: 'ca.pem', COLUMNS: '200' };
      const good = await cli(argv, { cwd, env: trusted });
      expect(good.stdout).toMatch(
        /✔ raptor-comply: tls +TLSv1\.\d, for localhost, issued by Test CA, valid until 20\d\d-\d\d-\d\d, only [01] days more/,
      );
      expect(good.code).toBe(0);
      const bad = await cli(argv, { cwd, env: { ...trusted, NODE_EXTRA_CA_CERTS: '' } });
      expect(bad.stdout).toMatch(/✖ raptor-comply: tls +not trusted \(\w+\): TLSv1/);
      expect(bad.stdout).not.toContain('with key');
      expect(bad.code).toBe(1);
    });
  });
});
