import { expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { run } from '../helpers/terminal.ts';

const KEY = 'qXvV/x3V3ZJ6Z53Zz';

it.each([
  ['with an escaped slash', KEY.replace('/', '\\/'), ''],
  ['plain', KEY, ''],
  ['followed by a relative redirect', KEY.replace('/', '\\/'), '?again'],
])('a key that a redirect has in its URL is in no output: %s', async (_, written, second) => {
  const { url } = await serve(({ url: path = '' }, response) => {
    if (path === '/a') return void response.writeHead(302, { location: `/next/${written}` }).end();
    if (second !== '' && !path.endsWith(second)) return void response.writeHead(302, { location: second }).end();
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"no"}');
  });
  for (const more of [['-v'], ['--format', 'json'], ['--har', '-'], ['--report', '-']]) {
    const { code, stdout, stderr } = await run(['call', 'GET', `${url}/a`, '--bearer', KEY, ...more]);
    expect(code).toBe(4);
    expect((stdout + stderr).replaceAll('//', '/')).not.toContain(KEY);
    expect(stdout + stderr).toContain('/next/');
  }
});
