import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'k-51ca9f0027';

/** A terminal on which somebody answers, a line at a time. */
function answering(lines: string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const next = () => {
    const line = lines.shift();
    if (line === undefined) stdin.end();
    else stdin.write(`${line}\n`);
  };
  return { stdin, onQuestion: next };
}

const started = (argv: string[], cwd: string, env: Record<string, string> = {}) => run(['init', ...argv], { cwd, env });
const written = (cwd: string) => readFileSync(join(cwd, '.errproberc.yaml'), 'utf8');

describe('init', () => {
  it.each([
    ['bearer', (headers: Record<string, unknown>) => headers.authorization, `Bearer ${KEY}`],
    ['header:X-Key', (headers: Record<string, unknown>) => headers['x-key'], KEY],
    ['query:k', (_: unknown, url: string | undefined) => url, `/v1/x?k=${KEY}`],
  ])('writes a config with which a call works at once, without permission: %s', async (auth, got, expected) => {
    const cwd = emptyFolder();
    const seen: unknown[] = [];
    const { url } = await serve((request, response) => {
      seen.push(got(request.headers, request.url));
      response.end('[]');
    });
    const { code, stdout } = await started(['shop', '--base-url', `${url}/v1`, '--auth', auth, '--yes'], cwd);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Wrote .errproberc.yaml. Set SHOP_API_KEY to the key. Then: errprobe call GET / --api shop\n',
    });
    const { stderr } = await run(['call', 'GET', '/x'], { cwd, env: { SHOP_API_KEY: KEY } });
    expect(stderr).toBe('');
    expect(seen).toEqual([expected]);
    expect(written(cwd)).not.toContain(KEY);
  });

  it('gets permission for exactly this file', async () => {
    const cwd = emptyFolder();
    await started(['shop', '--base-url', 'https://shop.invalid', '--yes'], cwd);
    const env = { SHOP_API_KEY: KEY };
    const asked = await run(['call', 'GET', '/x', '--timeout', '2s'], { cwd, env, input: '' });
    expect(asked.stderr).not.toContain('this would send');
    writeFileSync(join(cwd, '.errproberc.yaml'), written(cwd).replace('shop.invalid', 'other.invalid'));
    const again = await run(['call', 'GET', '/x', '--timeout', '2s'], { cwd, env, input: '' });
    expect(again.stderr).toContain('this would send the key of SHOP_API_KEY to other.invalid');
  });

  it('asks for what was not given, and again for what cannot be right', async () => {
    const cwd = emptyFolder();
    const { stdin, onQuestion } = answering(['shop', 'shop.example', 'https://shop.example', '', KEY, 'MY_KEY']);
    const stderr = Object.assign(
      new PassThrough().on('data', (text) => String(text).endsWith(' ') && setImmediate(onQuestion)),
      { isTTY: true },
    );
    let said = '';
    stderr.on('data', (text) => {
      said += text;
    });
    const { code } = await run(['init'], { cwd, stdin, stderr: stderr as never });
    expect(code).toBe(0);
    expect(said).toContain('A base URL begins with https://');
    expect(said).toContain('That is no name of a variable');
    expect(said).not.toContain(KEY);
    expect(written(cwd)).toContain('key: { env: MY_KEY }');
  });

  it.each([
    ['no terminal', ['shop'], /no terminal is there to ask/],
    ['no address', ['shop', '--yes'], /Without a base URL/],
    [
      'a key in the place of a variable',
      ['s', '--base-url', 'https://s.example', '--env', `${KEY}A`, '--yes'],
      /no name of a variable/,
    ],
    ['credentials in the address', ['s', '--base-url', 'https://u:p@s.example', '--yes'], /no credentials/],
  ])('writes nothing with %s', async (_, argv, message) => {
    const cwd = emptyFolder();
    const { code, stderr } = await run(['init', ...argv], { cwd, input: '' });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(KEY);
    expect(() => written(cwd)).toThrow();
  });

  it.each([
    ['in the first answer', 'shop'],
    ['after it', 'shop\n'],
    ['after several', 'shop\nhttps://shop.example\n'],
    ['at once', ''],
  ])('says so when the input ends %s', async (_, typed) => {
    const stdin = Object.assign(Readable.from([Buffer.from(typed)]), { isTTY: true });
    const { code, stderr } = await run(['init'], { stdin, tty: true });
    expect(code).toBe(2);
    expect(stderr).toMatch(/nothing was written: the input ended\n$/);
  });

  it('overwrites nothing', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), 'api: victims\n');
    const { code, stderr } = await started(['shop', '--base-url', 'https://shop.example', '--yes'], cwd);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/exists; add the API to it/) });
    expect(written(cwd)).toBe('api: victims\n');
  });
});

describe('apis', () => {
  const CONFIG = `api: shop
apis:
  shop:
    baseUrl: https://shop.example
    key: { env: SHOP }
    profiles: { staging: { key: { env: STAGING } } }
  plain: { baseUrl: "https://plain.example" }
`;

  it('lists what is configured, from where, and whether the key is there, but never the key', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), CONFIG);
    const env = { SHOP: KEY };
    const { stdout } = await run(['apis'], { cwd, env });
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      '* shop  https://shop.example',
      expect.stringMatching(/^ {4}key from SHOP \(\.errproberc\.yaml:5\), fingerprint [0-9a-f]{6}, sent in$/),
      '    Authorization',
      '    .errproberc.yaml:4',
      '    profiles: staging',
      '  plain  https://plain.example',
      '    no key',
      '    .errproberc.yaml:7',
    ]);
    const staging = await run(['apis', '--profile', 'staging'], { cwd, env });
    expect(staging.stdout).toContain('no key: set STAGING');
    expect(staging.stdout).toContain('The profile staging applies.');
    const json = await run(['apis', '--format', 'json'], { cwd, env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'errprobe/apis@1',
      apis: expect.arrayContaining([expect.objectContaining({ id: 'shop', isDefault: true, problem: null })]),
    });
    expect(stdout + json.stdout).not.toContain(KEY);
  });

  it('runs no command for the list', async () => {
    const cwd = emptyFolder();
    const own = join(cwd, 'config.yaml');
    writeFileSync(own, 'apis: { shop: { baseUrl: https://s.example, key: { command: "no-such-program read" } } }\n');
    const { stdout } = await run(['apis'], { cwd, env: { XDG_CONFIG_HOME: join(cwd, '..') } });
    expect(stdout).toContain('run errprobe init');
  });

  it('with a file of variables', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), CONFIG);
    writeFileSync(join(cwd, '.env'), `# keys\nSHOP="${KEY}"\n`);
    const { stdout } = await run(['apis', '--env-file', '.env'], { cwd });
    expect(stdout).toMatch(/key from SHOP .*fingerprint/);
    const missing = await run(['apis', '--env-file', 'none'], { cwd });
    expect(missing.code).toBe(2);
  });
});
