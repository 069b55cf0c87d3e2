import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import type { Output } from '../../src/model/effects.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** A terminal that fails if more lines are cleared than any screen has. */
function terminal(columns: number | undefined): Output & { cleared: number } {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  const screen = {
    cleared: 0,
    isTTY: true,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine() {
      if (++screen.cleared > 1000) throw new Error('endlessly many lines are cleared');
      return true;
    },
  };
  return Object.assign(stream, screen, columns === undefined ? {} : { columns });
}

describe.each([[0], [1], [undefined]])('on a terminal of %s columns', (columns) => {
  it.each([
    ['triage', ['triage', 'a.log']],
    ['check', ['check', '--mock', '429', '--retry']],
    ['call', ['call', 'GET', '/cyber-assets', '--mock', '429', '--retry']],
  ])('%s ends', async (_, argv) => {
    vi.stubEnv('CI', undefined);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'a.log'), '{"status":500}\n');
    writeFileSync(
      join(cwd, 'errprobe.checks.yaml'),
      'api: raptor-comply\nchecks: [{ name: a, request: GET /cyber-assets }]\n',
    );
    const stderr = terminal(columns);
    const { code } = await run(argv, { cwd, stderr, env: { TERM: 'xterm' } });
    vi.unstubAllEnvs();
    expect(code).toBe(0);
  });
});
