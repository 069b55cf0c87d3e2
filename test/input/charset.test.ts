import { expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { run } from '../helpers/terminal.ts';

const MESSAGE = 'Schlüssel ungültig';
const JSON_BODY = JSON.stringify({ error: 'Unauthorized', message: MESSAGE });
const curl = (type: string) => `HTTP/1.1 401 Unauthorized\r\ncontent-type: ${type}\r\n\r\n${MESSAGE}`;

it.each<[string, Buffer]>([
  ['JSON in latin-1', Buffer.from(JSON_BODY, 'latin1')],
  ['JSON in UTF-16, as PowerShell saves it', Buffer.from(`\ufeff${JSON_BODY}`, 'utf16le')],
  ['JSON in UTF-16 without a mark', Buffer.from(JSON_BODY, 'utf16le')],
  ['a response of curl -i in latin-1', Buffer.from(curl('text/plain; charset=iso-8859-1'), 'latin1')],
  ['a response whose label is unknown', Buffer.from(curl('text/plain; charset=klingon'), 'utf8')],
  ['a response that a terminal has made UTF-8 of', Buffer.from(curl('text/plain; charset=iso-8859-1'), 'utf8')],
])('explain reads %s', async (_, input) => {
  const { stdout } = await run(['explain'], { input });
  expect(stdout).toContain(MESSAGE);
});

it.each<[string, string, Buffer]>([
  ['latin-1', 'text/plain; charset=iso-8859-1', Buffer.from(MESSAGE, 'latin1')],
  ['UTF-16', 'application/json', Buffer.from(`\ufeff${JSON_BODY}`, 'utf16le')],
])('call reads an error in %s, and passes its bytes on', async (_, type, body) => {
  const { url } = await serve((_request, response) => response.writeHead(401, { 'content-type': type }).end(body));
  const { Writable } = await import('node:stream');
  const pieces: Buffer[] = [];
  const stdout = new Writable({
    write(piece, _encoding, done) {
      pieces.push(Buffer.from(piece));
      done();
    },
  });
  const { stderr } = await run(['call', 'GET', url], { stdout });
  expect(stderr).toContain(MESSAGE);
  expect(Buffer.concat(pieces)).toEqual(body);
  expect((await run(['call', 'GET', url], { tty: true })).stdout).toContain(MESSAGE);
});

it('a page with the line breaks of HTTP is shown without their sign', async () => {
  const page = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n';
  const { url } = await serve((_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end(page));
  const { stdout } = await run(['call', 'GET', url], { tty: true });
  expect(stdout).toBe(page.replaceAll('\r\n', '\n'));
});
