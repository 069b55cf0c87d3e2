import { expect, it } from 'vitest';
import { run } from '../helpers/terminal.ts';

const TERMINAL = { TERM: 'xterm-256color' };

it.each<[boolean, boolean, string[], Record<string, string>]>([
  [true, true, [], TERMINAL],
  [true, true, [], { OS: 'Windows_NT' }],
  [false, true, [], {}],
  [false, false, [], TERMINAL],
  [false, true, [], { TERM: 'dumb' }],
  [false, true, [], { ...TERMINAL, NO_COLOR: '1' }],
  [true, true, [], { ...TERMINAL, NO_COLOR: '' }],
  [true, false, [], { FORCE_COLOR: '1' }],
  [true, false, [], { FORCE_COLOR: '' }],
  [true, false, [], { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }],
  [false, true, [], { ...TERMINAL, FORCE_COLOR: '0' }],
  [false, true, ['--no-color'], { ...TERMINAL, FORCE_COLOR: '1' }],
  [false, true, [], { ...TERMINAL, NODE_DISABLE_COLORS: '1' }],
  [false, true, [], { ...TERMINAL, CLICOLOR: '0' }],
  [true, true, [], { ...TERMINAL, CLICOLOR: '1' }],
  [false, false, [], { ...TERMINAL, CLICOLOR: '1' }],
  [true, false, [], { CLICOLOR_FORCE: '1' }],
  [true, false, [], { CLICOLOR_FORCE: '1', CLICOLOR: '0', TERM: 'dumb' }],
  [false, false, [], { ...TERMINAL, CLICOLOR_FORCE: '0' }],
  [false, true, [], { ...TERMINAL, CLICOLOR_FORCE: '1', NO_COLOR: '1' }],
  [true, false, ['--color'], { NO_COLOR: '1', TERM: 'dumb' }],
])('colour is %s with a terminal %s, %j and %j', async (expected, tty, options, env) => {
  const { stdout } = await run(['explain', '404', ...options], { tty, env });
  expect(stdout.includes('\u001b[')).toBe(expected);
});

it('a terminal that is dumb gets a line for each attempt', async () => {
  const { stderr } = await run(['call', 'GET', '/cyber-assets', '--mock', '429', '--retry'], {
    tty: true,
    env: { TERM: 'dumb' },
  });
  expect(stderr).toContain('attempt 1 of 5: 429 Too Many Requests; waiting 1.3 s (backoff)');
  for (const drawn of ['\u001b', 'left', '↻']) expect(stderr).not.toContain(drawn);
});
