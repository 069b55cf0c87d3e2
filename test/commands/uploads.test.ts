import { truncateSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LONGEST_DIAGNOSED as LIMIT } from '../../src/model/exchange.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const cwd = emptyFolder();
/** A file that is read while it is sent. */
const CONTENT = Buffer.alloc(LIMIT + 1000, Buffer.from(Array.from({ length: 251 }, (_, i) => i)));
const JSON_LIST = `[${'1,'.repeat(LIMIT / 2)}0]`;
writeFileSync(join(cwd, 'big.bin'), CONTENT);
writeFileSync(join(cwd, 'big.json'), JSON_LIST);

interface Got {
  method: string;
  length: string | undefined;
  coding: string | undefined;
  type: string | undefined;
  body: Buffer;
}

/** A server that records what came, and answers in turn. */
async function recording(...answers: ((response: ServerResponse) => unknown)[]) {
  const got: Got[] = [];
  const { url } = await serve(async (request, response) => {
    const pieces: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (piece) => pieces.push(piece));
    if (!(await new Promise((done) => request.once('end', () => done(true)).once('close', () => done(false))))) return;
    const { 'content-length': length, 'transfer-encoding': coding, 'content-type': type } = request.headers;
    got.push({ method: request.method ?? '', length, coding, type, body: Buffer.concat(pieces) });
    const answer = answers.shift();
    if (answer === undefined) response.end('{}');
    else answer(response);
  });
  return { url, got };
}

const busy = (response: ServerResponse) => response.writeHead(503, { 'retry-after': '0' }).end();

describe('a large file', () => {
  it.each<[argv: string[], type: string]>([
    [['-T', 'big.bin'], 'undefined'],
    [['--data-binary', '@big.bin'], 'application/octet-stream'],
    [['-d', '@big.json'], 'application/json'],
    [['-d', '@big.bin', '--json'], 'application/json'],
    [['@big.json'], 'application/json'],
  ])('is sent whole, with its length: %j', async (argv, type) => {
    const { url, got } = await recording();
    const { code, stderr } = await run(['call', `${url}/`, ...argv], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(got).toHaveLength(1);
    const size = argv.join().includes('json') && !argv.join().includes('.bin') ? JSON_LIST.length : CONTENT.length;
    expect([got[0]?.length, got[0]?.body.length, String(got[0]?.type)]).toEqual([String(size), size, type]);
    if (size === CONTENT.length) expect(got[0]?.body.equals(CONTENT)).toBe(true);
  });

  it.each([[['-F', 'a=1', '-F', 'f=@big.bin']], [['a=1', 'f@big.bin']]])(
    'is a part of a form, whose length is right: %j',
    async (argv) => {
      const { url, got } = await recording();
      await run(['call', url, ...argv], { cwd });
      const body = got[0]?.body ?? Buffer.alloc(0);
      expect(got[0]?.length).toBe(String(body.length));
      expect(body.includes(CONTENT)).toBe(true);
      expect(body.subarray(-4).toString()).toBe('--\r\n');
    },
  );

  it('is read again for each attempt', async () => {
    const { url, got } = await recording(busy, busy);
    const { code } = await run(['call', url, '-T', 'big.bin', '--retry', '2'], { cwd });
    expect({ code, got: got.map(({ body }) => body.equals(CONTENT)) }).toEqual({ code: 0, got: [true, true, true] });
  });

  it.each([
    [307, ['PUT', 'PUT'], [true, true]],
    [303, ['PUT', 'GET'], [true, false]],
  ])('goes along with a redirect to its origin, or not: %i', async (status, methods, whole) => {
    const { url, got } = await recording((response) => response.writeHead(status, { location: '/other' }).end());
    const { code, stderr } = await run(['call', url, '-T', 'big.bin', '-L', '-v'], { cwd });
    expect({ code, methods: got.map(({ method }) => method) }).toEqual({ code: 0, methods });
    expect(got.map(({ body }) => body.equals(CONTENT))).toEqual(whole);
    expect(stderr).toContain(`${status}`);
  });

  it('does not go along with a redirect to another origin', async () => {
    const other = await recording();
    const { url, got } = await recording((response) => response.writeHead(307, { location: other.url }).end());
    const { code } = await run(['call', url, '-T', 'big.bin', '-L'], { cwd });
    expect({ code, here: got.length, there: other.got.length }).toEqual({ code: 3, here: 1, there: 0 });
  });

  it('follows no more redirects than are allowed', async () => {
    const again = (response: ServerResponse) => response.writeHead(307, { location: '/' }).end();
    const { url, got } = await recording(again, again, again);
    const { code, stderr } = await run(['call', url, '-T', 'big.bin', '-L', '--max-redirects', '1'], { cwd });
    expect({ code, sent: got.length }).toEqual({ code: 6, sent: 2 });
    expect(stderr).toContain('ERR_TOO_MANY_REDIRECTS');
  });

  it('is chunked if a header says so', async () => {
    const { url, got } = await recording();
    await run(['call', url, '-T', 'big.bin', '-H', 'Transfer-Encoding: chunked'], { cwd });
    expect([got[0]?.length, got[0]?.coding, got[0]?.body.equals(CONTENT)]).toEqual([undefined, 'chunked', true]);
  });

  it('is an error once it is shorter than its Content-Length', async () => {
    const file = join(cwd, 'shrinking.bin');
    writeFileSync(file, CONTENT);
    const { url } = await recording((response) => {
      truncateSync(file, 10);
      busy(response);
    });
    const { code, stderr } = await run(['call', url, '-T', file, '--retry', '1', '--timeout', '5s'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('became shorter while it was sent');
  });

  it('is described, not shown', async () => {
    const { stdout } = await run(['call', 'https://api.example.com/', '-T', 'big.bin', '--dry-run'], { cwd });
    expect(stdout).toContain(`[${CONTENT.length} bytes]`);
    const curl = await run(['call', 'https://api.example.com/', '-F', 'f=@big.bin', '--curl'], { cwd });
    expect(curl.stdout).toContain('f=@big.bin');
  });
});
