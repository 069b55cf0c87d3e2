import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LONGEST_DIAGNOSED as LIMIT } from '../../src/model/exchange.ts';
import type { Report } from '../../src/model/report.ts';
import { serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const CUT = 'Only the first 10 MiB of the body were diagnosed.';
const KEY = 'k-1234567890abcdef';

/** A JSON list that exceeds the limit. */
const LONG = `[${'"0123456789abcdef"'.repeat(600_000).replaceAll('""', '","')}]`;

/** A server that sends the responses in turn, and then repeats the last. */
const answering = (...answers: ((response: ServerResponse) => unknown)[]) =>
  serve((_, response) => void (answers.length > 1 ? answers.shift() : answers[0])?.(response));

const ok = (body: string) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
const status = (code: number, body: string) => (response: ServerResponse) => response.writeHead(code).end(body);

describe('a body that is longer than what is diagnosed', () => {
  it('is on standard output whole, and what was not diagnosed is said', async () => {
    const { url } = await answering(ok(LONG));
    const { code, stdout, stderr } = await run(['call', 'GET', url]);
    expect(code).toBe(0);
    expect(stdout === LONG).toBe(true);
    expect(stderr).toBe(`\n✔ 200 OK\n  ${CUT}\n`);
    expect((await run(['call', 'GET', url, '--quiet'])).stderr).toBe('');
  });

  it('is cut off in JSON, which says so', async () => {
    const { url } = await answering(ok(LONG));
    const { stdout } = await run(['call', 'GET', url, '--format', 'json']);
    const [result] = (JSON.parse(stdout) as Report).results;
    expect(result?.response).toMatchObject({ truncated: true, bytes: LONG.length });
    expect(String(result?.response?.body)).toHaveLength(LIMIT);
  });

  it('is whole on a terminal, where it cannot control it', async () => {
    const { url } = await answering(ok(`${LONG}\u001b[31mü\r\n`));
    const { stdout } = await run(['call', 'GET', url], { tty: true });
    expect(stdout === `${LONG}\\x1b[31mü\n`).toBe(true);
  });

  it('is whole with an error, which is diagnosed', async () => {
    const { url } = await answering(status(500, LONG));
    const { code, stdout, stderr } = await run(['call', 'GET', url]);
    expect(code).toBe(5);
    expect(stdout === LONG).toBe(true);
    expect(stderr).toContain(CUT);
  });

  it('does not come out when the attempt is repeated', async () => {
    const { url, requests } = await answering(status(503, LONG), ok('[1]'));
    const { code, stdout } = await run(['call', 'GET', url, '--retry', '1']);
    expect({ code, stdout, sent: requests.length }).toEqual({ code: 0, stdout: '[1]', sent: 2 });
  });

  it('is whole when the last attempt has it', async () => {
    const { url } = await answering(status(503, 'no'), status(400, LONG));
    const { code, stdout } = await run(['call', 'GET', url, '--retry', '3']);
    expect(code).toBe(4);
    expect(stdout === LONG).toBe(true);
  });

  it('is not asked for again once part of it has passed', async () => {
    const { url, requests } = await answering((response) => {
      response.writeHead(200, { 'content-length': String(LONG.length + 5) }).write(LONG, () => response.destroy());
    });
    const { code, stdout, stderr } = await run(['call', 'GET', url, '--retry', '3']);
    expect({ code, sent: requests.length }).toEqual({ code: 6, sent: 1 });
    expect(LONG.startsWith(stdout) && stdout.length > LIMIT).toBe(true);
    expect(stderr).toContain('part of the body has been written to standard output');
  });

  it('is checked as far as it need not be whole', async () => {
    const { url } = await serve(({ url: path }, response) =>
      response.writeHead(200, { 'content-type': path === '/text' ? 'text/plain' : 'application/json' }).end(LONG),
    );
    const cwd = emptyFolder();
    const check = (path: string, expected: string) => {
      writeFileSync(
        join(cwd, 'errprobe.checks.yaml'),
        `checks:\n  - name: long\n    request: GET ${url}${path}\n    ${expected}\n`,
      );
      return run(['check', '--api', 'raptor-comply'], { cwd });
    };
    const passed = await check('/text', 'expect: { status: 200 }');
    expect(passed).toMatchObject({ code: 0, stdout: expect.stringContaining(CUT) });
    for (const needy of ['expect: { status: 200 }', 'expect: { json: { /0: x } }', 'capture: { first: /0 }']) {
      const { code, stdout } = await check('/json', needy);
      expect(code).toBe(1);
      expect(stdout).toContain('the body was cut off after 10 MiB');
      expect(stdout).not.toContain('not JSON');
    }
  });
});

describe('the body of an attempt', () => {
  it('comes out only of the last one', async () => {
    const { url } = await answering(status(503, 'first'), status(503, 'second'), ok('"third"'));
    expect((await run(['call', 'GET', url, '--retry', '2'])).stdout).toBe('"third"');
  });

  it('comes out as it comes when there is no other', async () => {
    const first = deferred();
    const { url } = await answering(async (response) => {
      response.writeHead(200).write('one\n');
      await first.promise;
      response.end('two\n');
    });
    const { Writable } = await import('node:stream');
    const pieces: string[] = [];
    const stdout = new Writable({
      write(piece, _, done) {
        pieces.push(String(piece));
        first.resolve();
        done();
      },
    });
    await run(['call', 'GET', url], { stdout });
    expect(pieces).toEqual(['one\n', 'two\n']);
  });

  it.each([[[]], [['--retry']]])('that is interrupted comes out as far as it came (%s)', async (more) => {
    const controller = new AbortController();
    const { url } = await answering((response) => {
      response.writeHead(200).write('half', () => setTimeout(() => controller.abort('SIGINT'), 50));
    });
    const { code, stdout } = await run(['call', 'GET', url, ...more], { signal: controller.signal });
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'half' });
  });

  it.each([[[]], [['--retry', '1']]])('that times out comes out as far as it came (%s)', async (more) => {
    const { url } = await answering((response) => response.writeHead(200).write('half'));
    const { code, stdout, stderr } = await run(['call', 'GET', url, '--timeout', '200ms', ...more]);
    expect({ code, stdout }).toEqual({ code: 6, stdout: 'half' });
    expect(stderr).toContain('200 and 4 bytes came, then nothing for 200 ms');
  });

  it('that breaks off comes out as far as it came', async () => {
    const port = await serveTcp((socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n${'x'.repeat(500_000)}`)),
    );
    const { code, stdout } = await run(['call', 'GET', `http://127.0.0.1:${port}`]);
    expect({ code, length: stdout.length }).toEqual({ code: 6, length: 500_000 });
  });

  it('hides a secret that straddles two pieces', async () => {
    const { url } = await answering((response) => {
      response.writeHead(200).write(`before ${KEY.slice(0, 7)}`);
      setTimeout(() => response.end(`${KEY.slice(7)} after`), 50);
    });
    const { stdout } = await run(['call', 'GET', url, '-H', `x-api-key: ${KEY}`]);
    expect(stdout).toBe('before [redacted] after');
  });
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
