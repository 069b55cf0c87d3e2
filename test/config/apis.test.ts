import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { apisOf, keyVariable } from '../../src/config/apis.ts';
import type { ConfigLayer } from '../../src/config/layer.ts';
import { readLayer } from '../../src/config/parse-config.ts';
import { withProfile } from '../../src/config/profile.ts';
import { keysOfOthers, resolveApi } from '../../src/config/resolve.ts';
import { prepare } from '../../src/http/request.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'k-51ca9f0027';

const layer = (text: string, folder = '/work', project = true) =>
  readLayer(text, join(folder, '.errproberc.yaml'), folder, project);

function settled(text: string | ConfigLayer[], env: Record<string, string> = {}, id = 'my-api') {
  const layers = typeof text === 'string' ? [layer(text)] : text;
  const api = apisOf(builtIn, layers).find((one) => one.id === id) ?? null;
  return resolveApi(api, layers, env);
}

const sent = (text: string, env: Record<string, string>, target = '/x') =>
  prepare(
    {
      method: 'GET',
      target,
      query: [],
      headers: {},
      headersFrom: '--header',
      data: null,
      idempotencyKey: null,
      requestId: 'id-1',
      version: '1',
    },
    settled(text, env),
  ).request;

describe('an API without a catalog', () => {
  it.each<[string, string, string]>([
    ['auth: bearer', 'authorization', `Bearer ${KEY}`],
    ['auth: basic', 'authorization', `Basic ${Buffer.from(KEY).toString('base64')}`],
    ['auth: { header: X-Key }', 'x-key', KEY],
    ['auth: { header: X-Key, value: "Token {key}" }', 'x-key', `Token ${KEY}`],
    ['', 'authorization', `Bearer ${KEY}`],
  ])('sends its key as %s says', (auth, header, value) => {
    const text = `apis:\n  my-api:\n    baseUrl: https://a.example/v1\n    key: { env: MINE }\n    ${auth}\n`;
    const { url, headers } = sent(text, { MINE: KEY });
    expect(url).toBe('https://a.example/v1/x');
    expect(headers[header]).toBe(value);
  });

  it('sends its key in a parameter, but not over one that was given', () => {
    const text = 'apis: { my-api: { baseUrl: https://a.example, key: { env: MINE }, auth: { query: k } } }';
    expect(sent(text, { MINE: KEY }).url).toBe(`https://a.example/x?k=${KEY}`);
    expect(sent(text, { MINE: KEY }, '/x?k=other').url).toBe('https://a.example/x?k=other');
    expect(sent(text, { MINE: KEY }, 'https://b.example/x').url).toBe('https://b.example/x');
  });

  it('sends no key if none is configured', () => {
    const text = 'apis: { my-api: { baseUrl: https://a.example, headers: { X-Team: "7" } } }';
    expect(sent(text, {}).headers).toEqual(expect.not.objectContaining({ authorization: expect.anything() }));
    expect(sent(text, {}).headers['x-team']).toBe('7');
  });

  it('names the variable of a key that is missing', () => {
    const own = 'apis: { my-api: { baseUrl: https://a.example, key: { env: MINE } } }';
    expect(() => sent(own, {})).toThrow('my-api needs a key: set MINE');
    const derived = 'apis: { my-api: { baseUrl: https://a.example, auth: bearer } }';
    expect(() => sent(derived, {})).toThrow('my-api needs a key: set MY_API_KEY');
    expect(sent(derived, { MY_API_KEY: KEY }).headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it.each([
    ['my-api', 'MY_API_KEY'],
    ['shop', 'SHOP_API_KEY'],
    ['Shop v2.eu', 'SHOP_V2_EU_API_KEY'],
    ['2fa', '_2FA_API_KEY'],
  ])('called %s has the variable %s', (id, variable) => {
    expect(keyVariable(id)).toBe(variable);
  });

  it('gets a catalog later, by its id or its file', async () => {
    const again = settled('apis: { mine: { catalog: victims, baseUrl: https://v.example } }', {}, 'mine');
    expect(again).toMatchObject({ id: 'mine', catalog: { id: 'victims' }, baseUrl: 'https://v.example' });
    const cwd = emptyFolder();
    const { url } = await serve((_, response) =>
      response.writeHead(402, { 'content-type': 'application/json' }).end('{"code":"BROKE","message":"no money"}'),
    );
    const catalog = `id: money\nname: Money\nhosts: []\ndocs: { reference: Money }\nenvelope: { code: /code, message: /message }\nentries:\n  - id: broke\n    match: { status: 402, code: BROKE }\n    category: quota\n    title: Broke\n    cause: The account is empty.\n    resolution: [Pay in.]\n    retry: { advice: never, reason: money does not come by itself }\n    source: { doc: reference, section: Errors }\n    example: { code: BROKE, message: no money }\n`;
    writeFileSync(join(cwd, 'money.yaml'), catalog);
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis:\n  mine:\n    baseUrl: ${url}\n    catalog: ./money.yaml\n`);
    const { stdout, stderr } = await run(['call', 'GET', '/x', '--format', 'json'], { cwd });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).results[0].diagnosis).toMatchObject({ id: 'money/broke', documented: true });
  });

  it('is what a call to its address or by its name reaches, and its errors count as no drift', async () => {
    const cwd = emptyFolder();
    const got: (string | undefined)[] = [];
    const { url } = await serve((request, response) => {
      got.push(request.headers.authorization);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"nope"}');
    });
    const config = `apis:\n  my-api: { baseUrl: "${url}/v1", key: { env: MINE } }\n  other: { baseUrl: "${url}/v2" }\n`;
    writeFileSync(join(cwd, '.errproberc.yaml'), config);
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), 'api: my-api\nchecks: [{ name: a, request: GET /x }]\n');
    const env = { MINE: KEY };
    await run(['call', 'GET', '/x', '--api', 'my-api'], { cwd, env });
    await run(['call', 'GET', `${url}/v1/x`], { cwd, env });
    await run(['call', 'GET', `${url}/v2/x`], { cwd, env });
    const { stdout } = await run(['check'], { cwd, env });
    expect(got).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`, undefined, `Bearer ${KEY}`]);
    expect(stdout).toContain('1 failed');
  });

  it('says that a name without an address is probably mistyped', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), 'apis:\n  raptor: { key: { env: K } }\n');
    const { code, stderr } = await run(['call', 'GET', '/x'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/\.errproberc\.yaml:2:11: there is no API "raptor".*add its baseUrl/s);
  });
});

describe('a key', () => {
  it('comes from a file beside the config, without its line break', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'key.txt'), `${KEY}\n`);
    const text = 'apis: { my-api: { baseUrl: https://a.example, key: { file: key.txt } } }';
    expect(settled([layer(text, folder)]).key).toMatchObject({ value: KEY, from: 'key.txt (.errproberc.yaml:1)' });
    const missing = text.replace('key.txt', 'none.txt');
    expect(() => settled([layer(missing, folder)])).toThrow('apis.my-api.key: cannot read none.txt: ENOENT');
  });

  it('of a project comes from no file outside its folder, not even through a link', () => {
    const outside = emptyFolder();
    const folder = join(outside, 'project');
    mkdirSync(folder);
    writeFileSync(join(outside, 'private'), KEY);
    symlinkSync(join(outside, 'private'), join(folder, 'link'));
    for (const file of ['../private', 'link', join(outside, 'private')]) {
      const text = `apis: { my-api: { baseUrl: https://a.example, key: { file: "${file}" } } }`;
      expect(() => settled([layer(text, folder)])).toThrow("a project's config only reads files of its folder");
      expect(settled([layer(text, folder, false)]).key?.value).toBe(KEY);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'of a project comes from no pipe, which would be waited for without end',
    () => {
      const folder = emptyFolder();
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      // A writer that is there keeps the test from hanging where the pipe is read.
      const writer = spawn('sh', ['-c', 'exec 3<>pipe; echo k-31415926 >&3; sleep 5'], { cwd: folder });
      const text = 'apis: { my-api: { baseUrl: https://a.example, key: { file: pipe } } }';
      try {
        expect(() => settled([layer(text, folder)])).toThrow('it is not a regular file');
      } finally {
        writer.kill();
      }
    },
  );

  it("in a project's file goes to hosts that the project chose only with permission", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.env'), KEY);
    const text = 'apis: { my-api: { baseUrl: https://attacker.example, key: { file: .env } } }';
    writeFileSync(join(cwd, '.errproberc.yaml'), text);
    const { code, stderr } = await run(['call', 'GET', '/x'], { cwd, stdin: undefined as never, input: '' });
    expect(code).toBe(2);
    expect(stderr).toContain('this would send the key of .env to attacker.example');
  });

  it('comes from a command of the user, run once, without a shell', () => {
    const folder = emptyFolder();
    const script = join(folder, 'secret tool');
    writeFileSync(script, `#!/bin/sh\necho run >> "${folder}/runs"\nprintf '%s\\n' "$1${KEY}"\n`);
    chmodSync(script, 0o755);
    const text = `apis: { my-api: { baseUrl: https://a.example, key: { command: "'${script}' '$HOME;'" } } }`;
    const own = [layer(text, folder, false)];
    const { key } = settled(own);
    expect(key).toMatchObject({ value: `$HOME;${KEY}`, from: 'the command secret tool (.errproberc.yaml:1)' });
    expect(settled(own).key).toEqual(key);
    expect(run).toBeDefined();
  });

  it.each([
    ['false', /: false failed with exit code 1\. Run it by hand/],
    ['true', /: true printed nothing/],
    ['no-such-program-here', /is not installed, or not in PATH/],
    ["'open", /the command cannot be read/],
    ['op read x | cat', /runs without a shell, so it cannot have \|/],
  ])('from a command that fails (%s) is missed in words', (command, message) => {
    const text = `apis: { my-api: { baseUrl: https://a.example, key: { command: "${command}" } } }`;
    expect(() => settled([layer(text, '/tmp', false)], { PATH: process.env.PATH ?? '' })).toThrow(message);
  });

  it("comes from no command of a project's config, in no profile either", () => {
    for (const text of [
      'apis: { my-api: { key: { command: id } } }',
      'apis: { my-api: { profiles: { p: { key: { command: id } } } } }',
      'profiles: { p: { apis: { my-api: { key: { command: [id] } } } } }',
    ]) {
      expect(() => layer(text)).toThrow("key: { command } only counts in your own config, not in a project's");
    }
  });

  it('of another API is asked of no command', () => {
    const text = 'apis: { my-api: { baseUrl: https://a.example, key: { command: no-such-program-here } } }';
    const own = [layer(text, '/work', false)];
    expect(keysOfOthers(null, own, apisOf(builtIn, own), {})).toEqual([]);
  });
});

describe('a profile', () => {
  const TEXT = `apis:
  my-api:
    baseUrl: https://a.example
    key: { env: LIVE }
    profiles:
      staging: { baseUrl: "https://staging.example", key: { env: TEST } }
      admin: { key: { env: ADMIN } }
  raptor-comply: {}
profiles:
  eu: { api: my-api, timeout: 5s, apis: { my-api: { baseUrl: "https://eu.example" } } }
`;
  const env = { LIVE: 'live-1', TEST: 'test-1', ADMIN: 'admin-1' };
  const inProfile = (name: string, layers = [layer(TEXT)]) => withProfile(layers, { name, from: '--profile' });

  it.each([
    ['staging', 'https://staging.example', 'test-1', 'TEST (.errproberc.yaml:6, profile staging)'],
    ['admin', 'https://a.example', 'admin-1', 'ADMIN (.errproberc.yaml:7, profile admin)'],
    ['eu', 'https://eu.example', 'live-1', 'LIVE (.errproberc.yaml:4)'],
  ])('%s changes what it names and leaves the rest', (name, baseUrl, value, from) => {
    expect(settled(inProfile(name), env)).toMatchObject({ profile: name, baseUrl, key: { value, from } });
  });

  it("of the user comes before a project's other settings", () => {
    const user = layer('apis: { my-api: { profiles: { mine: { baseUrl: "https://mine.example" } } } }', '/home', false);
    expect(settled(inProfile('mine', [layer(TEXT), user]), env).baseUrl).toBe('https://mine.example');
  });

  it('comes before the variable of the catalog', () => {
    const text = 'apis: { raptor-comply: { key: "${A}", profiles: { p: { key: "${B}" } } } }';
    const env = { A: 'a-1', B: 'b-1', RAPTOR_COMPLY_API_KEY: 'c-1' };
    expect(settled([layer(text)], env, 'raptor-comply').key?.value).toBe('c-1');
    expect(settled(inProfile('p', [layer(text)]), env, 'raptor-comply').key?.value).toBe('b-1');
  });

  it('that an API lacks, while it has others, stops the call', () => {
    const text = 'apis: { my-api: { baseUrl: https://a.example, profiles: { x: {} } }, b: { profiles: { y: {} } } }';
    expect(() => settled(inProfile('y', [layer(text)]))).toThrow('my-api has no profile "y". Its profiles: x.');
  });

  it.each([
    [['--profile', 'stagin'], {}, '--profile: there is no profile "stagin"; did you mean "staging"?'],
    [[], { ERRPROBE_PROFILE: 'stagin' }, 'ERRPROBE_PROFILE: there is no profile "stagin"'],
  ])('that is mistyped is named with the nearest one (%j)', async (argv, more, message) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), TEXT);
    const { code, stderr } = await run(['call', 'GET', '/x', '--api', 'my-api', ...argv], {
      cwd,
      env: { ...env, ...more },
    });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
