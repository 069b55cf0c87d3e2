import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledConfig } from '../../src/config/compiled-config.ts';
import type { ConfigLayer } from '../../src/config/layer.ts';
import { loadLayers } from '../../src/config/load.ts';
import { readLayer } from '../../src/config/parse-config.ts';
import { compiledFiles } from '../../src/terminal/compiled-files.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const uid = process.geteuid?.() ?? null;
const layer = (text: string) => readLayer(text, '/work/.errproberc.yaml', '/work', false);

const CONFIG = `timeout: 30s
apis:
  fleet:
    baseUrl: https://fleet.example.com/v2
    key: \${FLEET_KEY}
    headers: { X-Team: blue }
`;

/** A project with a config, and what compiles it in a cache folder of its own. */
function project(text = CONFIG) {
  const cwd = emptyFolder();
  const cache = emptyFolder();
  const file = join(cwd, '.errproberc.yaml');
  writeFileSync(file, text);
  const env = { HOME: '/nowhere', XDG_CACHE_HOME: cache };
  const folder = join(cache, 'errprobe/configs');
  const load = () => loadLayers(cwd, env, compiledFiles('configs', { env, uid }));
  return { cwd, env, file, folder, load };
}

/** A layer without its function, and the places of its parts. */
const plain = ({ locate, ...rest }: ConfigLayer) => ({
  ...rest,
  places: [[], ['apis'], ['apis', 'fleet', 'key'], ['apis', 'fleet', 'nothing', 'such'], ['none']].map(locate),
});

describe('a compiled config', () => {
  it('is the same as the one that was parsed, with the places of its parts', async () => {
    const { folder, load } = project();
    const parsed = (await load()).map(plain);
    expect(readdirSync(folder)).toHaveLength(1);
    expect((await load()).map(plain)).toEqual(parsed);
  });

  it('is read instead of the parser', async () => {
    const { folder, load } = project();
    await load();
    const [name = ''] = readdirSync(folder);
    const text = readFileSync(join(folder, name), 'utf8');
    const { createHash } = await import('node:crypto');
    const other = text.slice(65).replace('30000', '12345');
    writeFileSync(join(folder, name), `${createHash('sha256').update(other).digest('hex')}\n${other}`);
    expect((await load())[0]?.value.timeout).toBe(12345);
  });

  it('is private', async () => {
    const { folder, load } = project();
    await load();
    const [name = ''] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('is not used once the text, the time or the path of the file is another', async () => {
    const { cwd, env, file, folder, load } = project();
    await load();
    writeFileSync(file, CONFIG.replace('30s', '31s'));
    expect((await load())[0]?.value.timeout).toBe(31_000);
    expect(readdirSync(folder)).toHaveLength(2);
    utimesSync(file, 1, 1);
    await load();
    expect(readdirSync(folder)).toHaveLength(3);
    const inner = join(cwd, 'inner');
    mkdirSync(inner);
    writeFileSync(join(inner, '.errproberc.yaml'), CONFIG);
    await loadLayers(inner, env, compiledFiles('configs', { env, uid }));
    expect(readdirSync(folder)).toHaveLength(4);
  });

  it.skipIf(uid === null)('is not trusted when it is damaged, or others could write to it', async () => {
    const { folder, load } = project();
    await load();
    const [name = ''] = readdirSync(folder);
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('30000', '99999'));
    expect((await load())[0]?.value.timeout).toBe(30_000);
    writeFileSync(path, text);
    chmodSync(path, 0o666);
    expect((await load())[0]?.value.timeout).toBe(30_000);
    chmodSync(folder, 0o777);
    expect((await load())[0]?.value.timeout).toBe(30_000);
  });

  it('is not made of what only the user’s own config may have', async () => {
    const { folder, load } = project('allow: { env: [A] }\n');
    for (let i = 0; i < 2; i++) await expect(load()).rejects.toThrow('allow only counts in your own config');
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });

  it('shows a broken config as before, and keeps nothing of it', async () => {
    const { cwd, env, folder } = project('apis: { fleet: { baseURL: x } }\n');
    for (let i = 0; i < 2; i++) {
      const { code, stderr } = await run(['explain', '429'], { cwd, env });
      expect([code, stderr]).toEqual([2, expect.stringContaining('.errproberc.yaml:1:27: unknown key "baseURL"')]);
    }
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });

  it.each([
    'apis: { a: { key: sk-live-1 } }',
    'apis: { a: { key: hunter } }',
    'apis: { a: { key: "Bearer ${A} and-more" } }',
    'apis: { a: { key: { command: [op, read, "op://x"] } } }',
    'apis: { a: { key: { command: "pass show a" } } }',
    'apis: { a: { headers: { Authorization: abc } } }',
    'apis: { a: { headers: { X-Special: Xy12345678 } } }',
    'apis: { a: { headers: { Cookie: "session=abc; ${A}" } } }',
    'apis: { a: { baseUrl: "https://user:pass@example.com" } }',
    'apis: { a: { baseUrl: "https://example.com/?sig=1" } }',
    'apis: { a: { baseUrl: "https://hooks.example.com/T012345678/abcdefghijklmnop1" } }',
    'apis: { a: { auth: { header: X, value: "Token abcdef12345 {key}" } } }',
    'apis: { a: { profiles: { b: { key: plain } } } }',
    'profiles: { p: { apis: { a: { headers: { X-Api-Key: plain } } } } }',
  ])('is not kept where a secret may be written in it: %s', (text) => {
    expect(compiledConfig('/a', layer(text))).toBeNull();
  });

  it.each([
    'apis: { a: { key: "${A}" } }',
    'apis: { a: { key: { env: A_KEY_2 } } }',
    'apis: { a: { key: { file: secrets/key.txt } } }',
    'apis: { a: { headers: { Authorization: "Bearer ${TOKEN}", X-Team: blue } } }',
    'apis: { a: { auth: { header: X-Key, value: "Token {key}" } } }',
    'apis: { a: { baseUrl: "https://api.example.com/v2/things", retry: { retries: 3, base: 250ms } } }',
    'catalogs: ["*.catalog.yaml"]',
    'api: a\nprofile: b\nprofiles: { b: { timeout: 3s } }',
  ])('is kept where none is: %s', (text) => {
    expect(compiledConfig('/a', layer(text))).not.toBeNull();
  });
});
