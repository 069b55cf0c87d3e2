import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../src/catalogs/index.ts';
import { startMock } from '../src/mock/server.ts';
import type { Catalog } from '../src/model/catalog.ts';
import { parseSource } from '../src/schema/yaml.ts';
import { OWNERS } from './helpers/owners.ts';
import { emptyFolder, run } from './helpers/terminal.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Every block that shows a command after `$` and what it printed. */
const blocks = [...readme.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(([, command = '', output = '']) => ({
  command,
  output,
}));

const raptor = builtIn.apis.find(({ id }) => id === 'raptor-comply') as Catalog;

/** The YAML block that has a key. */
function yamlWith(key: string): string {
  const found = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  return found.find((text) => new RegExp(`^${key}:\\n`, 'm').test(text)) ?? '';
}

/** What is printed, without what is another with every run. */
function code(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\bport \d+/g, 'port PORT')
    .replaceAll(/\d[\d.]* m?s\b/g, 'N ms');
}

/** The package of an import: `ajv` of `ajv/dist/2020.js`. */
function packageOf(name: string): string {
  return name.split('/')[0] ?? name;
}

/** Splits a command line of the README: an optional `echo '…' |`, then the words of errprobe. */
function parse(command: string): { argv: string[]; input?: string } {
  const [, input, line = ''] = /^(?:echo '([^']*)' \| )?npx errprobe (.*)$/.exec(command) ?? [];
  const argv = line.split(' ');
  return input === undefined ? { argv } : { argv, input };
}

describe('the README', () => {
  it.each(blocks)('shows what `$command` prints', async ({ command, output }) => {
    const { argv, ...given } = parse(command);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), yamlWith('checks'));
    writeFileSync(join(cwd, 'app.log'), /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
    const mock = argv[0] === 'doctor' ? await startMock(raptor, [], 0) : null;
    if (mock !== null)
      writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { baseUrl: ${mock.url} } }`);
    const env = mock === null ? {} : { env: { RAPTOR_COMPLY_API_KEY: 'demo-key-expired' }, now: Date.now };
    const { stdout, stderr } = await run(argv, { ...given, ...env, cwd });
    await mock?.close();
    if (['check', 'audit', 'doctor'].includes(argv[0] ?? '')) {
      expect(code(stderr + stdout)).toBe(code(output));
      return;
    }
    // Where both streams meet, the body stands between the attempts and what is said in the end.
    const [attempts = '', end] = stderr.split('\n\n');
    expect(end === undefined ? stdout : `${attempts}\n${stdout}\n${end}`).toBe(output);
  });

  it('shows how to split a large job, in commands that work', async () => {
    const [, partial = '', merge = ''] = /```sh\nparallel errprobe (.*) ">".*\nerrprobe (.*)\n```/.exec(readme) ?? [];
    const log = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'logs'));
    const parts = [log.split('\n').slice(0, 2), log.split('\n').slice(2)];
    for (const [i, part] of parts.entries()) {
      writeFileSync(join(cwd, `logs/${i}.log`), part.join('\n'));
      const argv = partial.replace('{}', `logs/${i}.log`).replace('{.}', `logs/${i}`).split(' ');
      expect((await run(argv, { cwd })).code).toBe(0);
    }
    const { stdout } = await run(merge.replace('logs/*.json', 'logs/0.json logs/1.json').split(' '), { cwd });
    expect(stdout).toBe((await run(['triage'], { cwd, input: log })).stdout);
  });

  it('shows enough', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(4);
  });

  it('names the two commands that CI and newcomers run', () => {
    expect(readme).toContain('npm ci && npx errprobe call GET /cyber-assets --mock 429,429,200 --retry\nnpm cit\n');
    expect(readFileSync(new URL('../.ci/run', import.meta.url), 'utf8')).toMatch(/^npm cit$/m);
  });

  it('shows a config that is valid', async () => {
    const yaml = yamlWith('apis');
    const { configSchema } = await import('../src/config/schema.ts');
    const { validateSource } = await import('../src/schema/validate.ts');
    expect(validateSource(yaml, configSchema)).toMatchObject({ ok: true });
  });

  it.each(['jobs', 'api'])('shows CI that works as printed: %s', async (key) => {
    const steps = parseSource(yamlWith(key)).value;
    const [, line = ''] = /"npx errprobe ([^"]*)"/.exec(JSON.stringify(steps)) ?? [];
    const mock = await startMock(raptor, [], 0);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), yamlWith('checks'));
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { baseUrl: ${mock.url} } }`);
    const result = await run(line.split(' '), { cwd, env: { RAPTOR_COMPLY_API_KEY: 'demo-key' } });
    await mock.close();
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('4 passed') });
    const [, file = ''] = /=(\S+)$/.exec(line) ?? [];
    expect(readFileSync(join(cwd, file), 'utf8')).toContain('assets are listed');
  });

  it('has a line for each package that is bundled', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(dependencies).toBeUndefined();
    for (const name of new Set(Object.keys(OWNERS).map(packageOf))) {
      const range = devDependencies[name];
      expect(readme).toMatch(new RegExp(`\\| ${name} ${/\d+/.exec(range)?.[0]} \\|`));
    }
  });
});
