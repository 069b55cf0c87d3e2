import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** What a JSON body with a status looks like on a terminal, from a server on this machine. */
async function called(status: number, body: string, type = 'application/json'): Promise<string> {
  const { url } = await serve((_, response) => response.writeHead(status, { 'content-type': type }).end(body));
  return (await run(['call', url])).stderr;
}

describe('the error of a foreign API', () => {
  it('is not said to look like that of an API in the catalogs', async () => {
    const body = '{"error":"Unauthorized","message":"Invalid API key"}';
    expect(await called(401, body)).not.toMatch(/raptor|elder|Note/);
  });

  it('has its code in one place only', async () => {
    const screen = await called(401, '{"error":"Unauthorized","message":"Invalid API key"}');
    expect(screen.match(/Unauthorized/g)).toHaveLength(1);
    expect(await called(409, '{"code":"E_TWICE","message":"It is there already"}')).toContain('Code   E_TWICE');
  });

  it('has the page of a problem type among its documentation', async () => {
    const type = 'https://example.com/probs/out-of-credit';
    const body = JSON.stringify({ type, title: 'No credit', detail: 'Your balance is 30.' });
    const screen = await called(403, body, 'application/problem+json');
    expect(screen).toMatch(/Docs [\s\S]*https:\/\/example\.com\/probs\/out-of-credit/);
    expect(screen).not.toContain('Code');
  });

  it('keeps the name of an exception that says only one word', async () => {
    const trace = 'Traceback (most recent call last):\n  File "a.py", line 3, in f\nKeyError: \'user\'\n';
    expect(await called(500, trace, 'text/plain')).toContain("500 Internal Server Error  KeyError: 'user'");
  });
});

describe('a key that is kept back', () => {
  const env = { RAPTOR_COMPLY_API_KEY: 'k1234567890abcd' };

  it.each<[string, string[], boolean]>([
    ['with the API named', ['--api', 'raptor-comply'], true],
    ['quietly', ['--api', 'raptor-comply', '--quiet'], false],
    ['with another host than any API', ['-v'], false],
  ])('is said after a success: %s', async (_, options, isSaid) => {
    const { url } = await serve((_request, response) => response.writeHead(200).end('1'));
    const { code, stdout, stderr } = await run(['call', url, ...options], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1' });
    expect(/The key was not sent: 127\.0\.0\.1:\d+ is not a host of raptor-comply\./.test(stderr)).toBe(isSaid);
  });
});

describe('what is not known', () => {
  it('gets no verdict on a retry', async () => {
    const { stdout } = await run(['explain', 'hello world this is nothing']);
    expect(stdout).not.toContain('Retry');
    expect(stdout).toContain('--status');
  });

  it.each<[string, string[], RegExp]>([
    ['an address', ['explain', 'https://example.com/a'], /opens no connection[\s\S]*errprobe call https:/],
    ['a file that is not there', ['explain', 'error.json'], /^error: there is no file error\.json$/m],
    ['a path', ['/orders/1'], /no file \/orders\/1\. If it is a path of an API:\s+errprobe call \/orders\/1/],
    ['a folder without checks', ['check'], /write one such as\n\n {2}checks:\n {4}- name: [\s\S]*request: GET https:/],
    ['a word', ['explain', 'foo'], /See errprobe explain --help/],
    ['a word without a command', ['foo'], /See errprobe explain --help/],
    ['a command to help with', ['help', 'nope'], /^error: there is no command "nope"[\s\S]*errprobe --help/],
    ['a command close to one', ['help', 'chek'], /did you mean "check"\?/],
    ['an option', ['call', '--nope'], /unknown option '--nope'[\s\S]*See errprobe call --help/],
    ['a missing argument', ['mock'], /missing required argument[\s\S]*See errprobe mock --help/],
    ['an API of a subcommand', ['catalog', 'search'], /See errprobe catalog search --help/],
  ])('leads to help: %s', async (_, argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each(['internal_error', 'validation_error', 'not_found'])('explains %s generally first', async (term) => {
    const { stdout } = await run(['explain', term]);
    expect(stdout).not.toMatch(/^✖.*(?:Victims|Elder|Raptor|Crypto)/);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), 'api: victims\n');
    if (term === 'internal_error') expect((await run(['explain', term], { cwd })).stdout).toMatch(/^✖.*Victims/);
  });

  it('names the entries of APIs that nobody uses here only when asked for more', async () => {
    expect((await run(['explain', 'forbidden'])).stdout).not.toContain('victims');
    expect((await run(['explain', 'forbidden', '-v'])).stdout).toContain('victims/key-locked');
    expect((await run(['explain', 'forbidden', '--format', 'json'])).stdout).toContain('victims/key-locked');
  });
});

describe('a mistake in a file of checks', () => {
  it.each<[string, string, RegExp]>([
    ['without a name, it is known by its place', '- request: GET /a', /checks #1\.name: is missing/],
    [
      'a key in the wrong map leads to the right one',
      '- { name: a, request: { path: /a, follow: false } }',
      /unknown key "follow" in checks “a”\.request; it belongs in "expect"/,
    ],
  ])('%s', async (_, check, message) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), `checks:\n  ${check}\n`);
    const { code, stderr } = await run(['check'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('an audit that cannot be run', () => {
  it('says so before it announces requests', async () => {
    const { code, stdout, stderr } = await run(['audit', 'victims']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: the base URL of victims is not known/);
    expect(stderr).not.toContain('Sending');
  });

  it('announces no more requests than it can send', async () => {
    const cwd = emptyFolder();
    const { url, requests } = await serve((_, response) => response.writeHead(404).end());
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { victims: { baseUrl: "${url}" } }\n`);
    const { stdout, stderr } = await run(['audit', 'victims'], { cwd });
    expect(stderr).toContain(`Sending ${requests.length} GET requests`);
    expect(stdout).toMatch(/set VICTIMS_API_KEY/);
    expect(stdout).not.toContain('to the check');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('catalog list', () => {
  it('has the title of each entry on a narrow terminal', async () => {
    const { stdout } = await run(['catalog', 'list', '--api', 'raptor-comply']);
    expect(stdout).toMatch(/^raptor-comply\/expired-api-key +401 +The API key has expired/m);
  });
});

describe('on a terminal', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    ['headers alone', ['-I'], {}, ''],
    ['events', [], { 'content-type': 'text/event-stream' }, 'data: 1\n\n'],
    ['text', [], { 'content-type': 'text/plain' }, 'a'],
  ])('one empty line stands between the body and what follows: %s', async (_, options, headers, body) => {
    const { url } = await serve((_request, response) => response.writeHead(200, headers).end(body));
    const { stdout, stderr } = await run(['call', url, ...options], { tty: true });
    expect((stdout + stderr).match(/\n*(?=✔)/)?.[0]).toBe('\n\n');
  });
});

describe('a stream longer than what is diagnosed', () => {
  const MIB = 1024 * 1024;
  const event = `data: {"text":"${'x'.repeat(1000)}"}\n\n`;
  const line = `${JSON.stringify({ text: 'x'.repeat(1000) })}\n`;
  const failed = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';

  it.each<[string, string, string, string]>([
    ['events', 'text/event-stream', event, `event: error\ndata: ${failed}\n\n`],
    ['lines of JSON', 'application/x-ndjson', line, `${failed}\n`],
  ])('is diagnosed by its end: %s', async (_, type, part, last) => {
    const body = part.repeat((11 * MIB) / part.length) + last;
    const { url } = await serve((_request, response) => response.writeHead(200, { 'content-type': type }).end(body));
    const { code, stdout, stderr } = await run(['call', url]);
    expect({ code, isWhole: stdout === body }).toEqual({ code: 9, isWhole: true });
    expect(stderr).toContain('✖ 200 OK  Overloaded');
  });

  it('is a success if it ends like one', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(event.repeat((11 * MIB) / event.length)),
    );
    expect((await run(['call', url])).code).toBe(0);
  });
});
