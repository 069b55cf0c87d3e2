import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const PAGE = `# Crates API errors

| Status | Code | Description | How to fix |
| --- | --- | --- | --- |
| 409 | \`lid_open\` | The lid is open. | Close the lid. |
| 404 | \`no_crate\` | There is no such crate. | |

\`\`\`json
{ "code": "lid_open", "message": "The lid of 7 is open" }
\`\`\`

## Retrying

Do not retry 4xx errors.
`;

const OPENAPI = JSON.stringify({
  openapi: '3.0.0',
  info: { title: 'Crates API' },
  servers: [{ url: 'https://crates.example.com' }],
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  paths: { '/crates': { get: { responses: { 503: { description: 'The depot is closed on Sundays' } } } } },
});

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'errors.md'), PAGE);
  writeFileSync(join(cwd, 'openapi.json'), OPENAPI);
  return cwd;
}

describe('catalog import', () => {
  it('makes a catalog of which every command can be used', async () => {
    const cwd = folder();
    const made = await run(['catalog', 'import', 'errors.md', 'openapi.json', '--id', 'crates', '-o', 'crates.yaml'], {
      cwd,
    });
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect(made.stderr).toContain('3 entries');
    expect(made.stderr).toContain('crates.yaml');
    writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');

    const explained = await run(['explain', '--api', 'crates', '--format', 'json'], {
      cwd,
      input: 'HTTP/1.1 409 Conflict\ncontent-type: application/json\n\n{"code":"lid_open","message":"x"}',
    });
    expect(JSON.parse(explained.stdout).results[0].diagnosis).toMatchObject({
      id: 'crates/lid-open',
      documented: true,
      cause: 'The lid is open.',
      resolution: ['Close the lid.'],
      retry: { advice: 'never' },
      from: { cause: 'documented', resolution: ['documented'], retry: 'documented' },
      source: { doc: 'Crates API errors', section: 'Crates API errors' },
    });
    const looked = await run(['explain', 'no_crate', '--api', 'crates'], { cwd });
    expect(looked.stdout).toContain('(general)');

    const env = { CRATES_API_KEY: 'secret-of-the-crates' };
    const called = await run(['call', 'GET', '/crates', '--api', 'crates', '--mock', 'no-crate', '--format', 'json'], {
      cwd,
      env,
    });
    expect(JSON.parse(called.stdout).results[0]).toMatchObject({
      response: { status: 404, body: { code: 'no_crate' } },
      diagnosis: { id: 'crates/no-crate' },
    });

    writeFileSync(
      join(cwd, 'checks.yaml'),
      'api: crates\nchecks:\n  - { name: open, request: GET /crates, mock: lid-open, expect: { error: crates/lid-open } }\n',
    );
    const checked = await run(['check', 'checks.yaml', '--mock', '--format', 'json'], { cwd, env });
    expect(checked.code, checked.stdout + checked.stderr).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true });

    const linted = await run(['catalog', 'lint', 'crates.yaml', '--format', 'json'], { cwd, env });
    expect([linted.code, JSON.parse(linted.stdout).ok], linted.stdout).toEqual([0, true]);

    const site = await run(['catalog', 'site', 'crates.yaml', '-o', 'public'], { cwd, env });
    expect(site.code, site.stderr).toBe(0);
    const pages = readdirSync(join(cwd, 'public'), { recursive: true, encoding: 'utf8' });
    expect(pages.filter((path) => path.includes('lid-open') && path.endsWith('.html'))).not.toEqual([]);
  });

  it('prints one JSON document with catalog and report', async () => {
    const { stdout, stderr } = await run(['catalog', 'import', 'errors.md', '--id', 'crates', '--format', 'json'], {
      cwd: folder(),
    });
    const { catalog, report } = JSON.parse(stdout);
    expect(catalog.entries.map(({ id }: { id: string }) => id)).toEqual(['lid-open', 'no-crate']);
    // What no document says is there, too, and is marked.
    expect(catalog.entries[1].resolution[0]).toEqual({ general: expect.any(String) });
    expect(report).toMatchObject({ entries: 2, with: { cause: 2, resolution: 1, retry: 2, example: 1 } });
    expect(stderr).toBe('');
  });

  it.each([
    [
      'a service model',
      'model.json',
      '{"version":"2.0","metadata":{"protocol":"json","serviceId":""},"shapes":{"Gone":{"exception":true}}}',
    ],
    ['a page', 'page.html', '<title> </title><h1></h1><h2>410 Gone</h2><p>The crate is gone.</p>'],
    [
      'OpenAPI',
      'api.json',
      '{"openapi":"3.1.0","info":{"title":" "},"paths":{"/a":{"get":{"responses":{"410":{"description":"Gone"}}}}}}',
    ],
  ])('calls a catalog and its document by their files where %s has an empty title', async (_, file, text) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, file), text);
    const { code, stdout } = await run(['catalog', 'import', file, '--id', 'crates', '--format', 'json'], { cwd });
    expect(code).toBe(0);
    const { name, docs } = JSON.parse(stdout).catalog;
    expect([name, ...Object.values<{ title: string }>(docs).map(({ title }) => title)]).toEqual(['crates', file]);
  });

  it('imports again without losing comments and what was written by hand', async () => {
    const cwd = folder();
    const argv = ['catalog', 'import', 'errors.md', '--id', 'crates', '-o', 'crates.yaml'];
    await run(argv, { cwd });
    const file = join(cwd, 'crates.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('cause: The lid is open.', 'cause: Somebody left it open. # mine'),
    );
    writeFileSync(
      join(cwd, 'errors.md'),
      PAGE.replace('The lid is open.', 'The lid was open.')
        .replace('no_crate', 'no_box')
        .replace('Close the lid.', 'Shut it.'),
    );
    const { stderr } = await run(argv, { cwd });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('cause: Somebody left it open. # mine');
    expect(text).toContain('Shut it.');
    expect(text).toContain('id: no-box');
    expect(text).toContain('id: no-crate');
    expect(stderr).toContain('no-crate (no document has it any more');
    expect(stderr).toContain('lid-open: cause (changed by hand and in the document)');
  });

  it.each([
    ['broken JSON', 'broken.json', '{\n  "openapi": "3.0.0",\n  oops\n}', 'broken.json:3:'],
    ['a file without errors', 'empty.md', '# Welcome\n\nNothing here.\n', 'empty.md:1:1: no errors were found'],
    ['an empty file', 'nothing.md', '', 'nothing.md:1:1: it is empty'],
    ['JSON that was cut', 'cut.json', OPENAPI.slice(0, 80), 'cut.json:1:'],
    ['broken YAML', 'broken.yaml', 'openapi: 3.0.0\npaths:\n  /a: [\n', 'broken.yaml:'],
    ['a value that is no document', 'text.yaml', 'just text\n', 'text.yaml:1:1:'],
    ['a CSV without columns', 'rows.csv', 'a,b\n1,2\n', 'rows.csv:1:1:'],
    ['a document of other things', 'data.json', '{"crates":[1,2]}', 'data.json:1:1:'],
  ])('refuses %s with its place, and writes nothing', async (_, name, text, expected) => {
    const cwd = folder();
    writeFileSync(join(cwd, name), text);
    const { code, stderr } = await run(['catalog', 'import', name, '--id', 'crates', '-o', 'crates.yaml'], { cwd });
    expect([code, existsSync(join(cwd, 'crates.yaml'))]).toEqual([2, false]);
    expect(stderr).toContain(expected);
  });

  it.each([
    [['--id', 'My API'], '--id takes'],
    [['--id', 'x', '--map', 'foo=bar'], 'role=member'],
  ])('explains a wrong option: %j', async (argv, expected) => {
    const { code, stderr } = await run(['catalog', 'import', 'errors.md', ...argv], { cwd: folder() });
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });

  it.each<[string, string]>([
    ['half of it', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number for the entries', '{"entries":7}'],
    ['a prototype', '{"__proto__":{}}'],
    ['NUL', '\0'],
    ['endless brackets', '['.repeat(30_000)],
  ])('refuses what stands in place of the last import: %s', async (_, text) => {
    const cwd = folder();
    const argv = ['catalog', 'import', 'errors.md', '--id', 'crates', '-o', 'crates.yaml'];
    await run(argv, { cwd });
    writeFileSync(join(cwd, 'crates.imported.json'), text);
    const { code, stderr } = await run(argv, { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('crates.imported.json:1:1: it is not'),
    });
  });

  it('gives an error of which only punctuation is left its code for a title', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'd.txt'), '404 NOT_FOUND - there is no such thing\n\nE_BAD\n  The value is bad.\n.\n.\n');
    expect(await run(['catalog', 'import', 'd.txt', '--id', 'a'], { cwd })).toMatchObject({ code: 0 });
  });

  it('opens only what lies at or below the folder of the document, or where it runs', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'home/docs/api'), { recursive: true });
    const put = (file: string, code: string) =>
      writeFileSync(
        join(cwd, file),
        JSON.stringify({ Bad: { description: `The depot of ${code} is closed on Sundays.` } }),
      );
    put('secret.json', 'SECRET');
    put('home/beside.json', 'BESIDE');
    put('home/docs/own.json', 'OWN');
    put('home/docs/api/below.json', 'BELOW');
    symlinkSync(join(cwd, 'secret.json'), join(cwd, 'home/docs/link.json'));
    symlinkSync(join(cwd), join(cwd, 'home/docs/up'));
    const refs = ['own.json', 'api/below.json', '../beside.json', '../../secret.json', 'link.json', 'up/secret.json'];
    refs.push(join(cwd, 'secret.json'), `file://${join(cwd, 'secret.json')}`, 'none.json');
    const responses = Object.fromEntries(refs.map((ref, i) => [`${400 + i}`, { $ref: `${ref}#/Bad` }]));
    const paths = {
      '/a': { get: { responses: { ...responses, 499: { description: 'The depot is closed on Mondays.' } } } },
    };
    writeFileSync(join(cwd, 'home/docs/openapi.json'), JSON.stringify({ openapi: '3.0.0', info: {}, paths }));

    const imported = (document: string, folder: string) =>
      run(['catalog', 'import', document, '--id', 'a'], { cwd: join(cwd, folder), columns: 200 });
    const there = await imported('openapi.json', 'home/docs');
    expect(there.stdout).toMatch(/OWN[\s\S]*BELOW/);
    expect(there.stdout).not.toMatch(/SECRET|BESIDE/);
    expect(there.stderr).toMatch(
      /reference \.\.\/\.\.\/secret\.json#\/Bad: it leads out of the folder of the document; copy the file into it/,
    );
    const above = await imported('docs/openapi.json', 'home');
    expect(above.stdout).toMatch(/OWN[\s\S]*BELOW[\s\S]*BESIDE/);
    expect(above.stdout).not.toContain('SECRET');
    expect((await imported('home/docs/openapi.json', '.')).stdout).toContain('SECRET');
  });
});
