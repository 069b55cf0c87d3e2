import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { isSensitiveHeader } from '../../src/http/sensitive.ts';
import { wordsOf } from '../../src/model/catalog-text.ts';
import type { Fix } from '../../src/model/diagnosis.ts';
import { renderFixed } from '../../src/render/error/fixed-command.ts';
import { renderCurl } from '../../src/render/error/request.ts';
import { shellAssignment, shellCommand, shellWord, type Word } from '../../src/text/shell.ts';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder } from '../helpers/terminal.ts';

/**
 * Shells that read a script from standard input; bash also as used interactively, with history
 * expansion.
 */
const SHELLS: [name: string, program: string, args: string[]][] = [
  ['sh', 'sh', ['-s']],
  ['dash', 'dash', ['-s']],
  ['bash', 'bash', ['--norc', '-s']],
  ['bash at a prompt', 'bash', ['--norc', '--noprofile', '-i']],
  ['zsh', 'zsh', ['-f', '-s']],
  ['zsh at a prompt', 'zsh', ['-f', '-i']],
  ['ksh', 'ksh', ['-s']],
  ['mksh', 'mksh', ['-s']],
  ['busybox', 'busybox', ['sh', '-s']],
];

const VARIABLES = { MY_KEY: 'k-$(touch pwned) `x`  "q" \'s\' *', AUTHORIZATION: 'Bearer  $x', _1_TOKEN: '!! \\' };

/** Functions that replace the programs and print their arguments, each followed by a NUL. */
const STUBS = `errprobe() { printf '%s\\0' errprobe "$#" "$@"; }\ncurl() { printf '%s\\0' curl "$#" "$@"; }\n`;

/** The arguments that programs receive from lines of shell; one shell runs all lines. */
function argvOf(lines: string[], program: string, args: string[]): string[][] {
  const cwd = emptyFolder();
  const out = execFileSync(program, args, {
    cwd,
    input: `${STUBS}${lines.join('\n')}\n`,
    env: { PATH: process.env.PATH, HOME: cwd, LC_ALL: 'C.UTF-8', PS1: '', ...VARIABLES },
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  });
  expect(readdirSync(cwd).filter((name) => !name.startsWith('.'))).toEqual([]);
  const words = out.toString().split('\0').slice(0, -1);
  const found: string[][] = [];
  for (let at = 0; at < words.length; at += Number(words[at + 1]) + 2) {
    found.push([words[at] ?? '', ...words.slice(at + 2, at + 2 + Number(words[at + 1]))]);
  }
  return found;
}

/** Fragments with a meaning to some shell, terminal or program. */
const PIECES = [
  ...['$(touch pwned)', '`touch pwned`', "$($'\\164\\157\\165\\143\\150' pwned)", '${IFS}', '$HOME', '$', '$MY_KEY'],
  ...["'", '"', "'\\''", '\\', '\\\n', '\\047', '!', '!!', '!$', '!-1', '^a^b', '%', '%s', '%n', '%%', '\\0', '\\c'],
  ...['\n', '\ntouch pwned\n', '\r', '\t', '\u001b[201~', '\u001b[201~\ntouch pwned\n', '\u0015', '\u0003', '\u007f'],
  ...['\u009b2J', '\u202e', '\u200b', '\ufeff', '\u2028', '\u00ad', '\u{e0041}', 'é', '日本', '😀', '\u00a0', '\u0301'],
  ...[
    '-',
    '--',
    '-x',
    '--help',
    '-o',
    '@',
    '=',
    '=ls',
    '~',
    '~root',
    '#',
    ' ',
    '  ',
    ';',
    '&',
    '|',
    '>pwned',
    '<x',
    '*',
  ],
  ...[
    '?',
    '[a]',
    '{a,b}',
    '(',
    ')',
    'a',
    'Z9',
    ':',
    '/',
    '//',
    ',',
    '.',
    '&& touch pwned',
    '; touch pwned',
    '<(x)',
    '\u0001',
  ],
];

const hostile = fc
  .oneof(
    fc.constant(''),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ maxLength: 12 }),
  )
  .filter((text) => !/\0|\n$/.test(text));

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { numRuns, seed: 1313 });

const variable = fc.constantFrom(...(Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]));

/** A word, and the argument that has to arrive. */
const word: fc.Arbitrary<[Word, string]> = fc.oneof(
  hostile.map((text): [Word, string] => [text, text]),
  fc
    .tuple(hostile, variable, hostile)
    .map(([before, name, after]): [Word, string] => [
      [before, { variable: name }, after],
      before + VARIABLES[name] + after,
    ]),
);

/** A hostile word without control characters, which a line editor would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

const fixes: fc.Arbitrary<Fix> = fc.oneof(
  fc.record({ method: hostile }),
  fc.record({ header: fc.tuple(hostile, hostile) }),
  fc.record({ data: hostile }),
  fc.constantFrom<Fix>({ path: 'single-slashes' }, { path: 'no-repetition' }, { path: 'other-slash' }, {}),
);

describe('a command', () => {
  const lines = sample(fc.array(word, { minLength: 1, maxLength: 4 }), 400).map((words) => ({
    line: shellCommand({ program: ['errprobe', 'call'], positionals: [], options: words.map(([text]) => [text]) }),
    argv: ['errprobe', 'call', ...words.map(([, text]) => text)],
  }));

  const corrected = sample(
    fc.tuple(hostile, hostile, hostile, hostile, fc.dictionary(hostile, hostile, { maxKeys: 2 }), hostile, fixes),
    150,
  ).map(([method, target, api, value, headers, data, fix]) => {
    const spoken = {
      method,
      target,
      api,
      query: [[value, value]] as [string, string][],
      headers,
      body: [['-d', data]],
    };
    const key = { header: null, variable: 'MY_KEY', place: 'variable' } as const;
    return renderFixed(spoken, fix, key, isSensitiveHeader);
  });

  const curls = sample(fc.tuple(hostile, hostile, fc.dictionary(hostile, hostile, { maxKeys: 3 }), hostile), 150).map(
    ([method, url, headers, body]) => {
      const request = { method, url, headers: { 'x-a': body, '1-token': 'k', authorization: 'k', ...headers }, body };
      return { request, line: renderCurl(request, null, isSensitiveHeader) };
    },
  );

  describe.each(SHELLS)('in %s', (_, program, args) => {
    it.skipIf(!isInstalled(program))('reaches the program to the letter, and starts nothing else', () => {
      const got = argvOf(
        lines.map(({ line }) => line),
        program,
        args,
      );
      for (const [i, { line, argv }] of lines.entries()) expect({ line, argv: got[i] }).toEqual({ line, argv });
      expect(got).toHaveLength(lines.length);
    });

    it.skipIf(!isInstalled(program))('is what is printed to be tried, or sent with curl', () => {
      const got = argvOf([...corrected, ...curls.map(({ line }) => line)], program, args);
      expect(got).toHaveLength(corrected.length + curls.length);
      for (const [i, { request, line }] of curls.entries()) {
        const argv = got[corrected.length + i] ?? [];
        expect({ line, argv }).toEqual({
          line,
          argv: expect.arrayContaining([request.url, `authorization: ${VARIABLES.AUTHORIZATION}`]),
        });
        expect(argv).toContain(`1-token: ${VARIABLES._1_TOKEN}`);
        expect(argv).toContain(request.body === '' ? 'x-a;' : `x-a: ${request.body}`);
        expect(argv.at(argv.indexOf('--data-raw') + 1)?.trimEnd()).toBe(request.body.trimEnd());
      }
    });
  });

  it('has nothing in it that the editor of a shell obeys', () => {
    for (const line of [...lines.map((one) => one.line), ...corrected]) expect(line).not.toMatch(UNSAFE);
    for (const { line } of curls) expect(line.replaceAll(' \\\n', '').trimEnd()).not.toMatch(UNSAFE);
  });

  it('says of a word that no line can carry that it cannot be shown', () => {
    for (const text of ['a\0b', 'a\n', '\n']) expect(shellWord(text)).toBe("'<cannot be shown>'");
    expect(shellWord(['a\0', { variable: 'X' }])).toBe("'<cannot be shown>'");
  });

  it('sets no variable that is none, and expands none', () => {
    expect(shellAssignment('A;touch pwned', 'x')).toBe('');
    expect(shellWord(['a ', { variable: 'A)$(touch pwned' }])).toBe(`'a '"<value>"`);
  });

  it('keeps operands from being taken for options', () => {
    const argv = { program: ['curl'], positionals: ['-o/etc/passwd'], options: [['-X', 'GET']] };
    expect(shellCommand(argv)).toBe('curl -X GET -- -o/etc/passwd');
  });

  it.each<[Word, string]>([
    ['/things?a=b', "'/things?a=b'"],
    ['a-b_c.d:/,@%+=', 'a-b_c.d:/,@%+='],
    ['=ls', "'=ls'"],
    ['', "''"],
    [['Authorization: Bearer ', { variable: 'KEY' }], '"Authorization: Bearer $KEY"'],
    [['a', { variable: 'KEY' }, 'b'], '"a${KEY}b"'],
    [['x$(id): ', { variable: 'KEY' }], `'x$(id): '"$KEY"`],
    ['two\nlines', `"$(printf 'two\\012lines')"`],
  ])('is as short as it can be: %j', (given, expected) => {
    expect(shellWord(given)).toBe(expected);
  });
});

describe('the source', () => {
  it('puts commands together in one place', () => {
    const src = fileURLToPath(new URL('../../src', import.meta.url));
    const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== join('text', 'shell.ts'))
      .flatMap((file) => {
        const code = readFileSync(join(src, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
        const templates = [...code.matchAll(/`(?:[^`\\]|\\.)*`/g)].map(([text]) => text);
        // A template that inserts a value into shell text, with a quoting function of its own.
        const builds = templates.filter(
          (text) =>
            text.includes('${') &&
            /\b(?:errprobe (?:call|explain|check|report|doctor|audit|triage|mock|trust)|curl|printf|eval|sh -c)\b (?!(?:is|has|command)\b)|\bexport \$\{|(?:^|\s)-[HdqX] ['"]?\$\{(?!shellWord)/.test(
              text,
            ),
        );
        const quotes = /\\\\''|'\\\\\\\\''/.test(code) ? ["'\\''"] : [];
        return [...builds, ...quotes].map((text) => `${file}: ${text}`);
      });
    expect(found).toEqual([]);
  });

  it('has no catalog that puts a word of a server into a command', () => {
    const { apis, http, network, gateways, codes } = builtIn;
    const texts = [...apis, http, network, gateways, ...codes].flatMap(({ entries }) =>
      entries.flatMap(({ cause, causes, resolution }) =>
        [cause, ...causes.map(({ text, named }) => named ?? text), ...resolution].map(wordsOf),
      ),
    );
    const commands = texts.filter((text) =>
      /\b(?:curl|openssl|kubectl|export|errprobe|sudo|npm) \S|[A-Z_]{4,}=\S/.test(text),
    );
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((text) => /\{\w*\}/.test(text))).toEqual([]);
  });
});
