import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

/** Keys of the shapes that APIs issue, and of shapes that break things. */
const KEYS = {
  plain: 'sk_live_51Habcdefghijklmnop',
  quoted: 'ab"cd\\ef/gh+ij=kl mn',
  base64: 'MDEyMzQ1Njc4OWFiY2RlZg==',
};

/** Every form in which a key could come out. */
function formsOf(key: string): string[] {
  return [
    key,
    JSON.stringify(key).slice(1, -1),
    encodeURIComponent(key),
    Buffer.from(key).toString('base64').replace(/=+$/, ''),
    Buffer.from(`user:${key}`).toString('base64').slice(8, -4),
    Buffer.from(key).toString('hex'),
  ];
}

function expectNoKey(text: string, key: string): void {
  for (const form of formsOf(key)) expect(text).not.toContain(form);
}

/** An API that gives the key back in every way: in headers, in the body, in each encoding. */
async function echo(status: number): Promise<string> {
  const { url } = await serve((request, response) => {
    const key = String(request.headers['x-api-key'] ?? request.headers.authorization ?? '');
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-echo': key,
      'x-request-id': key,
      'set-cookie': `k=${encodeURIComponent(key)}`,
    });
    response.end(
      JSON.stringify({
        error: `key ${key}`,
        message: `bad key ${key}`,
        all: formsOf(key),
        headers: request.headers,
        basic: Buffer.from(`user:${key}`).toString('base64'),
      }),
    );
  });
  return url;
}

const OUTPUTS = [
  [],
  ['--format', 'json'],
  ['--include', '--verbose'],
  ['--dry-run'],
  ['--dry-run', '--format', 'json'],
  ['--curl'],
  ['--retry', '1'],
  ['--har', 'calls.har'],
  ['--report', 'ticket.md'],
  ['--report', 'ticket.json'],
];

describe.each(Object.entries(KEYS))('a %s key', (_, key) => {
  const folder = (url: string) => {
    const cwd = emptyFolder();
    const text = `retry: { base: 1ms, jitter: 0ms }\napis:\n  raptor-comply:\n    baseUrl: ${url}\n    key: \${SECRET_KEY}\n`;
    writeFileSync(join(cwd, '.errproberc.yaml'), text);
    return cwd;
  };

  it.each(OUTPUTS.map((argv) => ({ argv })))('does not come out of call $argv', async ({ argv }) => {
    for (const status of [200, 401, 503]) {
      const cwd = folder(await echo(status));
      const { stdout, stderr } = await cli(['call', 'GET', '/x', '--api', 'raptor-comply', ...argv], {
        cwd,
        env: { SECRET_KEY: key },
      });
      expect(stdout.length).toBeGreaterThan(0);
      expectNoKey(stdout + stderr, key);
      for (const file of readdirSync(cwd)) expectNoKey(readFileSync(join(cwd, file), 'utf8'), key);
    }
  });

  it('does not come out of checks, audits, tickets and the doctor', async () => {
    const formats = ['junit', 'json', 'tap', 'markdown', 'html', 'github'];
    const reports = formats.flatMap((format) => ['--report', `${format}=out.${format}`]);
    const cwd = folder(await echo(401));
    const checks = [
      { name: 'a', request: 'GET /x' },
      { name: 'b', request: { path: '/x', headers: { 'X-Own': '${SECRET_KEY}' } }, key: '${SECRET_KEY}' },
    ];
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ api: 'raptor-comply', checks }));
    for (const argv of [
      ['check', '-v', ...reports],
      ['check', '--format', 'json'],
      ['audit', 'raptor-comply', '--path', '/x'],
      ['audit', 'raptor-comply', '--path', '/x', '--format', 'json'],
      ['doctor'],
      ['doctor', '--format', 'json'],
    ]) {
      const { stdout, stderr } = await cli(argv, { cwd, env: { SECRET_KEY: key } });
      expect(stdout.length).toBeGreaterThan(0);
      expectNoKey(stdout + stderr, key);
    }
    for (const format of formats.filter((name) => name !== 'github')) {
      expectNoKey(readFileSync(join(cwd, `out.${format}`), 'utf8'), key);
    }
  });

  it('does not come out when something fails', async () => {
    const noHttp = await serveTcp((socket) => socket.once('data', (data) => socket.end(data)));
    const urls = [
      `http://127.0.0.1:${await closedPort()}`,
      `http://127.0.0.1:${noHttp}`,
      `https://127.0.0.1:${noHttp}`,
    ];
    for (const url of urls) {
      for (const argv of [[], ['--verbose'], ['--format', 'json']]) {
        const { code, stdout, stderr } = await cli(['call', 'GET', '/x', '--api', 'raptor-comply', ...argv], {
          cwd: folder(url),
          env: { SECRET_KEY: key },
        });
        expect(code).toBe(6);
        expectNoKey(stdout + stderr, key);
      }
    }
  });

  it.each([
    ['a line break in it', `${key}\n${key}`],
    ['a smart dash in it', `${key}–${key}`],
  ])('does not come out with %s', async (_name, broken) => {
    for (const argv of [[], ['--format', 'json'], ['--dry-run'], ['--curl']]) {
      const { stdout, stderr } = await cli(['call', 'GET', '/x', '--api', 'raptor-comply', ...argv], {
        cwd: folder('http://127.0.0.1:9'),
        env: { SECRET_KEY: broken },
      });
      expect(stdout + stderr).toMatch(/error/);
      expectNoKey(stdout + stderr, key);
    }
  });

  it('does not come out of a header that the user gave', async () => {
    const url = await echo(401);
    for (const argv of OUTPUTS) {
      const { stdout, stderr } = await cli(['call', 'GET', url, '-H', `Authorization: Bearer ${key}`, ...argv]);
      expectNoKey(stdout + stderr, key);
    }
    const { stderr } = await cli(['call', 'GET', url, '-H', `Authorization ${key}`]);
    expect(stderr).toContain('has no ":"');
    expectNoKey(stderr, key);
  });

  it('does not come out of a query', async () => {
    const url = await echo(404);
    const { stdout, stderr } = await cli(['call', 'GET', url, '-q', `api_key=${key}`, '--verbose', '--include']);
    expectNoKey(stdout + stderr, key);
  });
});

it('a broken config does not show the key that stands in it', async () => {
  const cwd = emptyFolder();
  for (const text of [
    `apis:\n  victims:\n    key: ${KEYS.plain}\n    keey: 1\n`,
    `apis: { victims: { key: ${KEYS.plain}\n`,
    `apis:\n  victims:\n    key: [${KEYS.plain}]\n`,
  ]) {
    writeFileSync(join(cwd, '.errproberc.yaml'), text);
    const { code, stdout, stderr } = await cli(['explain', '429'], { cwd });
    expect(code).toBe(2);
    expectNoKey(stdout + stderr, KEYS.plain);
  }
});
