import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../helpers/programs.ts';
import { closedPort } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A project in which errprobe is installed: a copy, since a link leads out of the folder that Deno lets it read. */
const cwd = emptyFolder();
let server: Server;
let url: string;
let dead: string;

beforeAll(async () => {
  mkdirSync(join(cwd, 'node_modules/errprobe'), { recursive: true });
  for (const name of ['dist', 'package.json'])
    cpSync(join(ROOT, name), join(cwd, 'node_modules/errprobe', name), { recursive: true });
  cpSync(here('use.js'), join(cwd, 'use.js'));
  writeFileSync(join(cwd, 'package.json'), '{"type":"module"}');
  let asked = 0;
  server = createServer((request, response) => {
    const status = request.url === '/missing' ? 404 : asked++ % 2 === 0 ? 503 : 200;
    response.writeHead(status, { 'access-control-allow-origin': '*', 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  dead = `http://127.0.0.1:${await closedPort()}/`;
});
afterAll(() => server.close());

const SAID = {
  id: 'openai/insufficient-quota',
  category: 'quota',
  advice: 'never',
  message: 'Spent.',
  answered: 'http/not-found',
  unanswered: 'connection',
  retried: 200,
  waits: [1],
  embedded: ['closed', 5],
};

const isThere = existsSync(here('node_modules/'));
const RUNTIMES: Record<string, string[]> = {
  'Node.js': [process.execPath],
  ...(isThere && {
    'Deno, allowed to use the network only': [here('node_modules/.bin/deno'), 'run', '--allow-net'],
    Bun: [here('node_modules/.bin/bun')],
  }),
};

describe('the library', () => {
  it.each(Object.entries(RUNTIMES))('says the same in %s', async (_, [program = '', ...options]) => {
    const script = `import { use } from './use.js'; console.log(JSON.stringify(await use('${url}', '${dead}')));`;
    writeFileSync(join(cwd, 'main.js'), script);
    const env = { ...process.env, NO_COLOR: '1', HOME: cwd, DENO_NO_UPDATE_CHECK: '1' };
    const [stdout, stderr] = await new Promise<string[]>((resolve) =>
      execFile(program, [...options, 'main.js'], { cwd, env }, (_, ...streams) => resolve(streams)),
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout ?? '')).toEqual(SAID);
  });

  if (!isThere) it.skip('says the same in Deno and Bun (needs npm install --prefix test/runtimes)');
});

/** One script, as a bundler makes it for browsers. */
async function bundled(script: string): Promise<string> {
  writeFileSync(join(cwd, 'page.js'), script);
  const bundle = await rolldown({
    ...{ input: join(cwd, 'page.js'), cwd, platform: 'browser' },
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  expect(output).toHaveLength(1);
  return output[0].code;
}

describe('in a browser, the library', () => {
  it('is as large as the README says', async () => {
    const code = await bundled(`import * as all from 'errprobe'; globalThis.errprobe = all;`);
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8').replaceAll('\n', ' ');
    const [, minified, compressed] = /(\d+) kB minified, (\d+) kB compressed/.exec(text) ?? [];
    expect(Math.abs(code.length / 1000 / Number(minified) - 1)).toBeLessThan(0.05);
    expect(Math.abs(gzipSync(code).length / 1000 / Number(compressed) - 1)).toBeLessThan(0.05);
  });

  const skipped = !isThere || !isInstalled('chromium');
  it.skipIf(skipped)(
    'says the same, with the catalogs that are imported (needs Chromium and test/runtimes)',
    async () => {
      const script = `
      import { explainError, knowledge } from 'errprobe';
      import stripe from 'errprobe/known/stripe.json' with { type: 'json' };
      import { use } from './use.js';
      const error = { type: 'card_error', code: 'card_declined', decline_code: 'lost_card', message: 'Declined.' };
      const explain = (...catalogs) => explainError(Response.json({ error }, { status: 402 }), {}, ...catalogs);
      globalThis.said = async () => ({
        ...(await use('${url}', '${dead}')),
        imported: [(await explain()).id, (await explain({ ...knowledge, apis: [stripe] })).id],
      });`;
      const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      const page = await browser.newPage();
      try {
        await page.goto(`${url}/`);
        await page.addScriptTag({ content: await bundled(script) });
        expect(await page.evaluate('said()')).toEqual({
          ...SAID,
          id: expect.not.stringContaining('openai'),
          advice: 'after-action',
          imported: [expect.not.stringContaining('stripe'), 'stripe/decline-lost-or-stolen'],
        });
      } finally {
        await browser.close();
      }
    },
  );
});
