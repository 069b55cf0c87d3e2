import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli as spawned } from '../helpers/cli.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** In this process, which is ten times as fast; separate cases cover threads and the bundle. */
const cli = (argv: string[], { env = {}, cwd = emptyFolder(), input = '' }: Parameters<typeof spawned>[1] = {}) =>
  run(argv, { cwd, input, env: { PATH: process.env.PATH, HOME: cwd, ...env } });

/** Keys in the formats that APIs issue, and in formats that break things. */
const KEYS = {
  plain: 'sk_live_51Habcdefghijklmnop',
  quoted: 'ab"cd\\ef/gh+ij=kl mn',
  base64: 'MDEyMzQ1Njc4OWFiY2RlZg==',
};

/** Every form in which a key could be printed. */
function formsOf(key: string): string[] {
  return [
    key,
    JSON.stringify(key).slice(1, -1),
    JSON.stringify(JSON.stringify(key).slice(1, -1)).slice(1, -1),
    encodeURIComponent(key),
    Buffer.from(key).toString('base64').replace(/=+$/, ''),
    Buffer.from(`user:${key}`).toString('base64').slice(8, -4),
    Buffer.from(key).toString('hex'),
  ];
}

function expectNoKey(text: string, key: string): void {
  for (const form of formsOf(key)) expect(text).not.toContain(form);
}

/** All files that were written, including the history. */
function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** An API that returns the key in every way: in headers, in the body, in each encoding. */
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

/** The others are tried with every encoding in leak.test.ts. */
const OUTPUTS = [
  ['--dry-run'],
  ['--dry-run', '--format', 'json'],
  ['--curl'],
  ['--retry', '1', '--report', 'ticket.md'],
];

describe.each(Object.entries(KEYS))('a %s key', (_, key) => {
  const folder = (url: string) => {
    const cwd = emptyFolder();
    const text = `retry: { base: 1ms, jitter: 0ms }\napis:\n  raptor-comply:\n    baseUrl: ${url}\n    key: \${SECRET_KEY}\n`;
    writeFileSync(join(cwd, '.errproberc.yaml'), text);
    return cwd;
  };

  it.each(OUTPUTS.map((argv) => ({ argv })))('does not come out of call $argv', async ({ argv }) => {
    for (const status of [200, 503]) {
      const cwd = folder(await echo(status));
      const { stdout, stderr } = await cli(['call', 'GET', '/x', '--api', 'raptor-comply', ...argv], {
        cwd,
        env: { SECRET_KEY: key },
      });
      expect(stdout.length).toBeGreaterThan(0);
      expectNoKey(stdout + stderr, key);
      for (const argv of [
        ['report', '--last'],
        ['explain', '--last', '-v'],
        ['explain', '--last', '--format', 'json'],
      ]) {
        const again = await cli(argv, { cwd });
        expectNoKey(again.stdout + again.stderr, key);
      }
      for (const text of textsIn(cwd)) expectNoKey(text, key);
    }
  });

  it('does not come out of audits and the doctor', async () => {
    const cwd = folder(await echo(401));
    for (const argv of [
      ['audit', 'raptor-comply', '--path', '/x'],
      ['audit', 'raptor-comply', '--path', '/x', '--format', 'json'],
      ['doctor'],
      ['doctor', '--format', 'json'],
      ['doctor', 'raptor-comply', '--online'],
      ['doctor', 'raptor-comply', '--online', '--format', 'json'],
    ]) {
      const { stdout, stderr } = await cli(argv, { cwd, env: { SECRET_KEY: key } });
      expect(stdout.length).toBeGreaterThan(0);
      expectNoKey(stdout + stderr, key);
    }
  });

  it('does not come out of a process of its own', async () => {
    const cwd = folder(await echo(401));
    for (const argv of [
      ['-v', '--include'],
      ['--format', 'json', '--har', 'calls.har'],
    ]) {
      const env = { SECRET_KEY: key };
      const { stdout, stderr } = await spawned(['call', 'GET', '/x', '--api', 'raptor-comply', ...argv], { cwd, env });
      expect(stdout.length).toBeGreaterThan(0);
      expectNoKey(stdout + stderr, key);
    }
    for (const text of textsIn(cwd)) expectNoKey(text, key);
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

  it('does not come out of the threads of triage, nor out of what they leave', async () => {
    const cwd = folder('http://127.0.0.1:9');
    // A part of a key would remain at a truncation.
    const padded = (length: number) => `${'x'.repeat(length)} ${key} is wrong`;
    const bodies = [
      { error: `E ${key}`, message: `bad key ${key}` },
      ...[80, 92, 96, 180, 192].map((length) => ({ error: padded(length), message: padded(length) })),
      { odd: padded(90) },
    ];
    const lines = bodies.flatMap((body, i) => [
      JSON.stringify({
        level: 50,
        reqId: key,
        req: { method: 'GET', url: `/a/${encodeURIComponent(key)}` },
        res: { statusCode: 401, body },
      }),
      JSON.stringify(body),
      `ERROR ${i} 401 ${JSON.stringify(body)}`,
      `{"broken ${key}`,
      `{${' '.repeat(85)}"broken ${key}`,
    ]);
    writeFileSync(join(cwd, 'app.log'), lines.join('\n'));
    const argv = ['triage', 'app.log', '--partial', 'out.json', '--jobs', '2'];
    const { stdout, stderr } = await spawned(argv, { cwd, env: { SECRET_KEY: key } });
    expect(stdout.length).toBeGreaterThan(0);
    expectNoKey(stdout + stderr, key.slice(0, 8));
    expectNoKey(readFileSync(join(cwd, 'out.json'), 'utf8'), key.slice(0, 8));
    const merged = await cli(['triage', '--merge', 'out.json'], { cwd });
    expectNoKey(merged.stdout, key.slice(0, 8));
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
});

describe('secrets that errprobe was never told of', () => {
  const core = (n: number) => `Zq${n}x7Rk2Mv9Tb4Ws6Hd8Jf3Lc5Ng1Pz0Yq${n}`;
  /** Responses of an API, each with a secret that has a unique core. */
  const BODY = {
    error: `Unauthorized: Bearer ${core(0)} was refused`,
    message: `Incorrect API key provided: sk-proj-${core(1)}. Try ghp_${core(2)}, glpat-${core(3)} or xoxb-${core(4)}`,
    access_token: core(5),
    nested: [{ clientSecret: core(6), password: core(7), refresh_token: core(8) }],
    text: `{"api_key": "${core(9)}"}`,
    url: `https://me:${core(10)}@db.example/?sig=1&access_token=${core(11)}`,
    log: `X-Vault-Token: ${core(12)}\nDB_PASSWORD=${core(13)}`,
    jwt: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${core(14)}`,
  };
  const SENT = [
    ...[
      '-H',
      `X-Auth-Token: ${core(15)}`,
      '-H',
      `Ocp-Apim-Subscription-Key: ${core(16)}`,
      '-H',
      `Cookie: s=${core(17)}`,
    ],
    ...['-q', `access_token=${core(18)}`, '-q', `code=${core(19)}`],
    ...['-d', JSON.stringify({ password: core(20), deep: { client_secret: core(21) } })],
  ];
  const serveSecrets = async () =>
    (
      await serve((_, response) => {
        const headers = {
          'content-type': 'application/json',
          'set-cookie': `s=${core(22)}`,
          'x-session-token': core(23),
        };
        response.writeHead(401, headers).end(JSON.stringify(BODY));
      })
    ).url;
  const expectNone = (text: string) => expect(text.match(/Zq\d+x7Rk2/g) ?? []).toEqual([]);

  it('do not come out of a call, its files, its history and what is made of it', async () => {
    const url = await serveSecrets();
    const cwd = emptyFolder();
    const files = ['--har', 'calls.har', '--report', 'ticket.md'];
    for (const argv of [
      ['call', 'POST', url, ...SENT, '--format', 'json', ...files],
      ['call', 'POST', url, ...SENT, '--dry-run'],
      ['call', 'POST', url, ...SENT, '--dry-run', '--format', 'json'],
      ['call', 'POST', url, ...SENT, '--curl'],
      ['explain', '--last', '-v'],
      ['explain', '--last', '--format', 'json'],
      ['explain', 'calls.har', '-v'],
      ['explain', 'calls.har', '--format', 'json'],
      ['report', '--last'],
      ['report', 'calls.har', '--format', 'json'],
    ]) {
      const { stdout, stderr } = await cli(argv, { cwd });
      expect(stdout.length).toBeGreaterThan(0);
      expectNone(stdout + stderr);
    }
    const { stderr } = await cli(['call', 'POST', url, ...SENT, '-v'], { cwd });
    expectNone(stderr);
    for (const text of textsIn(cwd)) expectNone(text);
  });

  it('do not come out of saved errors and of checks', async () => {
    const url = await serveSecrets();
    const cwd = emptyFolder();
    const triage = ['pretty', 'json', 'csv', 'markdown'].map((format) => ['triage', '--format', format]);
    for (const argv of [['explain'], ['explain', '-v'], ['explain', '--format', 'json'], ['report', '-'], ...triage]) {
      const { stdout, stderr } = await cli(argv, { cwd, input: JSON.stringify(BODY) });
      expect(stdout.length).toBeGreaterThan(0);
      expectNone(stdout + stderr);
    }
    const formats = ['junit', 'json', 'tap', 'markdown', 'html'];
    writeFileSync(
      join(cwd, 'errprobe.checks.yaml'),
      JSON.stringify({ checks: [{ name: 'a', request: `GET ${url}` }] }),
    );
    for (const argv of [
      ['check', '-v', ...formats.flatMap((format) => ['--report', `${format}=out.${format}`])],
      ['check', '--report', 'github'],
      ['check', '--format', 'json'],
    ]) {
      const { stdout, stderr } = await cli(argv, { cwd });
      expect(stdout.length).toBeGreaterThan(0);
      expectNone(stdout + stderr);
    }
    for (const text of textsIn(cwd)) expectNone(text);
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
