import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainer } from '../../src/clients/embed.ts';
import { renderExplained } from '../../src/render/embedded.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

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
});
afterAll(() => server.close());

describe('a tool with an embedded catalog', () => {
  it('is the one that the page shows, bundled to less than 60 kB, with its output and exit code', async () => {
    mkdirSync(join(cwd, 'node_modules'));
    symlinkSync(ROOT, join(cwd, 'node_modules/errprobe'));
    writeFileSync(join(cwd, 'shop.js'), block('js'));
    const bundle = await rolldown({ input: join(cwd, 'shop.js'), cwd, platform: 'node' });
    const { output } = await bundle.write({ file: join(cwd, 'shop.mjs'), minify: true });
    expect(output[0].code.length).toBeLessThan(60_000);
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) =>
      execFile(process.execPath, ['shop.mjs', '17'], { cwd, env: { ...process.env, SHOP: url } }, (error, _, stderr) =>
        resolve({ code: error?.code, stderr }),
      ),
    );
    expect(`$ shop 17\n${stderr}`).toBe(block('console'));
    expect(code).toBe(4);
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
