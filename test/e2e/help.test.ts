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

  it.each(COMMANDS)('of %s has two examples, its page, and options in groups', async (name) => {
    const { code, stdout } = await run([name, '--help']);
    expect(code).toBe(0);
    const [, examples = ''] = /\nExamples:\n((?: {2}\S.*\n)+)/.exec(stdout) ?? [];
    expect(examples.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
    const [, page = ''] = /^More: (docs\/[\w-]+\.md) in the package$/m.exec(stdout) ?? [];
    expect({ page, isThere: existsSync(`${ROOT}/${page}`) }).toEqual({ page, isThere: page !== '' });
    const [, ungrouped = ''] = /\nOptions:\n((?: {2}.*\n)+)/.exec(stdout) ?? [];
    expect(ungrouped.match(/^ {2}-/gm)?.length ?? 0).toBeLessThanOrEqual(8);
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
