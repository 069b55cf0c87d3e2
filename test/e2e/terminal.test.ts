import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
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

  it('uses no colour when NO_COLOR is set', async () => {
    const [plain, coloured] = await Promise.all([
      onTerminal('explain 404', undefined, { NO_COLOR: '1' }),
      onTerminal('explain 404'),
    ]);
    expect(plain.screen).not.toContain('\u001b[');
    expect(coloured.screen).toContain('\u001b[');
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
