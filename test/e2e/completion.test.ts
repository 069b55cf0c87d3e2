import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));

const CONFIG = `api: shop
apis:
  shop: { baseUrl: "https://shop.example", catalog: raptor-comply, profiles: { staging: {}, live: {} } }
`;

/** The words that may follow, in this process. */
async function offered(words: string[], config = CONFIG): Promise<string[]> {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.errproberc.yaml'), config);
  const { code, stdout, stderr } = await run(['completion', '--complete', '--', ...words], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

describe('a completion', () => {
  it.each<[string[], string[]]>([
    [['ex'], ['explain', 'exit-codes']],
    [
      ['check', '--fail'],
      ['--fail-fast', '--fail-on-flaky'],
    ],
    [
      ['call', '--format', ''],
      ['pretty', 'json'],
    ],
    [['call', '--format=j'], ['--format=json']],
    [['call', '--format', '=', 'j'], ['json']],
    [['call', '--api', 'sh'], ['shop']],
    [
      ['call', '--profile', ''],
      ['staging', 'live'],
    ],
    [
      ['check', '--report', 'j'],
      ['junit=', 'json='],
    ],
    [
      ['call', 'P'],
      ['POST', 'PUT', 'PATCH'],
    ],
    [['call', 'GET', '/cyber-a'], ['/cyber-assets']],
    [['call', 'GET', '/cyber-assets', '/'], []],
    [['explain', 'victims/key-l'], ['victims/key-locked']],
    [['mock', 'vic'], ['victims']],
    [['catalog', 'exp'], ['export']],
    [['catalog', 'show', 'victims/key-l'], ['victims/key-locked']],
    [['catalog', 'import', 'err'], []],
    [['completion', 'z'], ['zsh']],
    [['nope', 'x'], []],
  ])('of %j is %j', async (words, expected) => {
    expect(await offered(words)).toEqual(expect.arrayContaining(expected));
    if (expected.length < 2) expect(await offered(words)).toEqual(expected);
  });

  const OPENAPI = `openapi: 3.1.0
paths:
  /orders: { get: { summary: List orders }, post: { summary: Place an order }, parameters: [] }
  "/orders/{id}": { get: {} }
`;

  it.each<[string, string[], string[]]>([
    ['a method', ['call', 'POST', '/'], ['/orders\tPlace an order']],
    ['any method', ['call', '/o'], ['/orders\tList orders', '/orders/{id}\t']],
    ['another API', ['call', '--api', 'victims', 'GET', '/ord'], []],
  ])('has the paths of the OpenAPI document of an API, for %s', async (_, words, expected) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'shop.yaml'), OPENAPI);
    const config = 'api: shop\napis: { shop: { baseUrl: "https://shop.example", openapi: shop.yaml } }\n';
    writeFileSync(join(cwd, '.errproberc.yaml'), config);
    const { stdout } = await run(['completion', '--complete', '--', ...words], { cwd });
    expect(stdout.split('\n').filter((line) => line !== '')).toEqual(expected);
  });

  it.each(['openapi: [', 'paths: 3', '- a', ''])('offers no paths of a document such as %j', async (text) => {
    const cwd = emptyFolder();
    if (text !== '') writeFileSync(join(cwd, 'shop.yaml'), text);
    writeFileSync(
      join(cwd, '.errproberc.yaml'),
      'api: shop\napis: { shop: { baseUrl: "https://shop.example", openapi: shop.yaml } }\n',
    );
    const { code, stdout, stderr } = await run(['completion', '--complete', '--', 'call', 'GET', '/'], { cwd });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('offers nothing that a shell would obey', async () => {
    const hostile = [
      '/a;touch owned',
      '/$(touch owned)',
      '/`touch owned`',
      '/a b',
      "/'",
      '/"',
      '/a|b',
      '/a\n/b',
      '/\u001b[2J',
    ];
    const cwd = emptyFolder();
    const paths = Object.fromEntries([...hostile, '/orders/{id}', '/ä:b'].map((path) => [path, { get: {} }]));
    writeFileSync(join(cwd, 'shop.json'), JSON.stringify({ openapi: '3.1.0', paths }));
    writeFileSync(
      join(cwd, '.errproberc.yaml'),
      'api: shop\napis: { shop: { baseUrl: "https://a.example", openapi: shop.json } }\n',
    );
    const { stdout } = await run(['completion', '--complete', '--', 'call', 'GET', '/'], { cwd });
    expect(stdout).toBe('/orders/{id}\t\n/ä:b\t\n');
  });

  it('works where the config is broken', async () => {
    expect(await offered(['call', 'GE'], 'apis: [')).toEqual(['GET']);
  });

  it('has a script for each shell, and says so for any other', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { code, stdout } = await run(['completion', shell]);
      expect({ code, asks: stdout.includes('errprobe completion --complete') }).toEqual({ code: 0, asks: true });
      // Half-typed words must not be evaluated.
      expect(stdout).not.toMatch(/\beval\b/);
    }
    const { code, stderr } = await run(['completion', 'tcsh']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: for which shell? bash, zsh, fish, powershell\n' });
  });
});

/** A folder with errprobe as a program. */
function onPath(): { cwd: string; env: Record<string, string> } {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.errproberc.yaml'), CONFIG);
  writeFileSync(join(cwd, 'errprobe'), `#!/bin/sh\nexec "${process.execPath}" "${LAUNCHER}" "$@"\n`);
  chmodSync(join(cwd, 'errprobe'), 0o755);
  return { cwd, env: { PATH: `${cwd}:${process.env.PATH}`, HOME: cwd } };
}

describe.skipIf(!isInstalled('bash'))('in bash (skipped without bash)', () => {
  it.each([
    ['errprobe expl', 'explain'],
    ['errprobe call --api sh', 'shop'],
    ['errprobe call --format=j', 'json'],
    ['errprobe call --profile st', 'staging'],
    ['errprobe explain $(touch owned) victims/key-l', 'victims/key-locked'],
  ])('completes %s', (line, expected) => {
    const { cwd, env } = onPath();
    // What readline sets: the words, split at the characters in COMP_WORDBREAKS.
    const script = `source <(errprobe completion bash)
words=(); for word in $(printf '%s' "$1" | sed 's/=/ = /'); do words+=("$word"); done
COMP_WORDS=("\${words[@]}"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_errprobe; printf '%s\\n' "\${COMPREPLY[@]}"; ls`;
    const options = { cwd, env, encoding: 'utf8' } as const;
    const out = execFileSync('bash', ['--norc', '-c', script, 'bash', line], options).split('\n');
    expect(out[0]).toBe(expected);
    expect(out).not.toContain('owned');
    expect(
      execFileSync('bash', ['--norc', '-c', 'source <(errprobe completion bash); complete -p errprobe'], options),
    ).toContain('_errprobe');
  });
});

describe.skipIf(!isInstalled('zsh'))('in zsh (skipped without zsh)', () => {
  it('completes commands and entries', () => {
    const { cwd, env } = onPath();
    const script = `autoload -Uz compinit && compinit -u -D
_describe() { print -l -- "\${(@P)2}" }
_files() { print files }
source <(errprobe completion zsh)
words=(errprobe expl) CURRENT=2; _errprobe
words=(errprobe explain victims/key-l) CURRENT=3; _errprobe
words=(errprobe call --har '') CURRENT=4; _errprobe`;
    const out = execFileSync('zsh', ['-f', '-c', script], { cwd, env, encoding: 'utf8' });
    expect(out).toMatch(/^explain:explain a saved error/m);
    expect(out).toMatch(/^victims\/key-locked:/m);
    expect(out).toMatch(/^files$/m);
  });
});

describe.skipIf(!isInstalled('fish'))('in fish (skipped without fish)', () => {
  it.each<[string, string[]]>([
    ['errprobe expl', ['explain\texplain a saved error, a status or a code; opens no connection']],
    ['errprobe call --format ', ['json', 'pretty']],
    ['errprobe call --format=j', ['--format=json']],
    ['errprobe call --api sh', ['shop']],
    ['errprobe explain (touch owned) victims/key-l', ['victims/key-locked\tThe API key is temporarily locked']],
    // Nothing of errprobe's fits here, so it is a file.
    ['errprobe call --har ./err', ['./errprobe']],
  ])('completes %s', (line, expected) => {
    const { cwd, env } = onPath();
    const script = 'errprobe completion fish | source; complete -C $argv[1]; test -e owned; and echo owned';
    const out = execFileSync('fish', ['--no-config', '-c', `${script}; true`, line], { cwd, env, encoding: 'utf8' });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((one) => (one.startsWith('./') ? one.split('\t')[0] : one)),
    ).toEqual(expected);
  });
});
