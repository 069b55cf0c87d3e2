import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from './helpers/terminal.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Every block that shows a command after `$` and what it printed. */
const blocks = [...readme.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(([, command = '', output = '']) => ({
  command,
  output,
}));

/** Splits a command line of the README: an optional `echo '…' |`, then the words of errprobe. */
function parse(command: string): { argv: string[]; input?: string } {
  const [, input, line = ''] = /^(?:echo '([^']*)' \| )?npx errprobe (.*)$/.exec(command) ?? [];
  const argv = line.split(' ');
  return input === undefined ? { argv } : { argv, input };
}

describe('the README', () => {
  it.each(blocks)('shows what `$command` prints', async ({ command, output }) => {
    const { argv, ...given } = parse(command);
    const { stdout, stderr } = await run(argv, given);
    // Where both streams meet, the body stands between the attempts and what is said in the end.
    const [attempts = '', end] = stderr.split('\n\n');
    expect(end === undefined ? stdout : `${attempts}\n${stdout}\n${end}`).toBe(output);
  });

  it('shows enough', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(4);
  });

  it('names the two commands that CI and newcomers run', () => {
    expect(readme).toContain('npm ci && npx errprobe call GET /cyber-assets --mock 429,429,200 --retry\nnpm cit\n');
    expect(readFileSync(new URL('../.ci/run', import.meta.url), 'utf8')).toMatch(/^npm cit$/m);
  });

  it('shows a config that is valid', async () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const { configSchema } = await import('../src/schema/config.ts');
    const { validateSource } = await import('../src/schema/validate.ts');
    expect(validateSource(yaml, configSchema)).toMatchObject({ ok: true });
  });

  it('has a line for each dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    for (const [name, range] of Object.entries(dependencies as Record<string, string>)) {
      expect(readme).toMatch(new RegExp(`\\| ${name} ${/\d+/.exec(range)?.[0]} \\|`));
    }
  });
});
