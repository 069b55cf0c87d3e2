import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));

/** `script` of util-linux runs a process on a pseudoterminal. */
const hasScript = (() => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

/** Runs a command line on a terminal of 80 columns; input is typed when the screen shows `when`. */
function onTerminal(
  command: string,
  type?: { when: string; keys: string },
  env: Record<string, string> = {},
  onScreen: (soFar: string) => void = () => {},
): Promise<{ code: number | null; screen: string }> {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, '.errproberc.yaml'),
    `retry: { base: ${type === undefined ? '150ms' : '60s'}, jitter: 0ms }\n`,
  );
  const line = `stty cols 80; "${process.execPath}" "${LAUNCHER}" ${command}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, TERM: 'xterm', ...env },
  });
  let screen = '';
  let typed = false;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    screen += text;
    onScreen(screen);
    if (type !== undefined && !typed && screen.includes(type.when)) {
      typed = true;
      child.stdin.write(type.keys);
    }
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, screen })));
}

describe.skipIf(!hasScript)('on a terminal (needs script of util-linux)', () => {
  it('counts down during a wait and leaves the attempt behind', async () => {
    const { code, screen } = await onTerminal('call GET /cyber-assets --mock 429 --retry');
    expect(code).toBe(0);
    expect(screen).toMatch(/\d+ ms left/);
    expect(screen).toContain('↻ attempt 1 of 5: 429 Too Many Requests; waiting 150 ms (backoff)');
    expect(screen).toContain('"Inverter 1"');
  });

  it('ends at once on Ctrl-C during the countdown, with what it learned', async () => {
    const { code, screen } = await onTerminal('call GET /cyber-assets --mock 429 --retry', {
      when: 'left',
      keys: '\u0003',
    });
    expect(code).toBe(130);
    expect(screen).toContain('raptor-comply/too-many-requests');
  });

  it.each<[boolean, Record<string, string>]>([
    [true, {}],
    [false, { NO_COLOR: '1' }],
    [false, { CLICOLOR: '0' }],
    [false, { TERM: 'dumb' }],
  ])('is coloured: %s with %j', async (expected, env) => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}'),
    );
    const { screen } = await onTerminal(`call ${url} -i`, undefined, env);
    expect(screen).toMatch(/HTTP\/1\.1[\s\S]*content-type[\s\S]*"a"[\s\S]*200 OK/);
    expect(screen.includes('\u001b[36m')).toBe(expected);
  });

  it('shows an event within 100 ms of its arrival, and keeps all that came before a failure', async () => {
    const sent: number[] = [];
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': begin\n\n');
      emit = () => {
        sent.push(Date.now());
        response.write(`data: {"n":${sent.length}}\n\n`);
      };
      fail = () => response.destroy();
    });
    let emit = () => {};
    let fail = () => {};
    const delays: number[] = [];
    const { code, screen } = await onTerminal(`call ${url} --no-color`, undefined, {}, (soFar) => {
      const shown = soFar.split('data: ').length - 1;
      if (shown > delays.length) delays.push(Date.now() - (sent.at(-1) ?? 0));
      if (soFar.includes(': begin') && shown === sent.length) (shown < 3 ? emit : fail)();
    });
    expect(code).toBe(6);
    expect(delays).toHaveLength(3);
    // The fastest counts, since the machine may be busy.
    expect(Math.min(...delays)).toBeLessThan(100);
    expect(screen).toContain('data: {"n":3}');
    expect(screen).toMatch(/200 and \d+ bytes came, then the connection failed/);
  });

  it('shows what it waits for, and says so on Ctrl-C', async () => {
    const { url } = await serve(() => {});
    const { code, screen } = await onTerminal(`call ${url}`, { when: 'of 30 s, waiting', keys: '\u0003' });
    const { host } = new URL(url);
    expect(code).toBe(130);
    expect(screen).toContain(`of 30 s, waiting for the first byte from ${host}`);
    expect(screen).toMatch(
      new RegExp(`Interrupted by SIGINT after [\\d.]+ m?s, waiting for the first byte from\\s+${host}`),
    );
  });

  it('shows the progress of a file, and where it is', async () => {
    let finish = () => {};
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 3_000_000 }).write(Buffer.alloc(2_000_000));
      finish = () => response.end(Buffer.alloc(1_000_000));
    });
    const { code, screen } = await onTerminal(`call ${url}/a.bin -O`, undefined, {}, (soFar) => {
      if (soFar.includes('2 MB of 3 MB')) finish();
    });
    expect(code).toBe(0);
    expect(screen).toMatch(/receiving 2 MB of 3 MB, [\d.]+ [kMG]B\/s, [^\n]* left/);
    expect(screen).toMatch(/200 OK[\s\S]*3 MB[\s\S]*Saved to a\.bin/);
  });

  it.each([[''], ['--digest']])('asks for the password of -u, which it does not show: %s', async (option) => {
    const got: (string | undefined)[] = [];
    const { url } = await serve((request, response) => {
      got.push(request.headers.authorization);
      const isAsked = option !== '' && got.length === 1;
      response.writeHead(isAsked ? 401 : 200, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end('{"in":1}');
    });
    const keys = 'pass-2718 word\r';
    const { code, screen } = await onTerminal(`call ${url} -u ada ${option}`, { when: 'Password for ada:', keys });
    expect(code).toBe(0);
    expect(got.at(-1)).toMatch(
      option === '' ? `Basic ${Buffer.from('ada:pass-2718 word').toString('base64')}` : /^Digest username="ada"/,
    );
    expect(screen).not.toContain('2718');
  });

  it('gives up without a password on Ctrl-D', async () => {
    const { code, screen } = await onTerminal('call :9 -u ada', { when: 'Password for ada:', keys: '\u0004' });
    expect({ code, said: screen.includes('no password was given') }).toEqual({ code: 2, said: true });
  });

  it('explains what is pasted until Ctrl-D', async () => {
    const { code, screen } = await onTerminal('explain', {
      when: 'Ctrl-D',
      keys: '{"error":"Too Many Requests","message":"slow down"}\n\u0004',
    });
    expect(code).toBe(0);
    expect(screen).toContain('429 Too Many Requests');
  });

  it('says that nothing was pasted', async () => {
    const { code, screen } = await onTerminal('explain', { when: 'Ctrl-D', keys: '\u0004' });
    expect(code).toBe(2);
    expect(screen).toContain('error: ');
  });
});
