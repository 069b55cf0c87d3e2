import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Effects, Output } from '../../src/model/effects.ts';
import { wholeOutput } from '../../src/terminal/standard-output.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** A stream on a full disk. */
function full(): Output {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' })),
  });
}

describe('standard output that cannot be written', () => {
  it.each([
    [['explain', '429']],
    [['explain', '429', '--format', 'json']],
    [['call', 'GET', '/cyber-assets', '--mock', '200']],
    [['call', 'GET', '/cyber-assets', '--mock', '401', '--format', 'json']],
    [['exit-codes']],
    [['call', '--help']],
    [['no-such-command', '--format', 'json']],
  ])('ends %j with one line and exit code 2', async (argv) => {
    const { code, stderr } = await run(argv, { stdout: full() });
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('error: cannot write standard output: ENOSPC');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is no error when its reader has gone', async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    expect(await run(['explain', '429'], { stdout })).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends mcp in the same way', async () => {
    const input = '{"jsonrpc":"2.0","id":1,"method":"ping"}\n';
    const { code, stderr } = await run(['mcp'], { input, stdout: full() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot write standard output: ENOSPC\n' });
  });

  it('is an error as well when it is standard error', async () => {
    expect((await run(['call', 'GET', '/cyber-assets', '--mock', '401'], { stderr: full() })).code).toBe(2);
  });
});

describe('standard input that cannot be read', () => {
  it.each([
    [['explain', '-']],
    [['report', '-']],
    [['triage']],
    [['triage', '--merge']],
    [['call', 'POST', 'http://127.0.0.1:9/', '-d', '-']],
    [['call', '--from-curl']],
    [['catalog', 'import', '--id', 'acme', '-']],
    [['catalog', 'coverage', '--api', 'victims']],
  ])('ends %j with one line and exit code 2', async (argv) => {
    const failing = new Readable({
      read() {
        this.destroy(Object.assign(new Error('read EIO'), { code: 'EIO', syscall: 'read' }));
      },
    });
    const { code, stderr } = await run(argv, { stdin: Object.assign(failing, { isTTY: false }) });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: cannot read [^\n]*EIO[^\n]*\n$/),
    });
  });
});

describe('a file as standard output', () => {
  const opened = (name: string) => {
    const path = join(emptyFolder(), name);
    const fd = openSync(path, 'w');
    return { path, fd, stream: Object.assign(new PassThrough(), { fd }) };
  };
  const written = (stream: Output, text: string) =>
    new Promise<NodeJS.ErrnoException | null>((resolve) => {
      stream.on('error', () => {});
      stream.write(text, (error) => resolve(error ?? null));
    });

  it('gets what the disk took only a part of in full', async () => {
    const { path, fd, stream } = opened('a');
    expect(await written(wholeOutput(stream), 'one two three')).toBeNull();
    const parts: string[] = [];
    const slowly = wholeOutput(stream, (_, bytes) => {
      parts.push(Buffer.from(bytes).toString());
      return Math.min(5, bytes.length);
    });
    expect(await written(slowly, 'one two three')).toBeNull();
    closeSync(fd);
    expect(readFileSync(path, 'utf8')).toBe('one two three');
    expect(parts).toEqual(['one two three', 'wo three', 'ree']);
  });

  it('is an error when the disk is full after a part', async () => {
    const { stream } = opened('b');
    let room = 4;
    const output = wholeOutput(stream, (_, bytes) => {
      if (room === 0) throw Object.assign(new Error(), { code: 'ENOSPC' });
      const took = Math.min(room, bytes.length);
      room -= took;
      return took;
    });
    expect(await written(output, 'one two')).toMatchObject({ code: 'ENOSPC' });
  });
});

/** Runs a command, and interrupts it once it reads. */
async function interrupted(
  argv: string[],
  name: 'SIGINT' | 'SIGTERM',
  given: Partial<Effects> = {},
  asked?: Promise<unknown>,
) {
  const controller = new AbortController();
  const running = run(argv, { signal: controller.signal, ...given });
  await asked;
  setTimeout(() => controller.abort(name), 50);
  return running;
}

/** A server, and a promise of the first request to it. */
async function asked(answer: (response: ServerResponse) => unknown) {
  let wasAsked = (): void => {};
  const request = new Promise<void>((resolve) => {
    wasAsked = resolve;
  });
  const { url } = await serve((_, response) => {
    answer(response);
    wasAsked();
  });
  return { url, request };
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (name) => {
  const code = name === 'SIGINT' ? 130 : 143;

  it.each([
    ['explain -', ['explain', '-']],
    ['report -', ['report', '-']],
    ['call -d -', ['call', 'POST', 'http://127.0.0.1:9/', '-d', '-']],
  ])('ends %s while standard input is read', async (_, argv) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    stdin.write('{"error":');
    const got = await interrupted(argv, name, { stdin });
    expect(got).toMatchObject({
      code,
      stdout: '',
      stderr: `error: interrupted by ${name} before there was a result\n`,
    });
  });

  it('is said in the one document of JSON', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    const { stdout } = await interrupted(['explain', '-', '--format', 'json'], name, { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exit: { code }, error: { name: 'Interrupted' } });
  });

  it.each([
    ['explain', (pipe: string) => ['explain', pipe]],
    ['call -d', (pipe: string) => ['call', 'POST', 'http://127.0.0.1:9/', '-d', `@${pipe}`]],
    ['call --har', (pipe: string) => ['call', 'GET', '/cyber-assets', '--mock', '200', '--har', pipe]],
    ['triage', (pipe: string) => ['triage', pipe]],
  ])('ends %s while nobody is at the other end of a pipe', async (_, argv) => {
    const pipe = join(emptyFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const sleep = (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        setTimeout(resolve, ms);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    expect((await interrupted(argv(pipe), name, { sleep })).code).toBe(code);
  });

  it('ends a call while its answer comes, and says so in one line', async () => {
    const { url, request } = await asked((response) => response.writeHead(200).write('{"half":'));
    const { code: got, stderr } = await interrupted(['call', 'GET', url], name, {}, request);
    expect(got).toBe(code);
    expect(stderr).toMatch(
      new RegExp(
        `^\nInterrupted by ${name} after \\d+ ms, receiving the body: 8 bytes, then nothing for \\d+ ms\\.\n$`,
      ),
    );
  });

  it('says what a call was waiting for', async () => {
    const { url, request } = await asked(() => {});
    const { code: got, stderr } = await interrupted(['call', 'GET', url], name, { now: Date.now }, request);
    expect(got).toBe(code);
    expect(stderr).toMatch(
      new RegExp(`^Interrupted by ${name} after \\d+ ms, waiting for the first byte from ${new URL(url).host}\\.\n$`),
    );
  });
});

describe('an interrupted command', () => {
  it('shows what a call has learned, and says so in one line', async () => {
    const sleep = (_: number, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const argv = ['call', 'GET', '/cyber-assets', '--mock', '429,429', '--retry'];
    const { code, stdout, stderr } = await interrupted(argv, 'SIGINT', { sleep });
    expect(code).toBe(130);
    expect(stdout).toContain('Too Many Requests');
    expect(stderr).toMatch(/attempt 1 of 5[\s\S]*Too Many Requests[\s\S]*\nInterrupted by SIGINT\.\n$/);
  });

  it('writes the reports of the checks that were run', async () => {
    const controller = new AbortController();
    const { url } = await serve((request, response) => {
      if (request.url === '/a') response.end('{}');
      else controller.abort('SIGTERM');
    });
    const cwd = emptyFolder();
    const checks = ['a', 'b'].map((name) => ({ name, request: `GET ${url}/${name}` }));
    writeFileSync(join(cwd, 'errprobe.checks.json'), JSON.stringify({ checks }));
    const argv = ['check', '--jobs', '1', '--report', 'json=out.json'];
    const { code, stdout, stderr } = await run(argv, { cwd, signal: controller.signal });
    expect(code).toBe(143);
    expect(stdout).toContain('1 passed, 1 not run');
    expect(stderr).toContain('Interrupted by SIGTERM.\n');
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')).summary).toMatchObject({ passed: 1, notRun: 1 });
  });
});

describe('a command that is interrupted before it has begun', () => {
  it.each([
    ['check', ['check', 'errprobe.checks.json']],
    ['call', ['call', 'GET', 'URL', '--no-history']],
    ['audit', ['audit', 'victims', '--mock']],
    ['triage of what never comes', ['triage']],
  ])('ends at once: %s', async (_, argv) => {
    const { url } = await serve(() => {});
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'errprobe.checks.json'),
      JSON.stringify({ checks: [{ name: 'a', request: `GET ${url}/a` }] }),
    );
    const signal = AbortSignal.abort('SIGTERM');
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    const { code } = await run(
      argv.map((word) => word.replace('URL', url)),
      { cwd, signal, stdin },
    );
    expect(code).toBe(143);
  });
});

describe('a pipe', () => {
  it('is explained like a file', async () => {
    const pipe = join(emptyFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    spawn('sh', ['-c', `printf '%s' '{"error":"Too Many Requests"}' > "$0"`, pipe]);
    const { code, stdout } = await run(['explain', pipe, '--status', '429']);
    expect(stdout).toContain('429');
    expect(code).toBe(0);
  });

  it('is read up to the limit for files', async () => {
    const pipe = join(emptyFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const endless = spawn('sh', ['-c', 'yes > "$0"', pipe]);
    const { code, stderr } = await run(['explain', pipe]);
    endless.kill();
    expect(stderr).toContain('is too large');
    expect(code).toBe(2);
  });

  it('without an end such as a device is, too', async () => {
    const { code, stderr } = await run(['explain', '/dev/zero']);
    expect(stderr).toContain('is too large');
    expect(code).toBe(2);
  });

  it('is counted by triage', async () => {
    const cwd = emptyFolder();
    const pipe = join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    writeFileSync(join(cwd, 'a.log'), '{"status":500}\n{"status":429}\n');
    spawn('sh', ['-c', 'cat a.log > pipe'], { cwd });
    const { stdout } = await run(['triage', 'pipe', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).lines).toMatchObject({ lines: 2 });
  });
});
