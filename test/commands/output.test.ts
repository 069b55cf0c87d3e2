import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const BYTES = Buffer.from([0, 1, 2, 0xff, 0x0d, 0x0a, 0x1b]);

/** A server with a success, an error, half a body and an endless one. */
const server = () =>
  serve(({ url }, response) => {
    if (url === '/dir/a.bin?x=1') return void response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES);
    if (url === '/half')
      return void response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    if (url === '/endless') return void response.writeHead(200).write('some');
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no"}');
  });

const inFolder = async (path: string, argv: string[], given: Parameters<typeof run>[1] = {}) => {
  const { url } = await server();
  const cwd = given.cwd ?? emptyFolder();
  const ran = await run(['call', url + path, '--no-history', ...argv], { ...given, cwd });
  return { ...ran, cwd, read: (name: string) => readFileSync(join(cwd, name)) };
};

describe('call --output', () => {
  it.each([
    [['-o', 'out'], 'out'],
    [['-O'], 'a.bin'],
  ])('%j writes the body of a success byte for byte, and nothing to standard output', async (argv, name) => {
    const { code, stdout, stderr, read } = await inFolder('/dir/a.bin?x=1', argv);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(read(name)).toEqual(BYTES);
  });

  it('says on a terminal where it is, how large and how long it took', async () => {
    const { stdout, stderr } = await inFolder('/dir/a.bin?x=1', ['-o', 'out'], { tty: true });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^✔ 200 OK {2}7 bytes, \d+ ms\n {2}Saved to out\n$/);
  });

  it('prints the body of an error, and leaves the file alone', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out'), 'old');
    const { code, stdout, stderr, read } = await inFolder('/nothing', ['-o', 'out'], { cwd });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '{"message":"no"}' });
    expect(stderr).toContain('404 Not Found');
    expect(String(read('out'))).toBe('old');
    expect(readdirSync(cwd)).toEqual(['out']);
  });

  it('keeps a part under another name, and what was there', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out'), 'old');
    const { code, stderr, read } = await inFolder('/half', ['-o', 'out'], { cwd });
    expect(code).toBe(6);
    expect(String(read('out.part'))).toBe('half');
    expect(String(read('out'))).toBe('old');
    expect(stderr).toContain('The part that came is in out.part');
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort('SIGINT'), 100);
    const stopped = await inFolder('/endless', ['-o', 'out'], { cwd, signal: interrupt.signal });
    expect(stopped.code).toBe(130);
    expect(String(read('out.part'))).toBe('some');
    expect(readdirSync(cwd).sort()).toEqual(['out', 'out.part']);
  });

  it('hides a secret in the file', async () => {
    const { url } = await serve((request, response) => {
      response.write(String(request.headers['x-api-key']).slice(0, 5));
      response.end(String(request.headers['x-api-key']).slice(5));
    });
    const cwd = emptyFolder();
    await run(['call', url, '-H', 'x-api-key: k-1234567890abcdef', '-o', 'out'], { cwd });
    expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe('[redacted]');
  });

  it('has the head as well with --include', async () => {
    const { read } = await inFolder('/dir/a.bin?x=1', ['-o', 'out', '-i']);
    expect(read('out').toString('latin1')).toMatch(/^HTTP\/1\.1 200 OK\ncontent-length: 7\n/);
  });

  it('follows a symbolic link, and makes a new file like any program', async () => {
    const cwd = emptyFolder();
    symlinkSync('target', join(cwd, 'out'));
    const { read } = await inFolder('/dir/a.bin?x=1', ['-o', 'out'], { cwd });
    expect(read('target')).toEqual(BYTES);
    writeFileSync(join(cwd, 'other'), '');
    expect(statSync(join(cwd, 'target')).mode).toBe(statSync(join(cwd, 'other')).mode);
  });

  it('is standard output for -', async () => {
    const { stdout } = await inFolder('/dir/a.bin?x=1', ['-o', '-']);
    expect(stdout).toBe(BYTES.toString());
  });

  it.each([
    [['-o', 'no/such/folder/out'], 'cannot write no/such/folder/out: ENOENT'],
    [['-o', 'out', '--format', 'json'], '--output does not go with --format json'],
  ])('%j is refused before anything is sent', async (argv, message) => {
    const { url, requests } = await server();
    const { code, stderr } = await run(['call', url, ...argv]);
    expect({ code, sent: requests.length }).toEqual({ code: 2, sent: 0 });
    expect(stderr).toContain(message);
  });

  it('-O needs a name in the URL', async () => {
    const { code, stderr, cwd } = await inFolder('/dir/', ['-O']);
    expect(code).toBe(2);
    expect(stderr).toContain('--output');
    expect(existsSync(join(cwd, 'dir'))).toBe(false);
  });
});
