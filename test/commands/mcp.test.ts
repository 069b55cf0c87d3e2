import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HANDSHAKE } from '../fuzz/documents.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'shop-key-4711-abcdef';

/** Sends messages, and returns the answers by their IDs. */
async function answersTo(messages: (string | object)[], { argv = [] as string[], cwd = emptyFolder() } = {}) {
  const lines = messages.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const { code, stdout, stderr } = await run(['mcp', ...argv], {
    cwd,
    input: `${[...HANDSHAKE, ...lines].join('\n')}\n`,
    env: { SHOP_API_KEY: KEY },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const answers = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return new Map(answers.map((answer) => [answer.id, answer]));
}

const called = (id: number, name: string, given: object) => ({
  ...{ jsonrpc: '2.0', id, method: 'tools/call' },
  params: { name, arguments: given },
});

describe('messages of an assistant', () => {
  it('are all answered, also if the input ends behind the last', async () => {
    const given = { error: '{"error":"Unauthorized","message":"API key has expired"}', status: 401 };
    const answers = await answersTo([called(2, 'explain', given), called(3, 'catalog_show', { error: '429' })]);
    expect(answers.get(2).result.content[0].text).toContain('raptor-comply/expired-api-key');
    expect(answers.get(3).result.isError).toBe(false);
  });

  it('may be broken or too long, and the next is answered', async () => {
    const long = JSON.stringify(called(4, 'explain', { error: 'x'.repeat(9 * 1024 * 1024) }));
    const deep = `{"jsonrpc":"2.0","id":5,"method":"tools/call","params":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const odd = ['', '{', 'null', '[]', '{"jsonrpc":"1.0"}', '{"jsonrpc":"2.0","id":{},"method":7}', '\0', '\uFEFF{}'];
    const answers = await answersTo([...odd, deep, long, { jsonrpc: '2.0', id: 6, method: 'ping' }]);
    expect(answers.get(4).error.message).toBe('the message is longer than 8 MiB');
    expect(answers.get(6).result).toEqual({});
  });

  it.each([
    ['call', { api: 'shop', method: 'GET', path: '/' }],
    ['triage', { file: 'app.log' }],
    ['__proto__', {}],
    ['constructor', {}],
    ['explain', { error: 'x', __proto__: 1, format: 'x' }],
    ['explain', JSON.parse('{"__proto__":{"error":"x"}}')],
    ['explain', { error: ['-'] }],
    ['explain', { error: 'x', status: '--last' }],
    ['catalog_search', { words: 'x', output: 'file' }],
  ])('run nothing that is not allowed: %s %j', async (name, given) => {
    const { error, result } = (await answersTo([called(2, name, given)])).get(2);
    expect(error?.code ?? result).toBe(-32602);
  });
});

describe('a call by an assistant', () => {
  it.each([
    '/\t/evil.example/',
    '/\n/evil.example/',
    '/.//evil.example/',
    '/..//evil.example/',
    '/@evil.example/',
    '/:@evil.example/',
    '/%09/evil.example',
    '/x\r\nX-Evil: 1',
    '/?a=https://evil.example',
    '/#@evil.example',
    '/\u2044evil.example',
  ])('goes to the configured host only: %j', async (path) => {
    const seen: (string | undefined)[] = [];
    const { url } = await serve((request, response) => {
      seen.push(request.headers['x-evil'] as string | undefined);
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: `the key ${KEY} may not` }));
    });
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.json'), JSON.stringify({ apis: { shop: { baseUrl: url, auth: 'bearer' } } }));
    const call = called(2, 'call', { api: 'shop', method: 'GET', path });
    const answer = (await answersTo([call], { cwd, argv: ['--allow-call'] })).get(2);
    const [text] = answer.result.content.map((one: { text: string }) => one.text);
    expect(text).not.toContain(KEY);
    expect(answer.result.isError ? [] : [JSON.parse(text).results[0].request.url]).toEqual(
      answer.result.isError ? [] : [expect.stringMatching(new RegExp(`^${url}/`))],
    );
    expect(seen.filter(Boolean)).toEqual([]);
  });

  it.each(['/../admin', '/a/%2e%2E/../x', '/.%2e', '/a\\..\\..\\x', '/a/.\t./..?b', '/.. '])(
    'goes nowhere above the base URL: %j',
    async (path) => {
      const { url, requests } = await serve((_, response) => response.end('{}'));
      const cwd = emptyFolder();
      writeFileSync(join(cwd, '.errproberc.json'), JSON.stringify({ apis: { shop: { baseUrl: `${url}/v1` } } }));
      const calls = [path, '/x?a=/../b', '/..x'].map((one, i) =>
        called(i + 2, 'call', { api: 'shop', method: 'GET', path: one }),
      );
      const answers = await answersTo(calls, { cwd, argv: ['--allow-call'] });
      expect(answers.get(2).result.content[0].text).toBe(`the path ${path} leads above the base URL`);
      expect(requests.map((one) => one.url).toSorted()).toEqual(['/v1/..x', '/v1/x?a=/../b']);
    },
  );
});

describe('an assistant that asks for too much', () => {
  it('is told so, and gets the next answer', async () => {
    const words = Array.from({ length: 40_000 }, (_, i) => `a${i % 20_000}`).join(' ');
    const asked = [words, 'a '.repeat(200_000), 'a '.repeat(40_000), 'rate limit'];
    const answers = await answersTo(asked.map((one, i) => called(i + 2, 'catalog_search', { words: one })));
    expect(JSON.parse(answers.get(2).result.content[0].text).entries).toEqual([]);
    expect(answers.get(3).result).toEqual({
      content: [{ type: 'text', text: 'error: errprobe takes up to 50000 arguments\n' }],
      isError: true,
    });
    expect(JSON.parse(answers.get(4).result.content[0].text).entries.length).toBeGreaterThan(0);
    expect(answers.get(5).result.isError).toBe(false);
  }, 20_000);
});

describe('a file that an assistant names', () => {
  it('is no pipe, device or folder, for which nobody would wait', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'logs/in'), { recursive: true });
    execFileSync('mkfifo', [join(cwd, 'logs/pipe')]);
    const files = ['pipe', 'in', '.'];
    const answers = await answersTo(
      files.map((file, i) => called(i + 2, 'triage', { file })),
      { cwd, argv: ['--allow-folder', 'logs'] },
    );
    for (const [i, file] of files.entries()) {
      expect(answers.get(i + 2).result.content[0].text).toBe(`there is no file ${file} in the folder of logs`);
    }
  });

  it('is below the folder, and nothing is said of any other', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'logs/in'), { recursive: true });
    writeFileSync(join(cwd, 'private.log'), '{"level":"error","status":500,"message":"PRIVATE"}\n');
    writeFileSync(join(cwd, 'logs/in/a.log'), '{"level":"error","status":429,"message":"slow"}\n');
    symlinkSync(cwd, join(cwd, 'logs/up'));
    symlinkSync('../private.log', join(cwd, 'logs/link.log'));
    mkdirSync(join(cwd, 'logs-beside'));
    writeFileSync(join(cwd, 'logs-beside/b.log'), 'x\n');
    const files = ['../private.log', '../none.log', 'up/private.log', 'up/none.log', 'link.log', '/etc/passwd'];
    files.push('/none', '../logs-beside/b.log', 'in/../../private.log', '-', '/dev/stdin', 'a\0b', '--merge');
    const answers = await answersTo(
      [...files, 'in/a.log'].map((file, i) => called(i + 2, 'triage', { file })),
      { cwd, argv: ['--allow-folder', 'logs'] },
    );
    for (const [i, file] of files.entries()) {
      expect(answers.get(i + 2).result).toEqual({
        content: [{ type: 'text', text: `there is no file ${file} in the folder of logs` }],
        isError: true,
      });
    }
    expect(answers.get(files.length + 2).result.content[0].text).toContain('"status": 429');
  });
});
