import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const CATALOG = 'id: acme\nname: Acme\ndocs: {guide: {title: Guide, url: "https://a.example/"}}\nentries: []\n';

/** What can stand where a file is expected, and no file is. */
const KINDS: Record<string, (path: string) => void> = {
  'a pipe that nobody writes to': (path) => execFileSync('mkfifo', [path]),
  'a link to an endless device': (path) => symlinkSync('/dev/zero', path),
  'a folder': (path) => mkdirSync(path),
  'a file of 300 MB': (path) => {
    writeFileSync(path, '');
    truncateSync(path, 300 * 1024 * 1024);
  },
  'a link to itself': (path) => symlinkSync(path, path),
};

/** A command that reads X, and the files that it needs besides. */
const READERS: [argv: string[], files?: Record<string, string>, place?: string][] = [
  [['explain', 'X']],
  [['report', 'X']],
  [['triage', '--merge', 'X']],
  [['call', 'http://127.0.0.1:9/', '--env-file', 'X', '--dry-run']],
  [['call', 'http://127.0.0.1:9/', '--netrc-file', 'X', '--dry-run']],
  [['call', 'http://127.0.0.1:9/', 'a=@X', '--dry-run']],
  [['call', 'http://127.0.0.1:9/', 'a:=@X', '--dry-run']],
  [['call', 'http://127.0.0.1:9/', '--cacert', 'X', '--dry-run']],
  [['call', 'http://127.0.0.1:9/', '-E', 'X:phrase', '--dry-run']],
  [['call', 'http://127.0.0.1:9/', '-b', 'X', '--dry-run']],
  [['check', 'X', '--list']],
  [['check', '--list'], {}, 'errprobe.checks.yaml'],
  [['check', 'a.yaml', '--list'], { 'a.yaml': 'include: [X]\nchecks: []\n' }],
  [['explain', '429'], {}, '.errproberc.yaml'],
  [['explain', '429'], { '.errproberc.yaml': 'catalogs: [X]\n' }],
  [['explain', '429'], { '.errproberc.yaml': 'catalogs: ["*"]\n' }, 'a.catalog.yaml'],
  [['explain', '429'], { '.errproberc.yaml': 'apis: {acme: {catalog: ./X.yaml}}\n' }, 'X.yaml'],
  [['doctor', 'acme'], { '.errproberc.yaml': 'apis: {acme: {baseUrl: "http://127.0.0.1:9", key: {file: X}}}\n' }],
  [['catalog', 'lint', 'X']],
  [['catalog', 'lint', 'a.yaml', '--previous', 'X'], { 'a.yaml': CATALOG }],
  [['catalog', 'lint', 'a.yaml'], { 'a.yaml': CATALOG.replace('https://a.example/', 'X') }],
  [['catalog', 'diff', 'X', 'a.yaml'], { 'a.yaml': CATALOG }],
  [['catalog', 'add', '--catalog', 'X', '--status', '400', '{"error":"x"}']],
  [['catalog', 'add', '--api', 'acme', '--status', '400', '{"error":"x"}'], { '.errproberc.yaml': 'catalogs: [X]\n' }],
  [['catalog', 'import', 'X', '--id', 'acme']],
  [['catalog', 'import', 'a.md', '--id', 'acme', '-o', 'X'], { 'a.md': '## 400 Bad\n\nIt is bad.\n' }],
  [
    ['catalog', 'import', 'a.json', '--id', 'acme'],
    {
      'a.json':
        '{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"responses":{"400":{"$ref":"X#/a"}}}}}}',
    },
  ],
  [['catalog', 'coverage', 'X', '--api', 'victims']],
  [['catalog', 'export', './X.yaml'], {}, 'X.yaml'],
  [['catalog', 'site', './X.yaml', '-o', 'out'], {}, 'X.yaml'],
  [['catalog', 'site', 'victims', '-o', 'X']],
  [
    ['check'],
    { 'errprobe.checks.yaml': 'checks: [{name: a, request: GET http://127.0.0.1:9/, expect: {schema: X}}]\n' },
  ],
  [['catalog', 'new', '--id', 'acme', '-o', 'X']],
  [
    ['complete', '--', 'errprobe', 'call', '--api', 'acme', 'GET', '/'],
    { '.errproberc.yaml': 'apis: {acme: {openapi: X}}\n' },
  ],
  [['mock', 'acme'], { '.errproberc.yaml': 'apis: {acme: {catalog: ./X.yaml}}\n' }, 'X.yaml'],
  [['init', '-y', '--base-url', 'http://127.0.0.1:9', 'acme'], {}, '.errproberc.yaml'],
  [['init', '-y', '--base-url', 'http://127.0.0.1:9', 'acme'], {}, '.env'],
  [['init', '-y', '--base-url', 'http://127.0.0.1:9', 'acme'], {}, 'package.json'],
];

/** The files of the source that read others by themselves, and why those cannot be endless. */
const BY_THEMSELVES: Record<string, string> = {
  'cli.ts': 'its own help',
  'launch.ts': 'its own cache, in a folder of the user',
  'config/regular-file.ts': 'looks at what it is first',
  'config/catalogs.ts': 'the first bytes of a regular file',
  'config/key-source.ts': 'a regular file, or one that the user chose',
  'config/load.ts': 'a package.json that is a regular file',
  'http/pieces.ts': 'a file to send, in pieces',
  'input/read-source.ts': 'counts the bytes',
  'input/read-pieces.ts': 'in pieces',
  'input/follow-file.ts': 'in pieces',
  'input/pipe.ts': 'in pieces',
  'terminal/compiled-files.ts': 'its own cache, in a folder of the user',
  'terminal/file.ts': 'opens files to write',
  'terminal/output-folder.ts': 'a regular file in a folder that the user named',
  'terminal/trust.ts': 'a config that was read before',
};

it('is opened in few places, each with a limit', () => {
  const root = new URL('../../src/', import.meta.url).pathname;
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => {
    if (!file.endsWith('.ts')) return false;
    const text = readFileSync(join(root, file), 'utf8');
    const names = [...text.matchAll(/import \{([^}]*)\} from 'node:fs(?:\/promises)?'/g)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim()),
    );
    return names.some((name) => /^(?:readFile|readFileSync|createReadStream|open|openSync)$/.test(name));
  });
  expect(found.filter((file) => !(file in BY_THEMSELVES))).toEqual([]);
});

describe.each(Object.keys(KINDS))('%s in place of a file', (kind) => {
  it.each(READERS)(
    '%j',
    async (argv, files = {}, place = 'X') => {
      const cwd = emptyFolder();
      for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
      KINDS[kind]?.(join(cwd, place));
      const controller = new AbortController();
      // Whoever names a pipe waits for its writer, until Ctrl-C.
      const timer = setTimeout(() => controller.abort('SIGINT'), 50);
      const begun = process.memoryUsage().rss;
      const { code, stderr, stdout } = await run(argv, { cwd, signal: controller.signal });
      clearTimeout(timer);
      expect([0, 1, 2, 130], stderr + stdout).toContain(code);
      expect(process.memoryUsage().rss - begun).toBeLessThan(200 * 1024 * 1024);
    },
    20_000,
  );
});
