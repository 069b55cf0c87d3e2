import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainer } from '../../src/clients/embed.ts';
import { renderExplained } from '../../src/render/embedded.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';
import { isInstalled, load } from './installed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/embed.md'), 'utf8');
/** A block of the page. */
const block = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';

const cwd = emptyFolder();
let server: Server;
let url: string;
let catalog: { id: string; entries: object[] };

beforeAll(async () => {
  server = createServer((request, response) => {
    const order = request.url?.split('/').at(-1);
    const answers: Record<string, [number, object]> = {
      1: [200, { id: 1 }],
      2: [503, { error: { code: 'shop_closed', message: 'closed' } }],
      3: [401, { error: { code: 'unknown_key', message: 'no such \u001b[31mkey' } }],
    };
    const missing = { error: { code: 'order_not_found', message: `no order ${order}`, request_id: 'req_8fa2' } };
    const [status, body] = answers[order ?? ''] ?? [404, missing];
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '120' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(cwd, 'errors.yaml'), block('yaml'));
  const { stdout } = await run(['catalog', 'export', 'errors.yaml', '--format', 'embed'], { cwd });
  writeFileSync(join(cwd, 'errors.json'), stdout);
  catalog = JSON.parse(stdout);
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(ROOT, join(cwd, 'node_modules/errprobe'));
  writeFileSync(join(cwd, 'shop.js'), block('js'));
});
afterAll(() => server.close());

/** Bundles `shop.js` to `shop.mjs`, as each bundler does it for Node.js, with what it needs to read JSON. */
const BUNDLERS: Record<string, () => Promise<unknown>> = {
  async Rolldown() {
    const bundle = await rolldown({ input: join(cwd, 'shop.js'), cwd, platform: 'node' });
    await bundle.write({ file: join(cwd, 'shop.mjs'), minify: true });
  },
  ...(isInstalled && {
    async esbuild() {
      const { build } = await load('esbuild');
      const files = { entryPoints: ['shop.js'], outfile: 'shop.mjs', absWorkingDir: cwd };
      await build({ ...files, bundle: true, minify: true, platform: 'node', format: 'esm' });
    },
    async Rollup() {
      const { rollup } = await load('rollup');
      const json = (await load('@rollup/plugin-json')).default;
      const resolve = (await load('@rollup/plugin-node-resolve')).default;
      const bundle = await rollup({ input: join(cwd, 'shop.js'), plugins: [json(), resolve()] });
      await bundle.write({ file: join(cwd, 'shop.mjs'), compact: true });
    },
    async Vite() {
      const { build } = await load('vite');
      const output = { dir: cwd, entryFileNames: 'shop.mjs' };
      const options = { ssr: join(cwd, 'shop.js'), emptyOutDir: false, minify: true, rollupOptions: { output } };
      const ssr = { noExternal: true };
      await build({ root: cwd, configFile: false, logLevel: 'error', build: { ...options, outDir: cwd }, ssr });
    },
  }),
};

/** What the tool prints, and its exit code. */
const shop = (...args: string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile(
      process.execPath,
      ['shop.mjs', ...args],
      { cwd, env: { ...process.env, SHOP: url } },
      (error, ...streams) => resolve({ code: error?.code, stdout: streams[0], stderr: streams[1] }),
    ),
  );

describe('a tool with an embedded catalog', () => {
  it.each(Object.entries(BUNDLERS))('is the one that the page shows, bundled by %s', async (name, bundle) => {
    rmSync(join(cwd, 'shop.mjs'), { force: true });
    await bundle();
    // Rollup by itself does not minify.
    expect(statSync(join(cwd, 'shop.mjs')).size).toBeLessThan(name === 'Rollup' ? 90_000 : 60_000);
    const { code, stderr } = await shop('17');
    expect(`$ shop 17\n${stderr}`).toBe(block('console'));
    expect(code).toBe(4);
  });

  it('loads a small part of the library, for not every bundler leaves out what is not used', () => {
    const entry = readFileSync(join(ROOT, 'dist/embed.js'), 'utf8');
    const chunks = [...entry.matchAll(/"\.\/(chunks\/[^"]+)"/g)].map(([, path]) => join(ROOT, 'dist', path ?? ''));
    expect(chunks.length).toBeGreaterThan(0);
    expect(chunks.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(75_000);
  });

  it('has fewer than 30 lines, and prints JSON where that is asked for', async () => {
    expect(block('js').trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    await BUNDLERS.Rolldown?.();
    const { code, stdout, stderr } = await shop('17', '--json');
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
    const { title, cause, hint, retry, exitCode } = JSON.parse(stdout);
    expect({ title, cause, hint, retry: retry.advice, exitCode }).toEqual({
      title: 'There is no such order',
      cause: 'There is no order 17.',
      hint: 'List your orders with `shop orders`.',
      retry: 'never',
      exitCode: 4,
    });
  });

  it('waits as long as the server asks where waiting helps', async () => {
    const explained = await explainer(catalog)(await fetch(`${url}/orders/2`));
    expect(explained).toMatchObject({ id: 'shop/closed', category: 'maintenance', exitCode: 5 });
    expect(explained.retry).toMatchObject({ advice: 'wait', afterMs: 120_000, safe: true });
    expect(renderExplained(explained)).toContain('→ Try again in 2 min: it opens again by itself.\n');
  });

  it('explains by its status what the catalog does not have, and shows no control character', async () => {
    const explained = await explainer(catalog)(await fetch(`${url}/orders/3`));
    expect(explained).toMatchObject({ id: null, category: 'authentication', code: 'unknown_key', exitCode: 8 });
    expect(renderExplained(explained)).toBe('Error: Unauthorized (401)\nno such \\x1b[31mkey\n');
  });

  it('takes what clients throw: an answer, or none', async () => {
    const explain = explainer(catalog, { exitCodes: { 'not-found': 44 } });
    const thrown = Object.assign(new Error(), {
      response: { status: 404, headers: {}, data: { error: { code: 'order_not_found', message: 'no order 9' } } },
    });
    expect(await explain(thrown)).toMatchObject({
      id: 'shop/no-such-order',
      cause: 'There is no order 9.',
      exitCode: 44,
    });
    const failed = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    });
    expect(await explain(failed)).toMatchObject({ category: 'connection', exitCode: 6, retry: { advice: 'backoff' } });
    expect(renderExplained(await explain(failed), { color: true })).toContain('The server did not answer');
  });

  it('has every entry of the catalog', async () => {
    for (const [status, code] of [
      [404, 'order_not_found'],
      [503, 'shop_closed'],
    ] as const) {
      const response = Response.json({ error: { code, message: '' } }, { status });
      expect((await explainer(catalog)(response)).id).toMatch(/^shop\//);
    }
  });
});
