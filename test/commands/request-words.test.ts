import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonOf, readItem } from '../../src/commands/call/items.ts';
import { readWords } from '../../src/commands/call/words.ts';
import { readTarget } from '../../src/http/target.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

describe('a target', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['example.com', 'https://example.com'],
    ['example.com/x?y=1', 'https://example.com/x?y=1'],
    ['example.com:8443/x', 'https://example.com:8443/x'],
    ['localhost', 'http://localhost'],
    ['localhost:8080/x', 'http://localhost:8080/x'],
    ['127.0.0.1/x', 'http://127.0.0.1/x'],
    ['[::1]:8080/x', 'http://[::1]:8080/x'],
    ['10.0.0.1', 'https://10.0.0.1'],
    [':8080/x', 'http://localhost:8080/x'],
    [':8080', 'http://localhost:8080'],
    [':/x', 'http://localhost/x'],
    ['db:5432', 'https://db:5432'],
  ])('is a URL: %s', (text, url) => {
    expect(readTarget(text)).toEqual({ kind: 'url', url });
  });

  it.each(['/x', 'cyber-assets', 'v1.2/things', 'error.json', 'C:/Program Files/Git/x', '.well-known/x'])(
    'is a path: %s',
    (path) => {
      expect(readTarget(path)).toEqual({ kind: 'path', path });
    },
  );

  it('belongs to the API that is named', () => {
    expect(readTarget('odata.svc/x', true).kind).toBe('path');
    expect(readTarget('localhost:8080/x', true).kind).toBe('url');
  });

  it.each(['htp://a.example', 'ftp://a.example', 'ws://a'])('has a scheme that is spoken: not %s', async (text) => {
    const { code, stderr } = await run(['call', text]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${text.split('/')[0]}// is not supported`);
  });
});

describe('the words of a call', () => {
  it.each<[words: string[], method: string | null, target: string, items: number]>([
    [['https://a/x'], null, 'https://a/x', 0],
    [['get', '/x'], 'get', '/x', 0],
    [['PURGE', 'example.com/x'], 'PURGE', 'example.com/x', 0],
    [['PURGE', 'things'], 'PURGE', 'things', 0],
    [['example.com', 'a=1'], null, 'example.com', 1],
    [['localhost', 'X-Count:5', 'a:=1'], null, 'localhost', 2],
    [['post', ':8080/x', 'a==1'], 'post', ':8080/x', 1],
    [['things', 'a=1'], null, 'things', 1],
  ])('%j', (words, method, target, items) => {
    const read = readWords(words);
    expect([read.method, read.target, read.items.length]).toEqual([method, target, items]);
  });

  it.each([[['G ET', 'https://a/x']], [['GE\tT', '/x']], [['G@T', '/x']]])('%j has no method', async (words) => {
    const { url, requests } = await serve((_, response) => response.end());
    const { code, stderr } = await run(['call', words[0] ?? '', url]);
    expect({ code, sent: requests.length }).toEqual({ code: 2, sent: 0 });
    expect(stderr).toContain('is not a valid method');
  });

  it('are no items if they are not: the word is not repeated', async () => {
    const { code, stderr } = await run(['call', 'https://a.example', 'a=1', 'k-3141592653']);
    expect(code).toBe(2);
    expect(stderr).toContain('word 2 after the target is no request item');
    expect(stderr).not.toContain('k-3141592653');
  });
});

describe('a request item', () => {
  it.each([
    ['a=b', { kind: 'text', name: 'a', value: 'b' }],
    ['a=b:c', { kind: 'text', name: 'a', value: 'b:c' }],
    ['a:=1', { kind: 'json', name: 'a', value: '1' }],
    ['a==b', { kind: 'query', name: 'a', value: 'b' }],
    ['A:b=c', { kind: 'header', name: 'A', value: 'b=c' }],
    ['A:', { kind: 'header', name: 'A', value: '' }],
    ['A;', { kind: 'empty-header', name: 'A', value: '' }],
    ['a@b.png', { kind: 'file', name: 'a', value: 'b.png' }],
    ['a=@b', { kind: 'text-file', name: 'a', value: 'b' }],
    ['a:=@b', { kind: 'json-file', name: 'a', value: 'b' }],
    ['a\\:b=c', { kind: 'text', name: 'a:b', value: 'c' }],
    ['a=\\@b', { kind: 'text', name: 'a', value: '@b' }],
    ['path=C:\\temp', { kind: 'text', name: 'path', value: 'C:\\temp' }],
  ])('%s', (word, item) => {
    expect(readItem(word)).toEqual(item);
  });

  it.each(['word', '=a', ':a', ''])('is none: %s', (word) => {
    expect(readItem(word)).toBeNull();
  });

  it('keeps numbers as written, and nests', () => {
    const members: [string, string][] = [
      ['id', '12345678901234567890'],
      ['price', '1.10'],
      ['a[b][c]', '"x"'],
      ['a[b][d]', 'true'],
      ['l[]', '1'],
      ['l[]', '2'],
      ['m[1]', '3'],
      ['id', '7'],
    ];
    expect(jsonOf(members)).toBe('{"id":7,"price":1.10,"a":{"b":{"c":"x","d":true}},"l":[1,2],"m":[null,3]}');
    expect(() => jsonOf([...members, ['a[b]', '1'], ['a[b][c]', '1']])).toThrow('contradict');
  });
});

/** A server that tells what it got. */
async function echo() {
  const got: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = [];
  const { url } = await serve(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { method = '', url: path = '', headers } = request;
    got.push({ method, url: path, headers, body: Buffer.concat(pieces).toString('latin1') });
    response.end('{}');
  });
  return { url, got };
}

describe('what is sent', () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'a.json'), '{"n":1.10}\n');
  writeFileSync(join(cwd, 'form.txt'), 'a=1&b=2\n');
  writeFileSync(join(cwd, 'b.png'), Buffer.from([0x89, 0x50, 0, 0xff]));
  const FORM = 'application/x-www-form-urlencoded';
  const JSON_TYPE = 'application/json';

  it.each<[argv: string[], method: string, path: string, type: string | undefined, body: string]>([
    [[], 'GET', '/', undefined, ''],
    [['-d', '{"a":1}'], 'POST', '/', JSON_TYPE, '{"a":1}'],
    [['-d', '[1]'], 'POST', '/', JSON_TYPE, '[1]'],
    [['-d', 'a=1&b=2'], 'POST', '/', FORM, 'a=1&b=2'],
    [['-d', 'a=1', '-d', 'b=2'], 'POST', '/', FORM, 'a=1&b=2'],
    [['-d', 'hello', '--form'], 'POST', '/', FORM, 'hello'],
    [['-d', 'hello', '-H', 'content-type: text/plain'], 'POST', '/', 'text/plain', 'hello'],
    [['-d', '@a.json'], 'POST', '/', JSON_TYPE, '{"n":1.10}\n'],
    [['-d', '@form.txt'], 'POST', '/', FORM, 'a=1&b=2'],
    [['-d', ''], 'POST', '/', undefined, ''],
    [['--data-raw', 'a=@b'], 'POST', '/', FORM, 'a=@b'],
    [['--data-binary', '@b.png'], 'POST', '/', 'image/png', '\x89P\0\xff'],
    [
      ['--data-urlencode', 'q=ä b&c', '--data-urlencode', 'x@form.txt'],
      'POST',
      '/',
      FORM,
      'q=%C3%A4%20b%26c&x=a%3D1%26b%3D2%0A',
    ],
    [['-G', '-d', 'a=1', '--data-urlencode', 'q=ä b'], 'GET', '/?a=1&q=%C3%A4%20b', undefined, ''],
    [['--json', '{"a":1}'], 'POST', '/', JSON_TYPE, '{"a":1}'],
    [['-I'], 'HEAD', '/', undefined, ''],
    [['-X', 'patch', '-d', '{}'], 'PATCH', '/', JSON_TYPE, '{}'],
    [['-T', 'b.png'], 'PUT', '/', 'image/png', '\x89P\0\xff'],
    [['a=b', 'n:=1.10', 'ok:=true'], 'POST', '/', JSON_TYPE, '{"a":"b","n":1.10,"ok":true}'],
    [['a=b c', 'd=1', '--form'], 'POST', '/', FORM, 'a=b+c&d=1'],
    [['-f', 'a=b'], 'POST', '/', FORM, 'a=b'],
    [['q==a b'], 'GET', '/?q=a+b', undefined, ''],
    [['a=@form.txt', 'b:=@a.json'], 'POST', '/', JSON_TYPE, '{"a":"a=1&b=2\\n","b":{"n":1.10}}'],
    [['@b.png'], 'POST', '/', 'image/png', '\x89P\0\xff'],
  ])('%j', async (argv, method, path, type, body) => {
    const { url, got } = await echo();
    const { code, stderr } = await run(['call', `${url}/`, ...argv], { cwd });
    expect({
      code,
      stderr,
      got: got.map((one) => [one.method, one.url, one.headers['content-type'], one.body]),
    }).toEqual({
      code: 0,
      stderr: '',
      got: [[method, path, type, body]],
    });
  });

  it.each([
    [['-F', 'a=1', '-F', 'f=@b.png;type=image/x;filename=c.png']],
    [['a=1', 'f@b.png;type=image/x;filename=c.png']],
  ])('is a multipart form with its files: %j', async (argv) => {
    const { url, got } = await echo();
    await run(['call', url, ...argv], { cwd });
    const [, boundary = ''] =
      /^multipart\/form-data; boundary=(\S+)$/.exec(String(got[0]?.headers['content-type'])) ?? [];
    expect(got[0]?.body).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="c.png"\r\nContent-Type: image/x\r\n\r\n\x89P\0\xff\r\n--${boundary}--\r\n`,
    );
  });

  it('has the headers of items and options', async () => {
    const { url, got } = await echo();
    const argv = [
      'X-A:1',
      'Accept:',
      'X-Empty;',
      '-A',
      'mine',
      '-e',
      'https://r.example',
      '-r',
      '0-9',
      '-b',
      'a=1; b=2',
    ];
    await run(['call', url, ...argv]);
    expect(got[0]?.headers).toMatchObject({
      'x-a': '1',
      'x-empty': '',
      'user-agent': 'mine',
      referer: 'https://r.example',
      range: 'bytes=0-9',
      cookie: 'a=1; b=2',
    });
    expect(got[0]?.headers.accept).toBeUndefined();
  });

  it.each<[string[], string]>([
    [['-d', '{"a":'], 'not valid JSON: it ends too early'],
    [['-d', 'hello world'], 'not valid JSON'],
    [['a:={'], 'a:= needs JSON'],
    [['-d', '{}', 'a=1'], 'one body'],
    [['-d', '@none.json'], 'cannot read none.json: there is no such file'],
    [['-F', 'nothing'], '-F needs name=value'],
    [['-u', 'ada'], '-u has no password'],
    [['--bearer', ''], '--bearer is empty'],
    [['--bearer', 'abc', '-u', 'a:b'], 'both set Authorization'],
  ])('is nothing for %j', async (argv, said) => {
    const { url, got } = await echo();
    const { code, stderr } = await run(['call', url, ...argv], { cwd });
    expect({ code, sent: got.length }).toEqual({ code: 2, sent: 0 });
    expect(stderr).toContain(said);
  });
});

describe('credentials on the command line', () => {
  const PASSWORD = 'pw-2718281828459';

  it.each<[string, (url: string) => string[], string]>([
    ['-u', (url) => [url, '-u', `ada:${PASSWORD}`], `Basic ${Buffer.from(`ada:${PASSWORD}`).toString('base64')}`],
    [
      'a URL',
      (url) => [url.replace('//', `//ada:${PASSWORD}@`)],
      `Basic ${Buffer.from(`ada:${PASSWORD}`).toString('base64')}`,
    ],
    ['--bearer', (url) => [url, '--bearer', PASSWORD], `Bearer ${PASSWORD}`],
    ['-b', (url) => [url, '-b', `sid=${PASSWORD}`], ''],
  ])('of %s go to the origin only, and are shown nowhere', async (_, argv, authorization) => {
    const other = await echo();
    const seen: Record<string, unknown>[] = [];
    const { url } = await serve((request, response) => {
      seen.push(request.headers);
      response
        .writeHead(302, { location: other.url, 'x-echo': JSON.stringify(request.headers) })
        .end(`got ${PASSWORD}`);
    });
    const { stdout, stderr } = await run(['call', ...argv(url), '--format', 'json', '-v']);
    if (authorization !== '') expect(seen[0]?.authorization).toBe(authorization);
    else expect(seen[0]?.cookie).toBe(`sid=${PASSWORD}`);
    expect(other.got).toHaveLength(1);
    expect(JSON.stringify(other.got)).not.toContain(PASSWORD);
    expect(other.got[0]?.headers.authorization).toBeUndefined();
    const shown = await run(['call', ...argv(url), '--dry-run']);
    const curl = await run(['call', ...argv(url), '--curl']);
    for (const text of [stdout, stderr, shown.stdout, curl.stdout]) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(Buffer.from(`ada:${PASSWORD}`).toString('base64'));
    }
  });
});
