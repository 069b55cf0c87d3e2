import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server as HttpServer, request as sendOn } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certificates } from '../helpers/certificates.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';
import { ROWS, type Row } from './from-curl-rows.ts';

interface Got {
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: string;
}

let got: Got[] = [];
let cwd = '';
const open: { close(): unknown; closeAllConnections?(): void }[] = [];
const places = { URL: '', TLS: '', PROXY: '', PORT: '' };

/** Answers by path, and records what came. */
async function answer(request: IncomingMessage | Http2ServerRequest, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const { method = '', url: path = '' } = request;
  const socket = request.socket as TLSSocket;
  const client = socket.getPeerCertificate?.()?.subject?.CN;
  const headers = { ...request.headers, 'x-version': request.httpVersion, 'x-client': client };
  got.push({ method, path, headers, body: Buffer.concat(pieces).toString('latin1') });
  const [, status, location] = /^\/to\?(\d+),(.*)$/.exec(path) ?? [];
  if (location !== undefined) response.writeHead(Number(status), { location }).end();
  else if (path === '/cookie') response.writeHead(200, { 'set-cookie': 'set=2; Path=/' }).end('{}');
  else if (path === '/digest' && headers.authorization === undefined)
    response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end();
  else if (path.endsWith('/bytes')) response.end(Buffer.from([0, 255]));
  else if (path === '/missing') response.writeHead(404).end('{"message":"no such thing"}');
  else if (path === '/busy') response.writeHead(got.length === 1 ? 503 : 200, { 'retry-after': '0' }).end('{}');
  else if (path === '/slow') {
    response.write('{');
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  } else if (path !== '/silent') response.end('{}');
}

async function listen(server: HttpServer | ReturnType<typeof createSecureServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const issuer = certificates();
  const { cert, key, ca } = issuer.signed('localhost');
  const client = issuer.selfSigned('client');
  cwd = emptyFolder();
  const files = {
    'ca.pem': ca,
    'client.pem': client.cert,
    'client.key': client.key,
    'a.json': '{"n":1.10}',
    'text.txt': 'text\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  writeFileSync(join(cwd, 'pixel.png'), Buffer.from([0x89, 0x50, 0, 0xff]));
  writeFileSync(
    join(cwd, 'jar.txt'),
    '# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\told\t1\nother.example\tFALSE\t/\tFALSE\t0\tnot\t1\n',
  );
  places.PORT = String(await listen(createServer(answer)));
  places.URL = `http://127.0.0.1:${places.PORT}`;
  const local = createServer(answer);
  await new Promise<void>((resolve) => local.listen(join(cwd, 'server.sock'), resolve));
  open.push(local);
  const netrc = 'machine 127.0.0.1 login ada password pass-word\n';
  writeFileSync(join(cwd, 'netrc'), netrc, { mode: 0o600 });
  const options = { cert, key, allowHTTP1: true, requestCert: true, rejectUnauthorized: false };
  const secure = createSecureServer(
    options,
    answer as unknown as (a: Http2ServerRequest, b: Http2ServerResponse) => void,
  );
  places.TLS = `https://localhost:${await listen(secure)}`;
  const proxy = createServer((request, response) => {
    const { method, url = '', headers } = request;
    const onward = sendOn(url, { method, headers: { ...headers, 'x-proxied': '1' } }, (came) => {
      response.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(response);
    });
    request.pipe(onward);
  });
  places.PROXY = `http://127.0.0.1:${await listen(proxy)}`;
});

afterAll(() => {
  for (const server of open) {
    server.closeAllConnections?.();
    server.close();
  }
});

beforeEach(() => {
  got = [];
});

const filled = (text: string) =>
  text.replaceAll(/\b(?:URL|TLS|PROXY|PORT)\b/g, (name) => places[name as keyof typeof places]);

describe('an option of curl or HTTPie', () => {
  it.each(ROWS.map((row): [string, Row] => [`${row.option} (${row.of})`, row]))(
    '%s',
    async (_, { argv, wants, input }) => {
      const ran = await run(['call', ...argv.map(filled)], { cwd, ...(input === undefined ? {} : { input }) });
      const last = got.at(-1);
      expect({ code: ran.code, stderr: ran.stderr }).toMatchObject({ code: wants.code ?? 0 });
      if (wants.unsent) return expect(got).toEqual([]);
      expect(last).toBeDefined();
      if (wants.method !== undefined) expect(last?.method).toBe(wants.method);
      if (wants.path !== undefined) expect(last?.path).toBe(wants.path);
      for (const [name, value] of Object.entries(wants.headers ?? {})) {
        if (value instanceof RegExp) expect(last?.headers[name]).toMatch(value);
        else expect([name, last?.headers[name]]).toEqual([name, value === undefined ? undefined : filled(value)]);
      }
      if (typeof wants.body === 'string') expect(last?.body).toBe(wants.body);
      else if (wants.body !== undefined) expect(last?.body).toMatch(wants.body);
      for (const stream of ['stdout', 'stderr'] as const)
        if (wants[stream] !== undefined) expect(ran[stream]).toMatch(wants[stream]);
      if (wants.file !== undefined) expect(readFileSync(join(cwd, wants.file[0]), 'latin1')).toMatch(wants.file[1]);
    },
  );
});

it('each is in the documentation, in the same words', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/from-curl.md', import.meta.url)), 'utf8');
  const written = page.split('\n').filter((line) => /^\| .* \| (?:curl|HTTPie|both) \|/.test(line));
  expect(written).toEqual(ROWS.map(({ option, of, here }) => `| ${option.replaceAll('|', '\\|')} | ${of} | ${here} |`));
});
