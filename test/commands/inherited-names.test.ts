import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** Members that every object inherits: a table that is asked for one must not have it. */
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

const CATALOG = (doc: string, check: string) => `id: crates
name: Crates API
version: 2
docs: { guide: Guide }
entries:
  - id: lid-locked
    match: { status: 409, code: LID_LOCKED }
    category: conflict
    title: The lid is locked
    causes: [{ text: It is, check: ${check} }]
    source: { doc: ${doc}, section: A }
`;

describe.each(NAMES)('the name %s is like any other', (name) => {
  it('in the words of a call, and as a file', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(200, { [`x-${name}`]: 'a' }).end('{}'));
    const cwd = emptyFolder();
    const sent = await run(
      ['call', 'POST', `${url}/${name}`, '-d', `${name}=1`, '-H', `${name}: b`, '-q', `${name}=c`],
      {
        cwd,
      },
    );
    expect({ code: sent.code, stderr: sent.stderr }).toEqual({ code: 0, stderr: '' });
    expect(requests.at(-1)?.url).toBe(`/${name}?${name}=c`);
    for (const option of ['-o', '--har', '--report', '-c']) {
      const { code, stderr } = await run(['call', 'GET', url, option, name], { cwd });
      expect({ option, code, stderr }).toMatchObject({ code: 0 });
      expect(readFileSync(join(cwd, name), 'utf8')).not.toBe('');
    }
    writeFileSync(join(cwd, `a.${name}`), 'x');
    expect((await run(['call', url, '-F', `a=@a.${name}`], { cwd })).code).toBe(0);
    expect((await run(['call', url, '-T', `a.${name}`], { cwd })).code).toBe(0);
  });

  it('for a variable of a config, a check and a file of requests', async () => {
    const { url, requests } = await serve((_, response) => response.end('{}'));
    const cwd = emptyFolder();
    const files = {
      '.errproberc.json': JSON.stringify({ apis: { shop: { baseUrl: url, key: `\${${name}}` } } }),
      'c.yaml': `checks:\n  - { name: a, request: "GET ${url}/\${${name}}" }\n  - { name: b, request: { method: GET, path: "${url}/{${name}}" } }\n`,
      'a.http': `GET ${url}/{{${name}}}\n`,
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text);
    const call = await run(['call', 'GET', '/x', '--api', 'shop'], { cwd });
    expect(call).toMatchObject({ code: 2, stderr: expect.stringContaining(`the variable ${name} is not set`) });
    const checks = await run(['check', 'c.yaml'], { cwd });
    expect(checks).toMatchObject({ code: 2, stderr: expect.stringContaining(name) });
    const requested = await run(['check', 'a.http'], { cwd });
    expect(requested).toMatchObject({ code: 1, stdout: expect.stringContaining(`the variable ${name} is not set`) });
    expect(requests).toEqual([]);
  });

  it('for a header that is expected or captured', async () => {
    const { url } = await serve((_, response) => response.end('{}'));
    const cwd = emptyFolder();
    const check = {
      name: 'a',
      request: `GET ${url}/`,
      expect: { header: { [name]: 'x' } },
      capture: { c: `header:${name}` },
    };
    writeFileSync(join(cwd, 'c.json'), JSON.stringify({ checks: [check] }));
    const { code, stdout } = await run(['check', 'c.json', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    if (name !== '__proto__')
      expect(JSON.parse(stdout).results[0].check.unmet).toContainEqual(
        expect.objectContaining({ what: `header ${name}`, actual: 'none' }),
      );
  });

  it.each(['completion', 'history', 'init', 'exit-codes', 'doctor', 'audit', 'report', 'triage', 'catalog', 'apis'])(
    'as the word of %s',
    async (command) => {
      const { code, stderr } = await run([command, name], { cwd: emptyFolder() });
      expect([0, 1, 2], stderr).toContain(code);
    },
  );

  it('for a document, a check of evidence, an API and a profile', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'c.yaml'), CATALOG(name, 'key-missing'));
    const noDocument = await run(['catalog', 'export', 'c.yaml', '--format', 'json'], { cwd });
    expect(noDocument).toMatchObject({ code: 2, stderr: expect.stringContaining(`docs has no document "${name}"`) });
    writeFileSync(join(cwd, 'c.yaml'), CATALOG('guide', name));
    expect((await run(['catalog', 'export', 'c.yaml', '--format', 'json'], { cwd })).code).toBe(2);
    expect((await run(['explain', '404', '--api', name], { cwd })).code).toBe(2);
    expect((await run(['apis', '--profile', name], { cwd })).code).toBe(2);
    expect((await run(['catalog', 'show', name], { cwd })).code).toBe(2);
  });

  it('in a page, a message and an error', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'd'));
    const page = `<h2>404 <code>NO_CRATE</code></h2><p>There is <${name}>no</${name}> crate.</p><table ${name}="1"><${name}><tr><td>a</table>`;
    writeFileSync(join(cwd, 'd/a.html'), page);
    writeFileSync(join(cwd, `d/${name}.md`), `## 404 \`NO_CRATE\`\n\nThere is <${name}>no</${name}> crate.\n`);
    expect(await run(['catalog', 'import', 'd/a.html', `d/${name}.md`, '--id', 'a'], { cwd })).toMatchObject({
      code: 0,
    });
    const text = `HTTP/1.1 409 x\r\n${name}: a\r\n${name}: b\r\n\r\n{"code":"${name}","${name}":{"code":"${name}"},"errors":{"${name}":["bad"]}}`;
    const { code, stdout } = await run(['explain', '-', '--format', 'json'], { input: text });
    expect(code).toBe(0);
    expect(stdout).not.toContain('native code');
  });
});
