import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../helpers/programs.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** The HTML report of checks: one for an item, and one that fails with a long body unless all pass. */
async function report(isGood: boolean): Promise<{ file: string; html: string }> {
  const long = 'unbreakable'.repeat(60);
  const { url } = await serve(({ url: path }, response) =>
    response
      .writeHead(path === '/item' ? 200 : 422, { 'content-type': 'application/json', 'x-request-id': 'req-7d1f0c52' })
      .end(path === '/item' ? '{"id":1}' : `{"message":"no","detail":"${long}"}`),
  );
  const bad = { name: `a check with a name that is ${long}`, request: `GET ${url}/${long}` };
  const checks = [{ name: 'an item', request: `GET ${url}/item` }, ...(isGood ? [] : [bad])];
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'errprobe.checks.json'), JSON.stringify({ checks }));
  await run(['check', '--report', 'html=out.html'], { cwd });
  const file = join(cwd, 'out.html');
  return { file, html: readFileSync(file, 'utf8') };
}

describe('the HTML report of checks', () => {
  it('names its bars, has a legend and local times, and an anchor with all of each failure', async () => {
    const { html } = await report(false);
    expect(html).toContain('<p class="legend">');
    expect(html).toMatch(/<a class="is-passed" href="#check-1">an item<\/a>/);
    expect(html).toMatch(/started <time datetime="2026-[^"]+Z">2026-\d\d-\d\d \d\d:/);
    expect(html).toMatch(/id="check-2"[\s\S]*<a href="#check-2">#check-2<\/a>/);
    for (const part of ['req-7d1f0c52', '<a href="http://127.0.0.1:', 'content-type', 'unbreakable', 'curl \\'])
      expect(html).toContain(part);
  });

  it('has a headline that is red only if something failed', async () => {
    expect((await report(false)).html).toContain('<h1 class="failed">✖ ');
    expect((await report(true)).html).toContain('<h1 class="passed">✔ 1 passed');
  });

  it.skipIf(!isInstalled('chromium'))('fits 390 pixels (needs chromium)', async () => {
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      await page.goto(pathToFileURL((await report(false)).file).href);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    } finally {
      await browser.close();
    }
  });
});
