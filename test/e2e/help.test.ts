import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../helpers/programs.ts';
import { run } from '../helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { stdout: HELP } = await run(['help']);
const [, LISTED = ''] = /^Commands:\n((?: {2}.*\n)+)/m.exec(HELP) ?? [];
const COMMANDS = [...LISTED.matchAll(/^ {2}([a-z-]+)/gm)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'help');

describe('the help', () => {
  it('lists every command', () => {
    expect(COMMANDS).toEqual(expect.arrayContaining(['call', 'check', 'init', 'apis', 'history', 'completion']));
  });

  it('of the program shows what one types first, without a command', () => {
    const [, examples = ''] = /\nExamples:\n((?: {2}\S.*\n)+)/.exec(HELP) ?? [];
    for (const form of [/errprobe https:/, /\| errprobe$/m, /errprobe 429/]) expect(examples).toMatch(form);
    for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('names the place of the page on a terminal', async () => {
    const { stdout } = await run(['call', '--help'], { tty: true });
    expect(stdout).toContain(`More: ${ROOT}docs/call.md`.replace(/\/+docs/, '/docs'));
  });

  const SUBCOMMANDS = ['list', 'search', 'show', 'export', 'import'].map((name) => `catalog ${name}`);

  it.each([...COMMANDS, ...SUBCOMMANDS])('of %s has two examples, its page, and options in groups', async (name) => {
    const { code, stdout } = await run([...name.split(' '), '--help']);
    expect(code).toBe(0);
    const [, examples = ''] = /\nExamples:\n((?: {2}\S.*\n)+)/.exec(stdout) ?? [];
    expect(examples.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
    const [, page = ''] = /^More: (docs\/[\w-]+\.md) in the package$/m.exec(stdout) ?? [];
    expect({ page, isThere: existsSync(`${ROOT}/${page}`) }).toEqual({ page, isThere: page !== '' });
    const [, ungrouped = ''] = /\nOptions:\n((?: {2}.*\n)+)/.exec(stdout) ?? [];
    expect(ungrouped.match(/^ {2}-/gm)?.length ?? 0).toBeLessThanOrEqual(8);
    // In the same order everywhere, and what belongs to no group at the end.
    const order = [
      'Input',
      'Request',
      'Selection',
      'Authentication',
      'Connection',
      'Retry',
      'Run',
      'Output',
      'Options',
    ];
    const groups = [...stdout.matchAll(/^([A-Z]\w+):$/gm)].map(([, group = '']) => group);
    const shown = groups.filter((group) => order.includes(group));
    expect(shown).toEqual(order.filter((group) => shown.includes(group)));
  });
});

describe('the man page', () => {
  it.skipIf(!isInstalled('man') || !isInstalled('groff'))('renders, with every command (needs man and groff)', () => {
    const env = { ...process.env, MANWIDTH: '100', MANROFFOPT: '-ww', LC_ALL: 'C.UTF-8' };
    const text = execFileSync('man', ['-l', `${ROOT}/dist/errprobe.1`], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const name of COMMANDS) expect(text).toContain(`Usage: errprobe ${name}`);
    expect(text).toMatch(/EXIT STATUS[\s\S]* 8 {2}auth/);
    expect(text).toContain('--report junit=out.xml');
  });
});
