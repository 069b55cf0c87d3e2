import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { closedPort, serve, serveTcp } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const report = (text: string) => JSON.parse(text) as Report;

describe('call', () => {
  it('prints the body on stdout and ends with 0', async () => {
    const { code, stdout, stderr } = await run(['call', 'GET', '/cyber-assets', '--mock']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)[0].name).toBe('Inverter 1');
  });

  it('retries visibly, and waits as the catalog says', async () => {
    const { code, stdout, stderr, waits } = await run([
      'call',
      'GET',
      '/cyber-assets',
      '--mock',
      '429,429,200',
      '--retry',
    ]);
    expect(code).toBe(0);
    expect(waits).toEqual([1250, 2250]);
    expect(stderr.split('\n')).toEqual([
      'attempt 1 of 5: 429 Too Many Requests; waiting 1.3 s (backoff)',
      'attempt 2 of 5: 429 Too Many Requests; waiting 2.3 s (backoff)',
      '',
      '✔ 200 OK after 3 attempts',
      '',
    ]);
    expect(stdout).toContain('Inverter 1');
  });

  it('prints the body of an error on stdout and its diagnosis on stderr', async () => {
    const { code, stdout, stderr } = await run(['call', 'GET', '/cyber-assets', '--mock', 'expired-api-key']);
    expect(code).toBe(8);
    expect(JSON.parse(stdout)).toEqual({ error: 'Unauthorized', message: 'API key has expired' });
    expect(stderr).toContain('raptor-comply/expired-api-key');
  });

  it('prints one document with --format json, on failure too', async () => {
    const { code, stdout, waits } = await run([
      'call',
      'GET',
      '/cyber-assets',
      '--mock',
      '500,500,500',
      '--retry',
      '2',
      '--format',
      'json',
    ]);
    const { exit, results } = report(stdout);
    expect(code).toBe(5);
    expect(exit).toEqual({ code: 5, name: 'server-error' });
    expect(results[0]?.attempts.map(({ status, waitMs }) => [status, waitMs])).toEqual([
      [500, 1250],
      [500, 2250],
      [500, null],
    ]);
    expect(waits).toHaveLength(2);
  });

  it('marks what passed only after a retry', async () => {
    const { stdout } = await run(['call', 'GET', '/cyber-assets', '--mock', '503', '--retry', '--format', 'json']);
    expect(report(stdout)).toMatchObject({ ok: true, results: [{ flaky: true, diagnosis: null }] });
  });

  it('does not wait less than the server asks, but stops and says when to come back', async () => {
    const { code, stderr, waits } = await run([
      'call',
      'GET',
      '/v1/victims/1001',
      '--mock',
      'quota-exhausted',
      '--retry',
    ]);
    expect({ code, waits }).toEqual({ code: 7, waits: [] });
    const at = /come back at (\S+)/.exec(stderr)?.[1] ?? '';
    expect(new Date(at).toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(at).not.toContain('.000');
  });

  it('waits for Retry-After when that is longer than the backoff', async () => {
    const { waits, stderr } = await run([
      'call',
      'GET',
      '/v1/victims/1001',
      '--mock',
      'infrastructure-limit-exceeded',
      '--retry',
    ]);
    expect(waits).toEqual([2000]);
    expect(stderr).toContain('(Retry-After)');
  });

  it('keeps waits visible when it is quiet', async () => {
    const { stderr } = await run(['call', 'GET', '/cyber-assets', '--mock', '429,401', '--retry', '--quiet']);
    expect(stderr).toContain('attempt 1 of 5');
    expect(stderr).not.toContain('Why');
  });

  it('does not repeat a POST that may have been carried out, unless told to', async () => {
    const argv = ['call', 'POST', '/cyber-assets', '-d', '{}', '--mock', '500,500', '--retry'];
    expect((await run(argv)).waits).toEqual([]);
    expect((await run([...argv, '--retry-unsafe'])).waits).toHaveLength(2);
    const keyed = await run([...argv, '--idempotency-key']);
    expect(keyed.waits).toEqual([]);
    expect(keyed.stderr.replaceAll(/\s+/g, ' ')).toContain('Raptor Comply documents no idempotency key');
  });

  it('repeats a POST that was refused with 429', async () => {
    expect((await run(['call', 'POST', '/cyber-assets', '-d', '{}', '--mock', '429', '--retry'])).waits).toHaveLength(
      1,
    );
  });

  it.each([
    ...[408, 421, 425].flatMap((status): [string, number, number][] =>
      ['POST', 'PATCH'].map((method) => [method, status, 1]),
    ),
    ['GET', 408, 2],
    ['PUT', 425, 2],
  ])('sends a %s that was answered with %i so many times: %i', async (method, status, times) => {
    const { url, requests } = await serve((_, response) => response.writeHead(status).end('{}'));
    await run(['call', method, url, ...(method === 'GET' ? [] : ['-d', '{}']), '--retry', '1']);
    expect(requests).toHaveLength(times);
  });

  it('sends the same idempotency key with every attempt', async () => {
    const keys: unknown[] = [];
    const { url } = await serve((request, response) => {
      keys.push(request.headers['idempotency-key']);
      response.writeHead(500).end();
    });
    await run(['call', 'POST', url, '--retry', '1', '--idempotency-key', 'auto']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('sends a method in capitals, whatever it is', async () => {
    const { url, requests } = await serve((_, response) => response.end());
    for (const method of ['get', 'Post', 'propfind']) expect((await run(['call', method, url])).code).toBe(0);
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'PROPFIND']);
  });

  it('explains what no catalog knows by its status', async () => {
    const { url } = await serve((_, response) => response.writeHead(404).end('{"oops":true}'));
    const { code, stdout, stderr } = await run(['call', 'GET', url]);
    expect(code).toBe(4);
    expect(stdout).toBe('{"oops":true}');
    expect(stderr).toContain('http/not-found');
  });

  it('explains that there was no answer', async () => {
    const { code, stdout, stderr } = await run(['call', 'GET', `http://127.0.0.1:${await closedPort()}/`]);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('network/connection-refused');
  });

  it('explains a redirect that it did not follow', async () => {
    const { url } = await serve((_, response) => response.writeHead(302, { location: '/x' }).end());
    expect((await run(['call', 'POST', url])).code).toBe(3);
  });

  it('keeps the key from a host that is not the API', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(401).end());
    const env = { RAPTOR_COMPLY_API_KEY: 'k-1234567890' };
    const { stderr } = await run(['call', 'GET', url, '--api', 'raptor-comply'], { env });
    expect(requests[0]?.headers).not.toHaveProperty('x-api-key');
    expect(stderr).toContain('The key was not sent');
  });

  it('says where the key came from when it is refused', async () => {
    const folder = emptyFolder();
    const { url } = await serve((_, response) => response.writeHead(403).end('{"error":"Forbidden","message":"no"}'));
    writeFileSync(
      join(folder, '.errproberc.yaml'),
      `apis:\n  raptor-comply:\n    baseUrl: ${url}\n    key: k-1234567890\n`,
    );
    const { stderr } = await run(['call', 'GET', '/x', '--api', 'raptor-comply'], { cwd: folder });
    expect(stderr).toMatch(/from \.errproberc\.yaml:4 \(fingerprint [0-9a-f]{6}\)/);
    expect(stderr).not.toContain('k-1234567890');
  });

  it('does not claim that the way to send the key is documented where it is not', async () => {
    const { stderr } = await run(['call', 'GET', '/v1/victims/1001', '--mock', '401']);
    expect(stderr).toContain('not documented');
  });

  it('prints status line and headers before the body', async () => {
    const { stdout } = await run(['call', 'GET', '/cyber-assets', '--mock', '--include']);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\ncontent-type: application\/json\n[\s\S]*\n\n\[/);
  });

  it('shows the exchange on stderr, with the key masked', async () => {
    const { stderr } = await run(['call', 'GET', '/cyber-assets', '--mock', '--verbose']);
    expect(stderr).toContain('> x-api-key: [redacted]');
    expect(stderr).toContain('< HTTP/1.1 200 OK');
  });

  it('sends nothing with --dry-run, and shows the request and the plan', async () => {
    const { code, stdout } = await run(['call', 'GET', '/cyber-assets', '--dry-run', '--retry'], {
      env: { RAPTOR_COMPLY_API_KEY: 'k-1234567890' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('x-api-key: [redacted]  (from RAPTOR_COMPLY_API_KEY, fingerprint ');
    expect(stdout).toContain('4 times, after 1 s, 2 s, 4 s and 8 s, or longer if the server');
    expect(stdout).not.toContain('k-1234567890');
  });

  it('prints a curl command that holds the variable, not the key', async () => {
    const { stdout } = await run(['call', 'POST', '/cyber-assets', '-d', `{"a":"it's"}`, '--curl'], {
      env: { RAPTOR_COMPLY_API_KEY: 'k-1234567890' },
    });
    expect(stdout).toContain('-H "x-api-key: $RAPTOR_COMPLY_API_KEY"');
    expect(stdout).toContain(`--data-raw '{"a":"it'\\''s"}'`);
    expect(stdout).not.toContain('k-1234567890');
  });

  it('reports what it learned when it is interrupted during a wait', async () => {
    const controller = new AbortController();
    const { code, stdout } = await run(
      ['call', 'GET', '/cyber-assets', '--mock', '429', '--retry', '--format', 'json'],
      {
        signal: controller.signal,
        sleep: (_, signal) => {
          controller.abort('SIGINT');
          return Promise.reject(signal.reason);
        },
      },
    );
    expect(code).toBe(130);
    expect(report(stdout)).toMatchObject({
      ok: false,
      exit: { name: 'interrupted' },
      results: [{ attempts: [{ status: 429 }], diagnosis: { id: 'raptor-comply/too-many-requests' } }],
    });
  });

  it('counts down on a terminal, and leaves a line for each attempt', async () => {
    const { stderr, stdout } = await run(['call', 'GET', '/cyber-assets', '--mock', '429', '--retry'], { tty: true });
    expect(stderr).toContain('↻ attempt 1 of 5: 429 Too Many Requests; waiting 1.3 s (backoff)');
    expect(stdout).toContain('[\n  {\n');
  });
});

describe('a HAR', () => {
  const har = async (argv: string[]) => {
    const cwd = emptyFolder();
    const called = await run(['call', ...argv, '--har', 'calls.har', '--format', 'json'], { cwd });
    const text = readFileSync(join(cwd, 'calls.har'), 'utf8');
    const explained = await run(['explain', 'calls.har', '--format', 'json'], { cwd });
    expect(readdirSync(cwd).filter((name) => !name.startsWith('.'))).toEqual(['calls.har']);
    return { called: report(called.stdout), text, explained: report(explained.stdout) };
  };

  it('holds every attempt, and explain reads it back to the same diagnosis', async () => {
    const { called, text, explained } = await har(['GET', '/cyber-assets', '--mock', '429,expired-api-key', '--retry']);
    const { log } = JSON.parse(text);
    expect(log.entries.map((entry: { response: { status: number } }) => entry.response.status)).toEqual([429, 401]);
    expect(log.entries[0]).toMatchObject({ request: { method: 'GET' }, cache: {}, timings: { send: 0 } });
    const [, last] = explained.results;
    expect(last?.diagnosis?.id).toBe(called.results[0]?.diagnosis?.id);
    expect(last?.response?.body).toEqual(called.results[0]?.response?.body);
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('demo-key');
  });

  it('holds a failure, too', async () => {
    const { called, explained } = await har(['POST', `http://127.0.0.1:${await closedPort()}/`, '-d', '{"a":1}']);
    expect(explained.results[0]?.diagnosis?.id).toBe('network/connection-refused');
    expect(explained.results[0]?.failure).toEqual(called.results[0]?.failure);
  });

  it('that cannot be written is an error', async () => {
    const { code, stderr } = await run(['call', 'GET', '/cyber-assets', '--mock', '--har', 'no/such/folder.har']);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot write no/such/folder.har');
  });
});

describe('the body on a terminal', () => {
  const onTerminal = async (body: string | Buffer) => {
    const { url } = await serve((_, response) => response.end(body));
    return (await run(['call', 'GET', url], { tty: true })).stdout;
  };

  it('cannot control the terminal', async () => {
    const text = await onTerminal('a\u001b[31mred\u001b]0;title\u0007 \u202egnp.exe\u009b2J\r\nb');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('\\x1b[31mred');
  });

  it('is not shown when it is binary', async () => {
    expect(await onTerminal(Buffer.from([1, 0, 2]))).toBe('binary data, 3 bytes (not shown; -o <file> saves it)\n');
  });
});

it('passes the body through a pipe to the byte', async () => {
  const bytes = Buffer.from([0, 255, 27, 91, 13, 10]);
  const { url } = await serve((_, response) => response.end(bytes));
  const chunks: Buffer[] = [];
  const { Writable } = await import('node:stream');
  const stdout = new Writable({
    write: (chunk, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  await run(['call', 'GET', url], { stdout });
  expect(Buffer.concat(chunks)).toEqual(bytes);
});

describe('a status that HTTP does not have', () => {
  it.each(['000', '099', '700'])('is an error of the server: %s', async (status) => {
    const port = await serveTcp((socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 ${status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`)),
    );
    expect((await run(['call', 'GET', `http://127.0.0.1:${port}/a`])).code).toBe(5);
  });
});
