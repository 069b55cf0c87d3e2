import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const SHOP = (ids: string[]) => `
id: shop
name: Shop API
docs: { guide: "Shop, Errors" }
entries:
${ids.map((id, i) => `  - { id: ${id}, match: { status: ${400 + i} }, category: validation, title: ${id}, source: { doc: guide, section: Errors } }`).join('\n')}
`;

/** Every file in a folder, with its text. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8')]),
  );

const site = (cwd: string, args: string[]) => run(['catalog', 'site', ...args, '-o', 'public'], { cwd });

describe('catalog site', () => {
  it('writes all built-in catalogs if none is named', async () => {
    const cwd = emptyFolder();
    const { code, stdout } = await site(cwd, []);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^public\/index\.html: \d{4} errors of 25 catalogs\n$/),
    });
    const files = filesIn(join(cwd, 'public'));
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['index.html', 'errors.json', 'victims/key-locked/index.html']),
    );
    expect(readdirSync(cwd)).toEqual(['public']);
  });

  it('writes catalogs by ID and file, under the name that is given', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'shop.yaml'), SHOP(['sold-out']));
    const { stdout } = await site(cwd, ['shop.yaml', 'victims', '--title', 'Our <errors>']);
    expect(stdout).toContain('14 errors of 2 catalogs');
    const files = filesIn(join(cwd, 'public'));
    expect(files['shop/sold-out/index.html']).toContain('· Our &lt;errors&gt;</title>');
  });

  it('shows what was imported, with the sentences of the document', async () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'errors.md'),
      '# Errors\n\n| Code | Status | Cause |\n| --- | --- | --- |\n| OUT_OF_STOCK | 409 | The stock is used up. |\n',
    );
    await run(
      ['catalog', 'import', 'errors.md', '--id', 'shop', '--url', 'https://shop.example.com/errors', '-o', 'shop.yaml'],
      { cwd },
    );
    expect((await site(cwd, ['shop.yaml'])).code).toBe(0);
    const page = filesIn(join(cwd, 'public'))['shop/out-of-stock/index.html'] ?? '';
    expect(page).toContain('The stock is used up. <span class="mark documented">documented</span>');
    expect(page).toContain('<a href="https://shop.example.com/errors');
    expect(page).toContain('<span class="mark general">general</span>');
  });

  it('replaces a site: new pages come, old ones go, files of others stay', async () => {
    const cwd = emptyFolder();
    const folder = join(cwd, 'public');
    writeFileSync(join(cwd, 'shop.yaml'), SHOP(['sold-out', 'too-late']));
    await site(cwd, ['shop.yaml']);
    writeFileSync(join(folder, 'CNAME'), 'errors.example.com\n');
    writeFileSync(join(folder, 'shop/too-late/notes.txt'), 'mine');
    writeFileSync(join(cwd, 'shop.yaml'), SHOP(['sold-out', 'too-early']));
    expect((await site(cwd, ['shop.yaml'])).code).toBe(0);
    const once = filesIn(folder);
    expect(Object.keys(once)).toContain('shop/too-early/index.html');
    expect(Object.keys(once)).not.toContain('shop/too-late/index.html');
    expect(once).toMatchObject({ CNAME: 'errors.example.com\n', 'shop/too-late/notes.txt': 'mine' });
    await site(cwd, ['shop.yaml']);
    expect(filesIn(folder)).toEqual(once);
  });

  it('writes into a folder of other files only when forced', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'public'));
    writeFileSync(join(cwd, 'public/thesis.txt'), 'precious');
    writeFileSync(join(cwd, 'public/errors.json'), '{"schema":"mine"}');
    const refused = await site(cwd, ['victims']);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('add --force') });
    expect(readdirSync(join(cwd, 'public'))).toEqual(['errors.json', 'thesis.txt']);
    expect((await site(cwd, ['victims', '--force'])).code).toBe(0);
    expect(filesIn(join(cwd, 'public'))['thesis.txt']).toBe('precious');
  });

  it('deletes nothing outside, whatever the errors.json of the folder says', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'public'));
    mkdirSync(join(cwd, 'other'));
    writeFileSync(join(cwd, 'other/index.html'), 'precious');
    const entries = ['../other', 'a/../../other', '/etc', 'x'].map((id) => ({ id }));
    writeFileSync(
      join(cwd, 'public/errors.json'),
      JSON.stringify({ schema: 'errprobe/site@1', catalogs: [null], entries }),
    );
    expect((await site(cwd, ['victims'])).code).toBe(0);
    expect(readFileSync(join(cwd, 'other/index.html'), 'utf8')).toBe('precious');
  });

  it('follows no link out of its folder, and leaves what was there', async () => {
    const cwd = emptyFolder();
    const elsewhere = emptyFolder();
    await site(cwd, ['cryptocomply']);
    const before = filesIn(join(cwd, 'public'));
    symlinkSync(elsewhere, join(cwd, 'public/victims'));
    const { code, stderr } = await site(cwd, ['victims']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('is a symbolic link') });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(filesIn(join(cwd, 'public'))).toEqual(before);
  });

  it('leaves no half site behind when it cannot write or is interrupted', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'public'), 'a file');
    expect((await site(cwd, ['victims'])).code).toBe(2);
    const aborted = new AbortController();
    aborted.abort('SIGINT');
    await run(['catalog', 'site', 'victims', '-o', 'new'], { cwd, signal: aborted.signal });
    expect(existsSync(join(cwd, 'new')) ? readdirSync(join(cwd, 'new')) : []).toEqual([]);
  });

  it('hides secrets', async () => {
    const cwd = emptyFolder();
    const key = 'sk_test_topsecret_93471';
    writeFileSync(
      join(cwd, 'shop.yaml'),
      SHOP(['sold-out']).replace('title: sold-out', `title: "The key ${key} is old"`),
    );
    await run(['catalog', 'site', 'shop.yaml', '-o', 'public'], { cwd, env: { HOME: cwd, VICTIMS_API_KEY: key } });
    const text = Object.values(filesIn(join(cwd, 'public'))).join('\n');
    expect(text).toContain('The key [redacted] is old');
    expect(text).not.toContain(key);
  });
});
