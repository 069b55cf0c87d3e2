import { writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { certificates } from '../helpers/certificates.ts';
import { isInstalled } from '../helpers/programs.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

describe('call --verbose', () => {
  it('shows each redirect, the connection, the request with its body and the head before the body', async () => {
    const { url } = await serve(({ url: path }, response) =>
      path === '/a'
        ? response.writeHead(307, { location: '/b' }).end()
        : response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'session=abcdefgh' }).end('the body\n'),
    );
    const { host } = new URL(url);
    const { Writable } = await import('node:stream');
    let screen = '';
    const stream = Object.assign(
      new Writable({
        write(text, _, done) {
          screen += text;
          done();
        },
      }),
      { isTTY: true, columns: 80 },
    );
    const argv = ['call', 'POST', `${url}/a`, '-d', '{"a":1}', '-v', '--follow', '-H', 'x-api-key: k-12345678'];
    await run(argv, { stdout: stream, stderr: stream, env: { TERM: 'dumb' } });
    expect(screen.split('\n').filter((line) => !/^[<>] (?!POST|HTTP|host|x-api|set-c|\{)/.test(line))).toEqual([
      `* POST ${url}/a`,
      '* 307 Temporary Redirect, location: /b',
      `* ${host}, HTTP/1.1`,
      '> POST /b HTTP/1.1',
      `> host: ${host}`,
      '> x-api-key: [redacted]',
      '>',
      '> {"a":1}',
      '< HTTP/1.1 200 OK',
      '< set-cookie: [redacted]',
      '',
      'the body',
      '',
      ...['DNS', 'connect', 'first byte', 'download', 'total'].map((part) => expect.stringMatching(`^\\* ${part} `)),
      '',
      expect.stringMatching(/^✔ 200 OK {2}text\/plain, 9 bytes, \d+ ms$/),
      '',
    ]);
  });

  it.skipIf(!isInstalled('openssl'))('shows the version of TLS and the certificate (needs openssl)', async () => {
    const { cert, key, ca } = certificates().signed('localhost');
    const server = createServer({ cert, key }, (_, response) => response.end('secure\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'ca.pem'), ca);
    const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
    const { code, stderr } = await run(['call', url, '-v', '--cacert', 'ca.pem'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^\* (?:127\.0\.0\.1|\[::1\]):\d+, TLSv1\.3 \(TLS_AES_\w+\), HTTP\/1\.1\n\* certificate for localhost, issued by Test CA, valid until \d{4}-\d\d-\d\d\n> GET \/ HTTP\/1\.1\n/,
    );
  });

  it.skipIf(!isInstalled('openssl'))('shows HTTP/2 (needs openssl)', async () => {
    const server = createSecureServer(
      certificates().selfSigned('localhost'),
      (_, response) => void response.end('two'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
    const { code, stdout, stderr } = await run([
      'call',
      url,
      '-v',
      '-i',
      '-k',
      '--http2',
      '-H',
      'x-api-key: k-12345678',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^HTTP\/2 200 OK\n[\s\S]*\n\ntwo$/);
    expect(stderr).toMatch(/^\* [^\n]*, TLSv1\.3 \(\w+\), HTTP\/2\n\* no certificate: the TLS session was resumed\n/m);
    expect(stderr).toMatch(
      /\n> GET \/ HTTP\/2\n> host: localhost:\d+\n[\s\S]*\n> x-api-key: \[redacted\]\n[\s\S]*\n< HTTP\/2 200 OK\n/,
    );
  });

  it('shows what was sent when nothing came back', async () => {
    const { stderr } = await run(['call', 'GET', 'http://127.0.0.1:1/x', '-v']);
    expect(stderr).toMatch(/^> GET \/x HTTP\/1\.1\n> host: 127\.0\.0\.1:1\n[\s\S]*\n\* connect: ECONNREFUSED\n/);
  });
});

describe('on a terminal', () => {
  const screenOf = async (argv: string[]) => {
    const { url } = await serve(({ url: path }, response) => {
      if (path === '/204') return void response.writeHead(204).end();
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': path === '/empty' ? 0 : 5 });
      response.end(path === '/empty' ? '' : 'hello');
    });
    const [method = '', path = '', ...more] = argv;
    const { stdout, stderr } = await run(['call', method, url + path, ...more], { tty: true, env: { TERM: 'dumb' } });
    return { stdout, stderr };
  };

  it.each([
    [['DELETE', '/204'], /^✔ 204 No Content {2}no body, \d+ ms\n$/],
    [['GET', '/empty'], /^✔ 200 OK {2}empty body, \d+ ms\n$/],
    [['GET', '/', '--quiet'], /^$/],
    [['GET', '/'], /^\n✔ 200 OK {2}text\/plain, 5 bytes, \d+ ms\n$/],
  ])('%j has one line about its success', async (argv, expected) => {
    expect((await screenOf(argv)).stderr).toMatch(expected);
  });

  it('a HEAD has its header fields, and why there is no body', async () => {
    const { stdout, stderr } = await screenOf(['HEAD', '/']);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\ncontent-type: text\/plain\n/);
    expect(stderr).toMatch(/^✔ 200 OK {2}no body to a HEAD; a GET has text\/plain, 5 bytes, \d+ ms\n$/);
  });
});
