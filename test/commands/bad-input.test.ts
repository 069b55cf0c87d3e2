import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** Every kind of misuse: the command line, and the expected message. */
const cases: [string, string[], RegExp, object?][] = [
  ['an unknown command', ['explian'], /Did you mean explain/],
  ['an unknown option', ['call', 'GET', '/x', '--retyr'], /Did you mean --retry/],
  ['an unknown API', ['call', 'GET', '/x', '--api', 'raptor'], /raptor-comply, elder-protection/],
  ['a mistyped API', ['explain', '429', '--api', 'raptor-compyl'], /did you mean "raptor-comply"\?/],
  ['a file that does not exist', ['explain', './missing.json'], /missing\.json/],
  ['a mistyped code', ['explain', 'KEY_LOKED'], /did you mean "KEY_LOCKED"\?/],
  ['an empty input', ['explain'], /standard input is empty/, { input: '  \n' }],
  ['invalid JSON', ['explain'], /not valid JSON: line 2, column 10/, { input: '{\n"error": }' }],
  ['JSON that was cut off', ['explain'], /ends too early/, { input: '{"error": {' }],
  ['binary input', ['explain'], /not text/, { input: Buffer.from([0x89, 0x50, 0xff, 0x00]) }],
  ['broken gzip', ['explain'], /cannot be decompressed/, { input: Buffer.from([0x1f, 0x8b, 0xff, 0x00]) }],
  [
    'zstd that was cut off',
    ['explain'],
    /begins like zstd and ends too early/,
    { input: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]) },
  ],
  ['a zstd bomb', ['explain'], /decompressed, is too large/, { input: zstdOfSpaces(100) }],
  ['xz', ['explain'], /compressed with xz.*xz -dc/, { input: Buffer.from('fd377a585a0000', 'hex') }],
  ['a gzip bomb', ['explain'], /decompressed, is too large/, { input: gzipSync(Buffer.alloc(20_000_000, 32)) }],
  ['a header without a colon', ['call', 'GET', '/x', '-H', 'X-Trace 1'], /has no ":"/],
  ['a query without an equals sign', ['call', 'GET', '/x', '-q', 'page'], /has no "="/],
  ['a duration in an unknown unit', ['call', 'GET', '/x', '--timeout', '5 apples'], /500ms, 2s or 1m/],
  ['a number of retries that is none', ['call', '--retry', 'often', '/x'], /--retry=2/],
  ['a number of jobs that is none', ['check', '--jobs', '0'], /from 1 to 999/],
  ['a status that is none', ['explain', '--status', 'abc'], /such as 404/],
  [
    'broken data',
    ['call', 'POST', '/x', '--mock', '--api', 'victims', '-d', '{a:1}'],
    /--data is not valid JSON: line 1, column 2/,
  ],
  [
    'a data file that does not exist',
    ['call', 'POST', '/x', '--mock', '--api', 'victims', '-d', '@no.json'],
    /no\.json: there is no such file/,
  ],
  ['a missing key', ['call', 'GET', '/x', '--api', 'raptor-comply'], /set RAPTOR_COMPLY_API_KEY/],
  ['a path of no known API', ['call', 'GET', '/x'], /Pass --api/],
  ['a path that Git Bash rewrote', ['call', 'GET', 'C:/Program Files/Git/cyber-assets'], /Git Bash/],
  [
    'a mock step that does not exist',
    ['call', 'GET', '/cyber-assets', '--mock', 'expired-key'],
    /did you mean "expired-api-key"\?/,
  ],
  ['a method that is none', ['call', 'G ET', 'http://127.0.0.1:9/'], /"G ET" is not a valid method/],
  ['an empty method', ['call', '', 'http://127.0.0.1:9/'], /"" is not a valid method/],
  ['a missing argument', ['call', 'GET'], /GET what\? Give a URL/],
];

describe('bad input', () => {
  it.each(cases)('%s gets one message and ends with 2', async (_, argv, message, given = {}) => {
    const { code, stdout, stderr } = await run(argv, given);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each<[string, string]>([
    ['errprobe.checks.yaml', 'checks:\n  - { name: a, request: "G ET http://127.0.0.1:9/" }\n'],
    ['errprobe.checks.yaml', 'checks:\n  - { name: a, request: { method: "G ET", path: /x } }\n'],
    ['x.http', 'G ET http://127.0.0.1:9/\n'],
    ['x.http', 'GET /a\n\n###\n\nG ET {{ base }}/x HTTP/1.1\n'],
  ])('a method that is none in %s: %s', async (file, text) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, file), text);
    const { code, stderr } = await run(['check', file], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/a method|"G ET" is not a valid method/);
  });

  it('is one JSON document when JSON was asked for', async () => {
    const { code, stdout } = await run(['call', 'GET', '/x', '--api', 'raptor', '--format', 'json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      exit: { code: 2, name: 'usage' },
      error: { name: 'UsageError' },
    });
  });

  it('that is a folder is named as such', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'folder'));
    const { stderr } = await run(['call', 'POST', '/x', '--mock', '--api', 'victims', '-d', '@folder'], { cwd });
    expect(stderr).toMatch(/folder: it is a folder/);
  });

  it('of 200 MB is refused without being read', async () => {
    const cwd = emptyFolder();
    const file = await open(join(cwd, 'huge.json'), 'w');
    await file.truncate(200 * 1024 * 1024);
    await file.close();
    const { code, stderr } = await run(['explain', 'huge.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/too large: errprobe reads up to 10 MiB/);
  });
});

describe('JSON of any depth', () => {
  const deep = `{"message":"too deep","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;

  it('is explained', async () => {
    for (const format of ['pretty', 'json']) {
      const { code, stdout } = await run(['explain', '--status', '500', '--format', format], { input: deep });
      expect(code).toBe(0);
      expect(stdout).toContain('too deep');
    }
  });

  it('is called for', async () => {
    const { url } = await serve((_, response) => response.writeHead(500).end(deep));
    for (const more of [['--format', 'json'], [], ['--har', 'x.har', '--report', 'x.md']]) {
      for (const tty of [true, false]) {
        const { code } = await run(['call', 'GET', url, ...more], { tty });
        expect(code).toBe(5);
      }
    }
  });
});

describe('a bug of errprobe itself', () => {
  it('keeps its stack and ends with 70', async () => {
    const { code, stderr } = await run(['call', 'GET', '/cyber-assets', '--mock'], {
      uuid: () => {
        throw new TypeError('boom');
      },
    });
    expect(code).toBe(70);
    expect(stderr).toMatch(/bug in errprobe[\s\S]*TypeError: boom\n\s+at /);
  });
});

describe('a broken config', () => {
  const withConfig = async (text: string, name = '.errproberc.yaml', argv = ['explain', '429'], env = {}) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, name), text);
    return run(argv, { cwd, env });
  };

  it.each<[string, string, string, RegExp]>([
    [
      'an unknown key',
      '.errproberc.yaml',
      'api: victims\napis:\n  victims:\n    baseurl: x\n',
      /^error: \.errproberc\.yaml:4:14: unknown key "baseurl" in apis\.victims; did you mean "baseUrl"\?/,
    ],
    [
      'a wrong type',
      '.errproberc.yaml',
      'retry:\n  retries: many\n',
      /^error: \.errproberc\.yaml:2:12: retry\.retries: /,
    ],
    ['broken YAML', '.errproberc', 'api: [\n', /^error: \.errproberc:\d+:\d+: /],
    ['broken JSON', '.errproberc.json', '{"api": \n', /^error: \.errproberc\.json:\d+:\d+: /],
    [
      'a key of package.json',
      'package.json',
      '{\n  "name": "x",\n  "errprobe": {\n    "aip": "victims"\n  }\n}',
      /^error: package\.json:4:\d+: unknown key "aip"; did you mean "api"\?/,
    ],
    [
      'an API without a catalog',
      'errprobe.config.yaml',
      'apis:\n  victim: {}\n',
      /^error: errprobe\.config\.yaml:2:\d+: there is no API "victim"; did you mean "victims"\?/,
    ],
    [
      'a missing catalog',
      '.errproberc.yml',
      'catalogs: [./none.yaml]\n',
      /^error: \.errproberc\.yml:1:\d+: cannot read the catalog \.\/none\.yaml/,
    ],
    ['an import', '.errproberc.yaml', '$import: ./x.js\n', /unknown key "\$import"/],
  ])('names file, line and column of %s', async (_, name, text, message) => {
    const { code, stderr } = await withConfig(text, name);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('names file, line and variable that is not set', async () => {
    const text = 'apis:\n  victims:\n    baseUrl: https://v.example\n    key: ${MY_KEY}\n';
    const { code, stderr } = await withConfig(text, '.errproberc.yaml', ['call', 'GET', '/x', '--api', 'victims']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\.errproberc\.yaml:4:\d+: the variable MY_KEY is not set/);
  });

  it('names the place in a broken catalog of the user', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: ["*.catalog.yaml"]\n');
    writeFileSync(
      join(cwd, 'a.catalog.yaml'),
      'id: a\nname: A\ndocs: { r: A }\nentries:\n  - id: b\n    category: nope\n',
    );
    const { code, stderr } = await run(['explain', '429'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/a\.catalog\.yaml:6:15: entries “b”\.category: write one of authentication, /);
    // It does not disturb a user of another API, and is read to suggest a misspelt one.
    expect((await run(['explain', '429', '--api', 'victims'], { cwd })).code).toBe(0);
    expect((await run(['explain', '429', '--api', 'victim'], { cwd })).stderr).toContain('a.catalog.yaml:6:15');
  });
});

/**
 * A frame of zstd (RFC 8878, section 3.1.1) with `blocks` blocks of 128 KiB of spaces, four bytes
 * each.
 */
function zstdOfSpaces(blocks: number): Buffer {
  const header = (last: boolean) => (131_072 << 3) | (1 << 1) | Number(last);
  const block = (last: boolean) => Buffer.from([header(last), header(last) >> 8, header(last) >> 16, 0x20]);
  const all = Array.from({ length: blocks }, (_, i) => block(i === blocks - 1));
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), ...all]);
}
