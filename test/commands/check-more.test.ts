import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const PAGE = '<html><head><title>Sign in</title></head><body>please</body></html>';

/** An API of which one path is a page, one redirects, and one has a body. */
const api = () =>
  serve((request, response) => {
    if (request.url === '/page') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
    else if (request.url === '/moved') response.writeHead(302, { location: '/item' }).end();
    else {
      const body = '{"items":[{"id":41,"name":"first"},{"id":42}],"total":2}';
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }
  });

async function checked(checks: object[], argv: string[] = [], more: object = {}) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ ...more, checks }));
  const { code, stdout, stderr } = await run(['check', ...argv], { cwd, env: { TOKEN: 'tok-93aa11bb' } });
  return { code, stdout, stderr, cwd };
}

describe('a check', () => {
  it('gets variables from a file', async () => {
    const { url, requests } = await api();
    const request = { path: `${url}/item`, headers: { 'X-A': '${FROM_FILE}' } };
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'my.env'), 'FROM_FILE=from the file\n');
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ checks: [{ name: 'a', request }] }));
    const { code, stderr } = await run(['check', '--env-file', 'my.env', '--allow-env', 'FROM_FILE'], { cwd });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(requests[0]?.headers['x-a']).toBe('from the file');
  });

  it('without expectations fails on a page, and passes where a page is expected', async () => {
    const { url } = await api();
    const request = `GET ${url}/page`;
    const { code, stdout } = await checked([
      { name: 'plain', request },
      { name: 'by status', request, expect: { status: 200 } },
      { name: 'by type', request, expect: { header: { 'content-type': 'text/html' } } },
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('body: expected an answer of the API, got an HTML page, “Sign in”');
    expect(stdout).toContain('2 passed, 1 failed');
  });

  it('can expect a redirect', async () => {
    const { url } = await api();
    const moved = { request: `GET ${url}/moved` };
    const { code, stdout } = await checked([
      { name: 'seen', ...moved, expect: { status: 302, header: { location: '/item' }, follow: false } },
      { name: 'as a class', ...moved, expect: { status: '3xx', follow: false } },
      { name: 'followed', ...moved, expect: { json: { '/total': 2 } } },
    ]);
    expect(stdout).toContain('3 passed');
    expect(code).toBe(0);
  });

  it('that fails after a redirect shows the request that was asked for, and the hop', async () => {
    const NEXT: Record<string, string> = { '/old': '/new', '/new': '/gone', '/lost': '/none' };
    const { url } = await serve((request, response) =>
      request.url === '/gone'
        ? response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
        : request.url === '/none'
          ? response.writeHead(404).end()
          : response.writeHead(request.url === '/old' ? 301 : 302, { location: NEXT[request.url ?? ''] }).end(),
    );
    const cwd = emptyFolder();
    const checks = [
      { name: 'asserted', request: `GET ${url}/old`, expect: { json: { '/a': 1 } } },
      { name: 'diagnosed', request: `GET ${url}/lost` },
    ];
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ checks }));
    const formats = ['junit', 'tap', 'markdown', 'html'];
    const argv = formats.flatMap((format) => ['--report', `${format}=out.${format}`]);
    const { stdout } = await run(['check', ...argv], { cwd });
    const plain = (text: string) => text.replaceAll(/(?:<[^>]*>|\s)+/g, ' ').replaceAll(/ +,/g, ',');
    expect(plain(stdout)).toContain(`GET ${url}/old, 301 to ${url}/new, 302 to ${url}/gone 200`);
    expect(plain(stdout)).toMatch(/GET \S+\/lost 302 to \S+\/none /);
    for (const format of formats) {
      const text = plain(readFileSync(join(cwd, `out.${format}`), 'utf8'));
      expect({ format, asked: /GET \S+\/old\b.{0,20}301 to \S+\/new/.test(text) }).toEqual({ format, asked: true });
    }
    const json = await run(['check', '--format', 'json'], { cwd });
    expect((JSON.parse(json.stdout) as Report).results[0]?.redirects).toEqual([
      { method: 'GET', url: `${url}/old`, status: 301, location: '/new' },
      { method: 'GET', url: `${url}/new`, status: 302, location: '/gone' },
    ]);
    expect((await run(['check', '-v'], { cwd })).stdout).toContain(`* GET ${url}/old: 301`);
  });

  it('that fails shows the request, the value with what is around it, and the exchange when asked', async () => {
    const { url } = await api();
    const checks = [{ name: 'a', request: `GET ${url}/item`, expect: { json: { '/items/0/id': 7, '/items/9': 1 } } }];
    const { stdout } = await checked(checks);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('json /items/0/id: expected 7, got 41 in /items/0: {"id":41,"name":"first"} json');
    expect(text).toContain('json /items/9: expected 1, got no value in /items: [{"id":41,');
    expect(text).toContain(`GET ${url}/item 200`);
    expect(text).not.toContain('> accept');
    const verbose = await checked(checks, ['-v']);
    expect(verbose.stdout).toContain('    > accept: ');
    expect(verbose.stdout).toContain('    < 200 OK\n    < content-type: application/json');
    expect(verbose.stdout).toContain('"total":2');
  });

  it('that fails comes with its curl command in each report, without its credentials', async () => {
    const { url } = await api();
    const request = { path: `${url}/item`, headers: { Authorization: `Bearer \${TOKEN}` } };
    const formats = ['junit', 'json', 'tap', 'markdown', 'html'];
    const argv = formats.flatMap((format) => ['--report', `${format}=out.${format}`]);
    const { cwd } = await checked([{ name: 'a', request, expect: { status: 404 } }], ['--allow-env', 'TOKEN', ...argv]);
    for (const format of formats) {
      const text = readFileSync(join(cwd, `out.${format}`), 'utf8');
      expect({ format, has: /curl .*\/item/s.test(text) }).toEqual({ format, has: true });
      expect(text).not.toContain('tok-93aa11bb');
    }
  });

  it('that lacks its key is told what a check can do about it', async () => {
    const { stdout } = await checked([{ name: 'a', request: 'GET /x' }], [], { api: 'raptor-comply' });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('add key: false to the check');
  });
});

describe('a run of checks', () => {
  it('can be listed without a request', async () => {
    const checks = [
      { name: 'one', request: 'GET http://127.0.0.1:1/a', tags: ['smoke'] },
      { name: 'second', request: { method: 'POST', path: 'http://127.0.0.1:1/b' } },
    ];
    const { code, stdout } = await checked(checks, ['--list']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'one     GET http://127.0.0.1:1/a  #smoke  errprobe.checks.yaml:1\nsecond  POST http://127.0.0.1:1/b  errprobe.checks.yaml:1\n',
    );
  });

  it('can be repeated, as one report', async () => {
    const { url } = await api();
    const { stdout } = await checked(
      [{ name: 'a', request: `GET ${url}/item` }],
      ['--repeat', '3', '--format', 'json'],
    );
    const report = JSON.parse(stdout) as Report;
    expect(report.results.map(({ name }) => name)).toEqual(['a (run 1 of 3)', 'a (run 2 of 3)', 'a (run 3 of 3)']);
    expect(report.summary).toMatchObject({ passed: 3 });
  });

  it('has standard output to itself when a report goes there', async () => {
    const { url } = await api();
    const { stdout, stderr } = await checked([{ name: 'a', request: `GET ${url}/item` }], ['--report', 'tap=-']);
    expect(stdout).toMatch(/^TAP version 14\n/);
    expect(stdout).not.toContain('✔');
    expect(stderr).toContain('✔ a');
  });

  it('runs again when its file changes, until it is interrupted', async () => {
    const { url } = await api();
    const cwd = emptyFolder();
    const file = join(cwd, 'errprobe.checks.yaml');
    const written = (name: string) => JSON.stringify({ checks: [{ name, request: `GET ${url}/item` }] });
    writeFileSync(file, written('first'));
    const interrupt = new AbortController();
    let waits = 0;
    const { PassThrough } = await import('node:stream');
    const stderr = new PassThrough().on('data', (text) => {
      if (!String(text).includes('Waiting for a change')) return;
      waits++;
      if (waits === 1) writeFileSync(file, written('second'));
      else interrupt.abort('SIGINT');
    });
    const { code, stdout } = await run(['check', '--watch'], {
      cwd,
      stderr: stderr as never,
      signal: interrupt.signal,
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/✔ first[\s\S]*✔ second/);
  });

  it('is not set off by the reports that it writes itself', async () => {
    const { url } = await serve((_, response) => response.end('{}'));
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'c.json'), JSON.stringify({ checks: [{ name: 'a', request: `GET ${url}/` }] }));
    const interrupt = new AbortController();
    let waits = 0;
    const { PassThrough } = await import('node:stream');
    const stderr = new PassThrough().on('data', (text) => {
      if (!String(text).includes('Waiting for a change')) return;
      if (++waits === 1) setTimeout(() => interrupt.abort('SIGINT'), 200);
    });
    const argv = ['check', 'c.json', '--watch', '--report', 'json=errprobe.json', '--report', 'html=errprobe.html'];
    const { code } = await run(argv, { cwd, stderr: stderr as never, signal: interrupt.signal });
    expect({ code, waits }).toEqual({ code: 130, waits: 1 });
  });
});
