import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const BIN = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));
const KEY = 'shop-key-4711-abcdef';

const cwd = emptyFolder();
const seen: { url: string; key: string | undefined; body: string }[] = [];
let server: Server;
let closed: Client;
let open: Client;

async function connected(...args: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, SHOP_API_KEY: KEY };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [BIN, 'mcp', ...args], cwd, env }));
  return client;
}

/** What a tool answers. */
async function answer(client: Client, name: string, given: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [{ text }] = content as [{ text: string }];
  return { text, isError };
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ url: request.url ?? '', key: request.headers.authorization, body });
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code: 'forbidden', message: `the key ${KEY} may not do this` }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(cwd, '.errproberc.json'), JSON.stringify({ apis: { shop: { baseUrl, auth: 'bearer' } } }));
  mkdirSync(join(cwd, 'logs'));
  writeFileSync(join(cwd, 'logs/app.log'), '{"level":"error","status":429,"message":"Too many requests"}\n'.repeat(3));
  writeFileSync(join(cwd, 'private.log'), '{"status":500}\n');
  symlinkSync(join(cwd, 'private.log'), join(cwd, 'logs/link.log'));
  [closed, open] = await Promise.all([connected(), connected('--allow-call', '--allow-folder', 'logs')]);
});
afterAll(async () => {
  await Promise.all([closed?.close(), open?.close()]);
  server.close();
});

describe('errprobe mcp', () => {
  it('offers what sends nothing and reads no file, unless the user allows it', async () => {
    const names = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
    expect(await names(closed)).toEqual(['explain', 'catalog_search', 'catalog_show']);
    expect(await names(open)).toEqual(['explain', 'catalog_search', 'catalog_show', 'call', 'triage']);
    await expect(answer(closed, 'call', { api: 'shop', method: 'GET', path: '/' })).rejects.toThrow(/no tool call/);
  });

  it('explains an error as errprobe explain does', async () => {
    const error = '{"error":"Unauthorized","message":"API key has expired"}';
    const { text } = await answer(closed, 'explain', { error, status: 401 });
    const { results } = JSON.parse(text);
    expect(results[0].diagnosis.id).toBe('raptor-comply/expired-api-key');
  });

  it('takes no text for an option, and no file for a text', async () => {
    const { text } = await answer(closed, 'explain', { error: '--last' });
    expect(text).not.toContain('history');
    expect((await answer(closed, 'catalog_search', { words: '--help me' })).text).not.toContain('Usage:');
    expect((await answer(closed, 'catalog_show', { error: '--help' })).text).not.toContain('Usage:');
  });

  it('searches and shows the catalogs', async () => {
    expect((await answer(closed, 'catalog_search', { words: 'expired key' })).text).toContain('expired-api-key');
    expect((await answer(closed, 'catalog_show', { error: 'victims/key-locked' })).text).toContain('key-locked');
    expect(await answer(closed, 'catalog_show', { error: 'no-such/entry' })).toMatchObject({ isError: true });
  });

  it('calls configured APIs only, with the key, which no answer has', async () => {
    const { text } = await answer(open, 'call', { api: 'shop', method: 'POST', path: '/orders?x=1', body: '{"n":1}' });
    expect(seen).toEqual([{ url: '/orders?x=1', key: `Bearer ${KEY}`, body: '{"n":1}' }]);
    expect(JSON.parse(text).results[0].diagnosis.status).toBe(403);
    expect(text).not.toContain(KEY);
    expect((await answer(open, 'call', { api: 'shop', method: 'PUT', path: '/', body: '@private.log' })).isError).toBe(
      true,
    );
    for (const given of [
      { api: 'victims', method: 'GET', path: '/' },
      { api: 'shop', method: 'GET', path: 'https://elsewhere.example/' },
      { api: 'shop', method: 'GET', path: '//elsewhere.example/' },
      { api: 'shop', method: '--mock', path: '/' },
      { api: 'shop', method: 'GET', path: '/', output: 'file' },
    ]) {
      await expect(answer(open, 'call', given)).rejects.toThrow(/arguments|\/(api|path|method)/);
    }
    expect(seen).toHaveLength(1);
  });

  it('reads logs below the folder only', async () => {
    expect((await answer(open, 'triage', { file: 'app.log' })).text).toContain('"status": 429');
    for (const file of ['../private.log', 'link.log', join(cwd, 'private.log'), 'none.log', '.']) {
      expect(await answer(open, 'triage', { file })).toMatchObject({ isError: true });
    }
  });

  it('says what is missing before it starts', async () => {
    const { code, stderr } = await run(['mcp', '--allow-call']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('errprobe init') });
  });
});
