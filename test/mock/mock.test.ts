import { connect } from 'node:net';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { exampleOf, exampleStatus } from '../../src/catalogs/lint.ts';
import { DEMO_KEY, DEMO_UUID, EXPIRED_DEMO_KEY, parseScript } from '../../src/mock/answer.ts';
import { startMock } from '../../src/mock/server.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { run } from '../helpers/terminal.ts';

const api = (id: string) => builtIn.apis.find((catalog) => catalog.id === id) as Catalog;

async function mock(catalog: Catalog, script = ''): Promise<string> {
  const started = await startMock(catalog, parseScript(script, catalog), 0);
  onTestFinished(() => started.close());
  return started.url;
}

const everyEntry = builtIn.apis.flatMap((catalog) =>
  catalog.entries.map((entry) => ({ id: `${catalog.id}/${entry.id}`, catalog, entry })),
);

describe('the mock of every API', () => {
  it.each(everyEntry)('sends $id as documented, and call and explain recognise it', async ({ id, catalog, entry }) => {
    const path = catalog.mock?.resources[0]?.request.split(' ')[1] ?? '/';
    const called = await run(['call', 'GET', path, '--api', catalog.id, '--mock', entry.id, '--format', 'json']);
    const [result] = JSON.parse(called.stdout).results;
    expect(result.diagnosis.id).toBe(id);
    expect(result.response.status).toBe(exampleStatus(entry));
    expect(result.response.body).toEqual(exampleOf(entry));
    expect(result.response.headers).toMatchObject(
      Object.fromEntries(Object.entries(entry.headers).map(([name, value]) => [name.toLowerCase(), value])),
    );

    const saved = await run(['call', 'GET', path, '--api', catalog.id, '--mock', entry.id]);
    const status = String(exampleStatus(entry));
    const explained = await run(['explain', '--api', catalog.id, '--status', status, '--format', 'json'], {
      input: saved.stdout,
    });
    expect(JSON.parse(explained.stdout).results[0].diagnosis.id).toBe(id);
  });

  it.each(builtIn.apis.map((catalog) => ({ id: catalog.id, catalog })))(
    'of $id lets the demo key in',
    async ({ catalog }) => {
      for (const { request, body } of catalog.mock?.resources ?? []) {
        const [method = '', path = ''] = request.split(' ');
        const { code, stdout } = await run(['call', method, path, '--mock', '--api', catalog.id]);
        expect(code).toBe(0);
        expect(JSON.parse(stdout)).toEqual(body);
      }
    },
  );
});

describe('the mock', () => {
  it.each([
    ['no key', {}, 401, 'Missing X-API-Key header'],
    ['a wrong key', { 'x-api-key': 'wrong' }, 401, 'Invalid API key'],
    ['an expired key', { 'x-api-key': EXPIRED_DEMO_KEY }, 401, 'API key has expired'],
  ])('answers %s with the documented body', async (_, headers, status, message) => {
    const response = await fetch(`${await mock(api('raptor-comply'))}/cyber-assets`, { headers });
    expect({ status: response.status, body: await response.json() }).toEqual({
      status,
      body: { error: 'Unauthorized', message },
    });
  });

  it('answers an unknown path with the documented 404', async () => {
    const response = await fetch(`${await mock(api('raptor-comply'))}/nope`, { headers: { 'x-api-key': DEMO_KEY } });
    expect(response.status).toBe(404);
  });

  it.each([
    ['missing', undefined, 401],
    ['not a UUID', 'seven', 401],
    ['a UUID', DEMO_UUID, 200],
  ])('checks a tenant that is %s', async (_, tenant, status) => {
    const headers = { authorization: `Bearer ${DEMO_KEY}`, ...(tenant === undefined ? {} : { 'x-tenant-id': tenant }) };
    const response = await fetch(`${await mock(api('elder-protection'))}/profiles`, { headers });
    expect(response.status).toBe(status);
  });

  it('follows its script and then answers as the request deserves', async () => {
    const url = `${await mock(api('raptor-comply'), '502,forbidden,418,200')}/cyber-assets`;
    const seen: [number, unknown][] = [];
    for (let i = 0; i < 5; i++) {
      const response = await fetch(url, { headers: { 'x-api-key': DEMO_KEY } });
      seen.push([response.status, ((await response.json()) as { error?: string }).error]);
    }
    expect(seen).toEqual([
      [502, 'Bad Gateway'],
      [403, 'Forbidden'],
      [418, undefined],
      [200, undefined],
      [200, undefined],
    ]);
  });

  it('lets somebody try what a request without a key gets', async () => {
    const { stdout } = await run(['call', 'GET', '/cyber-assets', '--mock', '-H', 'X-API-Key:', '--format', 'json']);
    expect(JSON.parse(stdout).results[0].diagnosis.id).toBe('raptor-comply/missing-api-key');
  });

  it('needs no variable of the config', async () => {
    const { writeFileSync } = await import('node:fs');
    const { emptyFolder } = await import('../helpers/terminal.ts');
    const cwd = emptyFolder();
    writeFileSync(`${cwd}/.errproberc.yaml`, 'apis: { raptor-comply: { key: "${ABSENT}" } }');
    expect((await run(['call', 'GET', '/cyber-assets', '--mock'], { cwd })).code).toBe(0);
  });
});

describe('the mock under attack', () => {
  /** Sends bytes on a separate connection; returns everything received until it was closed. */
  const raw = (url: string, bytes: string) =>
    new Promise<string>((resolve) => {
      let got = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(Buffer.from(bytes, 'latin1')));
      socket.on('data', (chunk) => {
        got += chunk;
      });
      socket.on('error', () => {}).on('close', () => resolve(got));
    });
  const isAlive = async (url: string) => {
    const response = await fetch(`${url}/cyber-assets`, { headers: { 'x-api-key': DEMO_KEY } });
    return response.status === 200;
  };

  it.each(['//', '/\\', '//a:b/', 'http://[', 'http://', '///\\[', '*', '/%', '/%00', '?', 'x://y:z/', '//[::1'])(
    'answers a request for %s',
    async (target) => {
      const url = await mock(api('raptor-comply'));
      const head = 'HTTP/1.1\r\nHost: a\r\nX-API-Key: demo-key\r\nConnection: close\r\n\r\n';
      expect(await raw(url, `GET ${target} ${head}`)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(await isAlive(url)).toBe(true);
    },
  );

  it('survives whatever is sent to it', async () => {
    const url = await mock(api('elder-protection'), '429,200,204,304');
    const part = fc
      .constantFrom('GET', 'HEAD', 'CONNECT', 'PRI', ' ', '\r\n', '\n', '/', '//', '\\', '[', ':', '@', '\0', '%')
      .map(String);
    const words = fc.oneof(
      part,
      fc.constantFrom(
        'HTTP/1.1',
        'HTTP/0.9',
        'Host: a\r\n',
        'Host:\r\n',
        'Expect: 100-continue\r\n',
        'Expect: x\r\n',
        'Upgrade: h2c\r\nConnection: Upgrade\r\n',
        'Transfer-Encoding: chunked\r\n\r\nzz\r\n',
        'Content-Length: 9\r\n\r\nab',
        'Content-Length: -1\r\n',
        'Authorization: Bearer demo-key\r\n',
        'X-Tenant-ID: a\r\nX-Tenant-ID: b\r\n',
        'Cookie: \xff\xfe\r\n',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const attack = fc.oneof(
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
      fc
        .tuple(part, fc.webPath(), fc.array(words, { maxLength: 4 }))
        .map(([method, path, more]) => `${method} ${path}${more.join('')} HTTP/1.1\r\nHost: a\r\n\r\n`),
      fc.array(words, { maxLength: 4 }).map((parts) => `GET ${parts.join('')} HTTP/1.1\r\nHost: a\r\n\r\n`),
    );
    const attacks = fc.sample(attack, { numRuns: 400, seed: 20 });
    for (let i = 0; i < attacks.length; i += 40) {
      await Promise.all(attacks.slice(i, i + 40).map((bytes) => raw(url, bytes)));
    }
    const headers = { authorization: `Bearer ${DEMO_KEY}`, 'x-tenant-id': DEMO_UUID };
    expect((await fetch(`${url}/profiles`, { headers })).status).toBe(200);
  });

  it('shows nothing of a path that a terminal would obey', async () => {
    const controller = new AbortController();
    let text = '';
    const stdout = new Writable({
      write(chunk, _, done) {
        text += chunk;
        done();
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (url !== undefined && !/ {2}40\d/.test(text)) {
          void raw(url, 'GET /\x9b2J HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n').then(() =>
            controller.abort('SIGINT'),
          );
        }
      },
    });
    await run(['mock', 'raptor-comply'], { stdout, signal: controller.signal });
    expect(text).not.toContain('\u009b');
  });
});

describe('errprobe mock', () => {
  it('serves until it is interrupted', async () => {
    const controller = new AbortController();
    let text = '';
    const stdout = new Writable({
      write(chunk, _, done) {
        text += chunk;
        done();
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (url !== undefined && !text.includes('GET /x  401')) void fetch(`${url}/x`);
        if (text.includes('GET /x  401')) controller.abort('SIGINT');
      },
    });
    const { code } = await run(['mock', 'raptor-comply'], { stdout, signal: controller.signal });
    expect(code).toBe(130);
    expect(text).toContain('X-API-Key: demo-key');
  });

  it('says when its port is taken', async () => {
    const { port } = new URL(await mock(api('victims')));
    const { code, stderr } = await run(['mock', 'victims', '--port', port]);
    expect(code).toBe(2);
    expect(stderr).toContain('it is in use');
  });
});
