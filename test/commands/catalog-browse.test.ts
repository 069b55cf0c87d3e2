import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryListSchema, entryReportSchema } from '../../src/catalogs/entry-report-schema.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

describe('catalog list', () => {
  it('lists the entries of one catalog, of one category', async () => {
    const { code, stdout } = await run(['catalog', 'list', '--api', 'victims', '--category', 'quota']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^victims\/quota-exhausted +429 +\S/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints JSON', async () => {
    const { stdout } = await run(['catalog', 'list', '--api', 'http', '--format', 'json']);
    const list = entryListSchema.parse(JSON.parse(stdout));
    expect(list.entries[0]).toMatchObject({ id: 'http/moved', api: null, category: 'redirect' });
  });
});

describe('catalog search', () => {
  it.each([
    [['key_locked'], 'victims/key-locked'],
    [['429', 'cost-unit'], 'victims/quota-exhausted'],
    [['cross-tenant'], 'cryptocomply/not-found'],
  ])('finds by %j the best entry first', async (words, id) => {
    const { stdout } = await run(['catalog', 'search', ...words, '--format', 'json']);
    const [first] = entryListSchema.parse(JSON.parse(stdout)).entries;
    expect(first?.id).toBe(id);
  });

  it('says that there is none', async () => {
    expect(await run(['catalog', 'search', 'zebra', 'crossing'])).toMatchObject({
      code: 1,
      stdout: 'No entry found.\n',
    });
  });
});

const SHOP = `
id: shop
name: Shop API
version: 2
docs:
  guide: { title: "Shop API, Errors", address: https://shop.example.com/docs, licence: CC-BY-4.0, date: 2026-02-03 }
envelope: { code: /code, message: /message }
entries:
  - id: sold-out
    match: { status: 409, code: [SOLD_OUT, E17], message: "{article} is sold out" }
    category: conflict
    title: The article is sold out
    cause: The stock is used up.
    source: { doc: guide, section: Conflicts, address: "https://shop.example.com/docs#conflicts" }
    example: { code: SOLD_OUT, message: A chair is sold out }
`;

function shopFolder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'shop.yaml'), SHOP);
  writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [shop.yaml]\n');
  return cwd;
}

describe('catalog show', () => {
  it.each([
    ['an ID with its catalog', ['shop/sold-out'], ['shop/sold-out']],
    ['an ID', ['sold-out'], ['shop/sold-out']],
    ['a code in any notation', ['soldOut'], ['shop/sold-out']],
    ['another code of an entry', ['E17'], ['shop/sold-out']],
    ['a status, in the catalogs of APIs and of statuses', ['410'], ['http/gone']],
    ['a status in one catalog', ['409', '--api', 'shop'], ['shop/sold-out']],
    ['a network failure', ['ENOTFOUND'], ['network/name-not-found']],
  ])('finds the entry of %s', async (_, argv, ids) => {
    const { stdout } = await run(['catalog', 'show', ...argv, '--format', 'json'], { cwd: shopFolder() });
    const report = entryReportSchema.parse(JSON.parse(stdout));
    expect(report.entries.map(({ id }) => id)).toEqual(ids);
  });

  it('shows what is documented and what is general, where it says so, and the example', async () => {
    const { code, stdout } = await run(['catalog', 'show', 'sold-out'], { cwd: shopFolder() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^409 Conflict {2}The article is sold out +Shop API\n {2}shop\/sold-out, conflict\n/);
    expect(stdout).toMatch(/\n {2}Why {4}The stock is used up\.\n/);
    expect(stdout).toMatch(/\n {2}Retry {2}.*\n?.*\(general\)\n/);
    expect(stdout).toContain('Docs   Shop API, Errors, Conflicts\n         https://shop.example.com/docs#conflicts\n');
    expect(stdout).toContain('CC-BY-4.0, read on 2026-02-03');
    expect(stdout).toContain('"message": "A chair is sold out"');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says which entry was probably meant', async () => {
    const { code, stderr } = await run(['catalog', 'show', 'SOLD_OUTT'], { cwd: shopFolder() });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: no entry of any catalog has "SOLD_OUTT" as ID, code or status; did you mean "SOLD_OUT"?\n',
    });
  });

  it('refers to the search for what is close to no name', async () => {
    const { code, stderr } = await run(['catalog', 'show', 'somebody emptied the whole depot']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('; errprobe catalog search finds') });
  });
});

describe('a long list', () => {
  const argv = ['catalog', 'list', '--api', 'http'];
  const env = { PATH: process.env.PATH ?? '', TERM: 'xterm' };

  it('is shown page by page on a terminal, by the pager of the environment', async () => {
    const { stdout, code } = await run(argv, { tty: true, rows: 24, env: { ...env, PAGER: "sed 's/^/| /'" } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| http\/moved/);
  });

  it.each([
    ['in a pipe', { tty: false }, "sed 's/^/| /'"],
    ['on a terminal without a pager', { tty: true, rows: 24 }, ''],
    ['on a terminal without pages', { tty: true, rows: 24 }, 'cat'],
    ['with a pager that is not there', { tty: true, rows: 24 }, 'no-such-pager 2>/dev/null'],
    ['if it fits on the terminal', { tty: true, rows: 1000 }, "sed 's/^/| /'"],
  ])('is written as it is %s', async (_, look, pager) => {
    const { stdout, code } = await run(argv, { ...look, env: { ...env, PAGER: pager } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http\/moved/);
  });
});
