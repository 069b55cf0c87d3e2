import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, type Run, run } from '../helpers/terminal.ts';

/** Runs a file of checks, given as a value or a text. */
async function check(file: unknown, argv: string[] = [], given: Parameters<typeof run>[1] = {}): Promise<Run> {
  const cwd = given.cwd ?? emptyFolder();
  writeFileSync(join(cwd, 'errprobe.checks.yaml'), typeof file === 'string' ? file : JSON.stringify(file));
  return run(['check', ...argv], { cwd, ...given });
}

async function outcomes(file: unknown, argv: string[] = [], given: Parameters<typeof run>[1] = {}) {
  const { code, stdout } = await check(file, ['--format', 'json', ...argv], given);
  const report = JSON.parse(stdout) as Report;
  return {
    code,
    report,
    outcomes: Object.fromEntries(report.results.map((result) => [result.name, result.check?.outcome])),
  };
}

/** A server that answers every path as the path asks: `/404`, `/200?body=…`. */
async function api(): Promise<{ url: string; paths: () => string[] }> {
  const { url, requests } = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    response.writeHead(Number(pathname.slice(1)) || 200, { 'content-type': 'application/json', 'x-path': pathname });
    response.end(searchParams.get('body') ?? '{"id":"7"}');
  });
  return { url, paths: () => requests.map((request) => request.url ?? '') };
}

describe('checks', () => {
  it('expect a success with JSON when nothing else is said', async () => {
    const { url } = await api();
    const found = await outcomes({
      checks: [
        { name: 'good', request: `GET ${url}/200` },
        { name: 'empty', request: `GET ${url}/200?body=` },
        { name: 'missing', request: `GET ${url}/404` },
        { name: 'no JSON', request: `GET ${url}/200?body={` },
        { name: 'soft', request: `GET ${url}/200?body={"ok":false,"error":"x"}` },
        {
          name: 'soft and expected',
          request: `GET ${url}/200?body={"ok":false,"error":"x"}`,
          expect: { error: 'unknown' },
        },
      ],
    });
    expect(found.code).toBe(1);
    expect(found.outcomes).toEqual({
      good: 'passed',
      empty: 'passed',
      missing: 'failed',
      'no JSON': 'failed',
      soft: 'failed',
      'soft and expected': 'passed',
    });
    expect(found.report.summary).toMatchObject({ passed: 3, failed: 3, undocumented: 0 });
  });

  it('compare headers, time and a JSON Schema', async () => {
    const { url } = await api();
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'schemas'));
    const schema = { type: 'object', required: ['name'], properties: { id: { type: 'integer' } } };
    writeFileSync(join(cwd, 'schemas', 'thing.json'), JSON.stringify(schema));
    const { report } = await outcomes(
      {
        checks: [
          {
            name: 'header',
            request: `GET ${url}/200`,
            expect: { header: { 'X-Path': '/{}', 'Content-Type': 'text/plain' } },
          },
          { name: 'schema', request: `GET ${url}/200`, expect: { schema: 'schemas/thing.json' } },
        ],
      },
      [],
      { cwd },
    );
    expect(report.results.map((result) => result.check?.unmet)).toEqual([
      [{ what: 'header Content-Type', expected: 'text/plain', actual: 'application/json' }],
      [
        {
          what: 'schema',
          expected: 'valid against schemas/thing.json',
          actual: "the body must have required property 'name'",
        },
        { what: 'schema', expected: 'valid against schemas/thing.json', actual: '/id must be integer' },
      ],
    ]);
  });

  it('take longer than allowed', async () => {
    const { url } = await api();
    let now = 0;
    const { report } = await outcomes(
      { checks: [{ name: 'slow', request: `GET ${url}/200`, expect: { within: '100ms' } }] },
      [],
      { now: () => (now += 1000) },
    );
    expect(report.results[0]?.check?.unmet).toMatchObject([{ what: 'within', expected: '100 ms' }]);
  });

  it('run as many at once as allowed, over connections that are kept', async () => {
    const sockets = new Set<unknown>();
    const held: (() => void)[] = [];
    let open = 0;
    let most = 0;
    // Holds the first four until all of them have arrived.
    const { url } = await serve((request, response) => {
      sockets.add(request.socket);
      most = Math.max(most, ++open);
      held.push(() => {
        open--;
        response.end('{}');
      });
      if (sockets.size === 4) for (const answer of held.splice(0)) answer();
    });
    const checks = Array.from({ length: 40 }, (_, i) => ({ name: `c${i}`, request: `GET ${url}/${i}` }));
    expect((await check({ checks }, ['--jobs', '4'])).code).toBe(0);
    expect({ most, sockets: sockets.size }).toEqual({ most: 4, sockets: 4 });
  });

  it('pass captures on, and are not run when what they need did not pass', async () => {
    const { url, paths } = await api();
    const found = await outcomes({
      checks: [
        {
          name: 'uses',
          request: { method: 'POST', path: `${url}/200`, query: { id: `\${id}` }, body: { a: `\${id}"` } },
        },
        { name: 'has', request: `GET ${url}/200`, capture: { id: '/id', path: 'header:x-path' } },
        { name: 'broken', request: `GET ${url}/500`, capture: { other: '/id' } },
        { name: 'left', request: `GET ${url}/\${other}` },
      ],
    });
    expect(found.outcomes).toEqual({ uses: 'passed', has: 'passed', broken: 'failed', left: 'not-run' });
    expect(paths()).toContain('/200?id=7');
    expect(found.report.results[3]?.check?.reason).toBe('it needs what “broken” captures, which did not pass');
  });

  it('have variables from the file, the environment and the command line', async () => {
    const { url, paths } = await api();
    const file = {
      variables: { host: url, who: `\${USER_NAME}`, what: 'file' },
      checks: [
        { name: 'all', request: `GET \${host}/200?who=\${who}&what=\${what}` },
        { name: 'unset', request: `GET \${host}/200?\${hots}` },
        { name: 'only-if', request: `GET \${host}/200`, 'only-if': 'NOWHERE' },
      ],
    };
    const found = await outcomes(file, ['--var', 'what=line'], { env: { USER_NAME: 'me' } });
    expect(found.outcomes).toEqual({ all: 'passed', unset: 'error', 'only-if': 'skipped' });
    expect(paths()).toEqual(['/200?who=me&what=line']);
    expect(found.report.results[1]?.check?.reason).toBe('the variable hots is not set; did you mean "host"?');
  });

  it('are flaky when a retry helps, which can be made to fail', async () => {
    const file = {
      api: 'raptor-comply',
      checks: [{ name: 'f', request: 'GET /cyber-assets', mock: '429,200', retry: 2 }],
    };
    const found = await outcomes(file, ['--mock']);
    expect(found).toMatchObject({ code: 0, report: { summary: { passed: 1, flaky: 1 } } });
    expect(found.report.results[0]).toMatchObject({ flaky: true, attempts: [{ status: 429 }, { status: 200 }] });
    expect((await check(file, ['--mock', '--fail-on-flaky'])).code).toBe(1);
  });

  it('do not try again what is expected to fail', async () => {
    const { url, paths } = await api();
    const file = { checks: [{ name: 'limit', request: `GET ${url}/429`, expect: { error: 'rate-limit' } }] };
    expect((await check(file, ['--retry', '3'])).code).toBe(0);
    expect(paths()).toHaveLength(1);
  });

  it('stop at the first that does not pass when asked', async () => {
    const { url } = await api();
    const checks = ['200', '500', '200', '200'].map((status, i) => ({ name: `${i}`, request: `GET ${url}/${status}` }));
    const found = await outcomes({ checks }, ['--fail-fast', '--jobs', '1']);
    expect(found.outcomes).toEqual({ 0: 'passed', 1: 'failed', 2: 'not-run', 3: 'not-run' });
    expect(found.code).toBe(1);
  });

  it('say of an interrupt what was done and what was not', async () => {
    const { url } = await api();
    const interrupt = new AbortController();
    const hanging = await serve(() => interrupt.abort('SIGINT'));
    const found = await outcomes(
      {
        checks: [
          { name: 'before', request: `GET ${url}/200` },
          { name: 'during', request: `GET ${hanging.url}/` },
          { name: 'after', request: `GET ${url}/200` },
        ],
      },
      ['--jobs', '1'],
      { signal: interrupt.signal },
    );
    expect(found.code).toBe(130);
    expect(found.outcomes).toEqual({ before: 'passed', during: 'not-run', after: 'not-run' });
  });

  it('end in bounded time, whatever the server does', async () => {
    const endless = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = () => {
        while (response.write('[1,'.repeat(1000)));
        response.once('drain', pour);
      };
      pour();
    });
    const silent = `http://127.0.0.1:${await serveTcp(() => {})}`;
    const down = `http://127.0.0.1:${await closedPort()}`;
    const found = await outcomes(
      {
        checks: [
          { name: 'endless', request: `GET ${endless.url}/` },
          { name: 'silent', request: `GET ${silent}/`, timeout: '100ms' },
          { name: 'down', request: `GET ${down}/` },
        ],
      },
      ['--timeout', '20s'],
    );
    expect(found.code).toBe(1);
    expect(found.outcomes).toEqual({ endless: 'failed', silent: 'error', down: 'error' });
    const limited = await outcomes({ checks: [{ name: 'silent', request: `GET ${silent}/` }] }, [
      '--time-limit',
      '100ms',
    ]);
    expect(limited.outcomes).toEqual({ silent: 'not-run' });
    expect(limited.report.results[0]?.check?.reason).toBe('the time for all checks is over');
  });

  it('can come from .http files and from several files at once', async () => {
    const { url } = await api();
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'a.http'),
      `@url = ${url}\n\n### one\nGET {{url}}/200\n\n###\nGET {{url}}/200\n\n###\nGET {{url}}/200\n`,
    );
    writeFileSync(join(cwd, 'b.yaml'), JSON.stringify({ checks: [{ name: 'two', request: `GET ${url}/200` }] }));
    const { code, stdout } = await run(['check', '*.http', 'b.yaml', '--format', 'json'], { cwd });
    expect(code).toBe(0);
    const names = (JSON.parse(stdout) as Report).results.map(
      (result) => `${result.check?.file}:${result.check?.line} ${result.name}`,
    );
    expect(names).toEqual([
      'a.http:4 one',
      `a.http:7 GET {{url}}/200`,
      `a.http:10 GET {{url}}/200 (2)`,
      'b.yaml:1 two',
    ]);
  });

  it('go where their API is, with its key, and keep it out of every report', async () => {
    const key = 'sk_live_51Habcdefghijklmnop';
    const echo = await serve((request, response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'x-echo': String(request.headers['x-api-key']) });
      response.end(JSON.stringify({ error: 'Bad Request', message: `bad key ${request.headers['x-api-key']}` }));
    });
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { baseUrl: ${echo.url} } }`);
    const formats = ['junit', 'json', 'tap', 'markdown', 'html', 'github'];
    const reports = formats.flatMap((format) => ['--report', `${format}=out.${format}`]);
    const file = {
      api: 'raptor-comply',
      checks: [
        { name: 'configured', request: 'GET /cyber-assets' },
        { name: 'from a variable', request: 'GET /cyber-assets', key: `\${OTHER_KEY}` },
      ],
    };
    const { stdout, stderr, code } = await check(file, reports, {
      cwd,
      env: { RAPTOR_COMPLY_API_KEY: key, OTHER_KEY: 'other-key-123456' },
    });
    expect(code).toBe(1);
    expect(echo.requests.map((request) => request.headers['x-api-key']).sort()).toEqual(['other-key-123456', key]);
    const texts = [stdout, stderr, ...formats.map((format) => readFileSync(join(cwd, `out.${format}`), 'utf8'))];
    for (const text of texts) expect(text).not.toMatch(new RegExp(`${key}|other-key-123456`));
  });
});

describe('a file of checks that is wrong', () => {
  const of = (...checks: unknown[]) => ({ checks });
  const ok = { name: 'a', request: 'GET http://127.0.0.1/' };

  it.each<[string, unknown, RegExp]>([
    [
      'an unknown key',
      of({ ...ok, expects: {} }),
      /yaml:1:\d+: unknown key "expects" in checks “a”; did you mean "expect"\?/,
    ],
    ['no checks', { checks: [] }, /checks: has no item/],
    [
      'an unknown key of a request',
      of({ name: 'a', request: { path: '/x', header: { a: 'b' } } }),
      /yaml:1:\d+: unknown key "header" in checks “a”.request; did you mean "headers"\?/,
    ],
    [
      'a value of a query that is a list',
      of({ name: 'a', request: { path: '/x', query: { a: [1] } } }),
      /yaml:1:\d+: checks “a”.request.query.a: write a text, .*or a number, .*or true or false/,
    ],
    [
      'a status that there is not',
      of({ ...ok, expect: { status: [200, 42] } }),
      /checks “a”.expect.status #2: write 100 or more/,
    ],
    ['a key that is no key', of({ ...ok, key: true }), /checks “a”.key: write a text, .*or false/],
    ['an empty file', '  \n', /is empty/],
    ['two checks of one name', of(ok, ok), /duplicate check name “a” \(first used on line 1\)/],
    ['an unknown API', { api: 'raptor', ...of(ok) }, /there is no API "raptor"\. Known APIs: raptor-comply, /],
    [
      'an unknown entry',
      of({ ...ok, expect: { error: 'victims/quota-exhausted2' } }),
      /neither a category nor the id of an entry; did you mean "victims\/quota-exhausted"\?/,
    ],
    [
      'an entry without its API',
      of({ ...ok, expect: { error: 'key-locked' } }),
      /did you mean "victims\/key-locked"\?/,
    ],
    [
      'a rule that is none',
      of({ ...ok, expect: { json: { '/a': { typ: 'string' } } } }),
      /unknown rule "typ"; did you mean "type"\?/,
    ],
    [
      'a parameter without a value',
      of({ name: 'a', request: { path: '/x/{id}' } }),
      /the path uses \{id\}, but params does not define id/,
    ],
    ['a schema that is missing', of({ ...ok, expect: { schema: 'no.json' } }), /cannot read no.json/],
    ['no request', of({ name: 'a' }), /checks “a”.request: is missing/],
    [
      'a duration without a unit',
      of({ ...ok, timeout: 5 }),
      /yaml:1:\d+: checks “a”.timeout: write a duration with its unit: 500ms, 5s/,
    ],
    [
      'a pointer without a slash',
      of({ ...ok, expect: { json: { id: 42 } } }),
      /checks “a”.expect.json.*: write the name as a JSON Pointer, which begins with a slash/,
    ],
    ['a list in the place of the whole', [ok], /yaml:1:1: write a map: lines of "name: value", not a list/],
    [
      'captures in a circle',
      of(
        { name: 'a', request: `GET http://x/\${b}`, capture: { a: '/x' } },
        { name: 'b', request: `GET http://x/\${a}`, capture: { b: '/x' } },
      ),
      /need each other's captures: “a” → “b” → “a”/,
    ],
    ['a report of no known format', of(ok), /"junits"; did you mean "junit"\?/],
  ])('is refused: %s', async (what, file, message) => {
    const argv = what.startsWith('a report') ? ['--report', 'junits=x'] : [];
    const { code, stderr, stdout } = await check(file, argv);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('has all its problems told at once', async () => {
    const { stderr } = await check(of({ ...ok, expect: { error: 'nope/x' } }, ok, { ...ok, name: 'b', api: 'x' }));
    expect(stderr.trim().split('\n')).toHaveLength(3);
  });

  it.each<[string, string[], RegExp]>([
    ['a file that is missing', ['no.yaml'], /cannot read no.yaml: there is no such file/],
    ['a glob without files', ['*.none'], /no file matches/],
    ['nothing to find', [], /no errprobe.checks.yaml in this folder/],
  ])('is not there: %s', async (_, argv, message) => {
    const { code, stderr } = await run(['check', ...argv], { cwd: emptyFolder() });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('selects nothing', async () => {
    const { code, stderr } = await check(of(ok), ['--tag', 'none']);
    expect(stderr).toMatch(/none of 1 checks matches/);
    expect(code).toBe(2);
  });

  it('cannot write its report', async () => {
    const file = { api: 'victims', checks: [{ name: 'a', request: 'GET /v1/victims/1001' }] };
    const { code, stdout, stderr } = await check(file, ['--mock', '--report', 'junit=no/such/folder.xml']);
    expect(stderr).toMatch(/cannot write no\/such\/folder.xml: ENOENT/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    const json = await check(file, ['--mock', '--format', 'json', '--report', 'junit=no/such/folder.xml']);
    expect(JSON.parse(json.stdout)).toMatchObject({ exit: { code: 2 }, results: [] });
  });

  it('belongs to no API that is known', async () => {
    const found = await outcomes(of({ name: 'a', request: 'GET /things' }));
    expect(found.report.results[0]?.check?.reason).toMatch(/which API does \/things belong to\?/);
    expect(found.code).toBe(1);
  });
});
