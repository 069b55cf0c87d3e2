import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completed } from '../../src/catalogs/complete.ts';
import { builtIn } from '../../src/catalogs/index.ts';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { renderSite } from '../../src/render/site/site.ts';
import { HOSTILE_CATALOG } from '../helpers/hostile-catalog.ts';
import { isInstalled } from '../helpers/programs.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A catalog with texts that have no place to break. */
const WIDE: Catalog = completed(
  catalogSchema.parse({
    id: 'wide',
    name: 'Wide',
    docs: { guide: 'Guide' },
    entries: [
      {
        id: 'wide',
        match: { status: 400, code: 'VERY_LONG_CODE_'.repeat(12), message: 'message'.repeat(30) },
        category: 'validation',
        title: 'unbreakable'.repeat(20),
        source: { doc: 'guide', section: 'https://docs.example.com/'.repeat(8) },
        example: { code: 'VERY_LONG_CODE_'.repeat(12), text: 'x'.repeat(400) },
      },
    ],
  }),
  () => builtIn.http,
);

/** Writes the site of catalogs to a new folder. */
function siteOf(catalogs: Catalog[]): string {
  const folder = emptyFolder();
  for (const [file, text] of renderSite(catalogs, { name: 'API errors', baseUrl: 'https://errors.example.com' })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), String(text));
  }
  return folder;
}

interface AxeResult {
  incomplete: { id: string }[];
  violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[];
  passes: { id: string; nodes: unknown[] }[];
}

describe.skipIf(!isInstalled('chromium'))('a site in a browser (needs chromium)', () => {
  let browser: Browser;
  let folder: string;
  let problems: string[] = [];

  beforeAll(async () => {
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    folder = siteOf([...builtIn.apis, WIDE]);
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(() => browser?.close());

  /** A page from the disk; what its console says and what it asks the network for become problems. */
  async function open(file: string, options: BrowserContextOptions = {}, from = folder): Promise<Page> {
    problems = [];
    const page = await (await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options })).newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('dialog', (dialog) => problems.push(dialog.message()));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) problems.push(request.url());
    });
    await page.goto(pathToFileURL(join(from, file)).href);
    return page;
  }

  const titles = (page: Page) => page.locator('#results li .title').allTextContents();
  const evaluated = async (page: Page, script: string) => (await page.evaluate(script)) as unknown;

  it('finds errors by code, status and words, the best first', async () => {
    const page = await open('index.html');
    const search = page.getByRole('searchbox', { name: 'Search errors' });
    for (const [words, title] of [
      ['key_locked', 'The API key is temporarily locked'],
      ['429 cost-unit', 'The daily cost-unit budget is used up'],
      ['INVALID_STATE active', 'The operation is not valid in the current state'],
    ] as const) {
      await search.fill(words);
      await page.locator('#results li:first-child .title', { hasText: title }).waitFor();
      expect(await page.getByRole('status').textContent()).toMatch(/^\d+ errors?/);
    }
    await search.fill('zebra crossing');
    await page.getByText('No error found.').waitFor();
    await search.fill('');
    await page.locator('#results').waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
  });

  it('is searched with the keyboard alone', async () => {
    const page = await open('victims/key-locked/index.html');
    await page.keyboard.press('/');
    await page.keyboard.type('quota cost');
    await page.locator('#results li').first().waitFor();
    const found = await titles(page);
    await page.keyboard.press('ArrowDown');
    expect(await evaluated(page, 'document.activeElement.textContent')).toContain(found[0]);
    await page.keyboard.press('ArrowUp');
    expect(await evaluated(page, 'document.activeElement.id')).toBe('search');
    await page.keyboard.press('Escape');
    expect(await page.locator('#results').isVisible()).toBe(false);
    // A slash belongs to what is typed.
    await page.keyboard.type('a/b');
    expect(await page.getByRole('searchbox').inputValue()).toBe('a/b');
    await page.getByRole('searchbox').fill('quota_exhausted');
    await page.locator('#results li:first-child .title', { hasText: 'budget' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/victims/quota-exhausted/index.html');
    expect(problems).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has names for everything and enough contrast in %s', async (colorScheme) => {
    for (const file of ['codes.html', 'elder-protection/invalid-state/index.html']) {
      const page = await open(file, { colorScheme });
      await page.getByRole('searchbox').fill('rate');
      await page.locator('#results li').first().waitFor();
      // As a text, since the policy of the page forbids a script.
      await page.evaluate(AXE);
      const { violations, incomplete, passes } = (await evaluated(page, 'axe.run({ preload: false })')) as AxeResult;
      expect(violations.map(({ id, nodes }) => ({ id, first: nodes[0] }))).toEqual([]);
      expect(incomplete.map(({ id }) => id)).not.toContain('color-contrast');
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'link-name', 'label']));
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  it.each(['index.html', 'codes.html', 'categories.html', 'victims/key-locked/index.html', 'wide/wide/index.html'])(
    'fits 390 pixels: %s',
    async (file) => {
      const page = await open(file, { viewport: { width: 390, height: 844 } });
      await page.getByRole('searchbox').fill('code');
      await page.locator('#results li').first().waitFor();
      expect(await evaluated(page, 'document.documentElement.scrollWidth')).toBe(390);
    },
  );

  it('is whole without scripts, but for the search', async () => {
    const page = await open('index.html', { javaScriptEnabled: false });
    expect(await page.getByRole('search').count()).toBe(0);
    await page.getByRole('link', { name: 'KEY_LOCKED' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The API key is temporarily locked');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByRole('link', { name: 'Codes' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Codes');
    expect(problems).toEqual([]);
  });

  it('prints an error without navigation', async () => {
    const page = await open('victims/key-locked/index.html');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByRole('navigation').filter({ visible: true }).allTextContents()).toEqual(['Victims']);
    expect(await evaluated(page, 'getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await evaluated(page, 'getComputedStyle(document.querySelector(".status")).color')).toBe('rgb(0, 0, 0)');
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('runs nothing of a hostile catalog', async () => {
    const hostile = siteOf([completed(catalogSchema.parse(HOSTILE_CATALOG))]);
    for (const file of ['index.html', 'hostile/attack-0/index.html', 'hostile/attack-2/index.html']) {
      const page = await open(file, {}, hostile);
      await page.getByRole('searchbox').fill('owned');
      await page.locator('#results li').first().waitFor();
      expect(await evaluated(page, 'globalThis.owned')).toBeUndefined();
      expect(await page.title()).not.toBe('owned');
      expect(problems).toEqual([]);
    }
  });

  it('answers a problem type on a web server with the page of the error', async () => {
    const { url } = await serve((request, response) => {
      const path = join(folder, new URL(request.url ?? '', 'http://x').pathname);
      if (statSync(path).isDirectory() && !path.endsWith('/')) {
        response.writeHead(301, { location: `${request.url}/` }).end();
        return;
      }
      const file = path.endsWith('/') ? `${path}index.html` : path;
      const type = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
      response.setHeader('content-type', type[file.split('.').at(-1) as keyof typeof type] ?? 'application/json');
      response.end(readFileSync(file));
    });
    const { entries } = JSON.parse(readFileSync(join(folder, 'errors.json'), 'utf8')) as {
      entries: { type: string; title: string }[];
    };
    const page = await (await browser.newContext()).newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    for (const { type, title } of [entries[0], entries.at(-2)] as typeof entries) {
      await page.goto(type.replace('https://errors.example.com', url));
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
      await page.getByRole('searchbox').fill('key_locked');
      await page.locator('#results li').first().waitFor();
    }
    expect(said).toEqual([]);
  });
});
