import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { builtIn } from '../src/catalogs/index.ts';
import { catalogSchema } from '../src/catalogs/schema.ts';
import { checksSchema } from '../src/checks/schema.ts';
import { COMMANDS } from '../src/commands/index.ts';
import { configSchema } from '../src/config/schema.ts';
import * as library from '../src/index.ts';
import { startMock } from '../src/mock/server.ts';
import type { Catalog } from '../src/model/catalog.ts';
import { validateSource } from '../src/schema/validate.ts';
import { blocks, PAGES } from './helpers/documented.ts';
import { runExample } from './helpers/examples.ts';
import { OWNERS } from './helpers/owners.ts';
import { emptyFolder, run } from './helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const readme = read('README.md');
const contributing = read('CONTRIBUTING.md');

const blocksIn = (language: string) =>
  // That page is a tool of its own, which test/clients/embed.test.ts builds and runs.
  blocks.filter((block) => block.language === language && block.page !== 'docs/embed.md');

/** Every block with a command after `$` and its output. */
const shown = blocksIn('console').map(({ page, text }) => {
  const [, command = '', output = ''] = /^\$ (.*)\n([\s\S]*)$/.exec(text) ?? [];
  return { page, command, output };
});

const raptor = builtIn.apis.find(({ id }) => id === 'raptor-comply') as Catalog;

/** A folder with the page's files, and those of other pages that the command names. */
function folderFor(page: string, argv: string[]): string {
  const cwd = emptyFolder();
  for (const { file, text, page: at } of blocks) {
    if (file === undefined || (at !== page && !argv.includes(file))) continue;
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  return cwd;
}

/** The output without its variable parts; `call` waits by the test's clock. */
function stable(text: string, command: string | undefined): string {
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\bport \d+/g, 'port PORT')
    .replaceAll(command === 'call' ? /\b\d+ ms\b/g : /\d[\d.]* m?s\b/g, 'N ms');
}

/** The package of an import: `ajv` for `ajv/dist/2020.js`, `@scope/name` for `@scope/name/file.js`. */
function packageOf(name: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
}

/** Splits a command line: an optional `echo '…' |`, then errprobe's arguments. */
function parse(command: string): { argv: string[]; input?: string } {
  const [, input, line = ''] = /^(?:echo '([^']*)' \| )?npx errprobe (.*)$/.exec(command) ?? [];
  const argv = line.split(' ');
  return input === undefined ? { argv } : { argv, input };
}

/**
 * The order on a terminal, which shows both streams: the response body comes after the attempts.
 */
function merged(command: string | undefined, stdout: string, stderr: string): string {
  if (command !== 'call') return stderr + stdout;
  const [attempts = ''] = /^(?:attempt .*\n)*/.exec(stderr) ?? [];
  return attempts + stdout + stderr.slice(attempts.length);
}

describe('the documentation', () => {
  it.each(shown)('of $page shows what `$command` prints', async ({ page, command, output }) => {
    const { argv, ...given } = parse(command);
    const cwd = folderFor(page, argv);
    const mock = argv[0] === 'doctor' ? await startMock(raptor, [], 0) : null;
    if (mock !== null)
      writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { baseUrl: ${mock.url} } }`);
    const env = mock === null ? {} : { env: { RAPTOR_COMPLY_API_KEY: 'demo-key-expired' }, now: Date.now };
    const { stdout, stderr } = await run(argv, { ...given, ...env, cwd });
    await mock?.close();
    expect(stable(merged(argv[0], stdout, stderr), argv[0])).toBe(stable(output, argv[0]));
  });

  it('shows output on every page of a command', () => {
    const pages = ['README', 'docs/call', 'docs/explain', 'docs/checks', 'docs/triage', 'docs/catalogs', 'docs/config'];
    expect(shown.map(({ page }) => page)).toEqual(expect.arrayContaining(pages.map((page) => `${page}.md`)));
  });

  it.each(blocksIn('sh'))('of $page has commands and options that exist: $text', async ({ text }) => {
    for (const [, line = ''] of text.matchAll(/\berrprobe (.*)/g)) {
      const words = line.split(/ [|>"#]/)[0]?.split(' ') ?? [];
      const [command = '', sub = ''] = words;
      const { stdout, code } = await run([command, ...(command === 'catalog' ? [sub] : []), '--help']);
      expect(code).toBe(0);
      const options = words.filter((word) => /^--\w/.test(word)).map((word) => word.split('=')[0]);
      for (const option of options) expect(stdout).toMatch(new RegExp(`${option}\\b`));
    }
  });

  it.each(blocksIn('yaml').filter(({ text }) => /^(apis|catalogs|checks|entries):/m.test(text)))(
    'of $page shows YAML that is valid: $text',
    ({ text }) => {
      const schema: ZodType = /^entries:/m.test(text)
        ? catalogSchema
        : /^checks:/m.test(text)
          ? checksSchema
          : configSchema;
      expect(validateSource(text, schema)).toMatchObject({ ok: true });
    },
  );

  it('names no option that no command has', () => {
    const commands = Object.values(COMMANDS).map((command) => command(async () => undefined));
    const known = [...commands, ...commands.flatMap((command) => command.commands)].flatMap(({ options }) =>
      options.map(({ long }) => long),
    );
    const named = PAGES.flatMap((page) =>
      // The options of others are tried one by one in test/e2e/from-curl.test.ts.
      [
        ...read(page)
          .replaceAll(/^\|.*\| (?:curl|HTTPie|both) \|.*$/gm, '')
          .matchAll(/`([^`\n]+)`/g),
      ]
        .filter(([, code = '']) => !code.startsWith('npm '))
        .flatMap(([, code = '']) => code.match(/(?<![\w-])--[a-z][\w-]*/g) ?? [])
        .map((option) => ({ page, option })),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(({ option }) => ![...known, '--help', '--version'].includes(option))).toEqual([]);
  });

  it.each(blocksIn('js'))('of $page shows code that logs what its comments say: $text', async ({ text }) => {
    const modules = {
      ...{ errprobe: library, 'errprobe/fetch': await import('../src/clients/fetch.ts') },
      'errprobe/known/stripe.json': { default: builtIn.known.load('stripe') },
    };
    const { logged, said } = await runExample(text, modules);
    expect(logged).toEqual(said);
    expect(logged).not.toEqual([]);
  });

  it('shows how to split a large job, in commands that work', async () => {
    const text = blocksIn('sh').find((block) => block.text.includes('parallel'))?.text ?? '';
    const [, partial = '', merge = ''] = /^parallel errprobe (.*) ::: .* \| errprobe (.*)\n/.exec(text) ?? [];
    const log = blocks.find(({ file }) => file === 'app.log')?.text ?? '';
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'logs'));
    let lines = '';
    for (const [i, part] of [log.split('\n').slice(0, 2), log.split('\n').slice(2)].entries()) {
      writeFileSync(join(cwd, `logs/${i}.log`), part.join('\n'));
      lines += (await run(partial.replace('{}', `logs/${i}.log`).split(' '), { cwd })).stdout;
    }
    const { stdout } = await run(merge.split(' '), { cwd, input: lines });
    expect(stdout).toBe((await run(['triage'], { cwd, input: log })).stdout);
  });

  it('names the two commands that CI and newcomers run', () => {
    expect(readme).toContain('npm ci && npx errprobe call GET /cyber-assets --mock 429,429,200 --retry\nnpm cit\n');
    expect(read('.ci/run')).toMatch(/^npm cit$/m);
  });

  it('has links that lead to a page, and to a heading of it', () => {
    const broken = [...PAGES, 'CONTRIBUTING.md', 'SECURITY.md'].flatMap((page) => {
      const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
      return links
        .filter(([, path = '', heading]) => {
          const target = path === '' ? page : join(dirname(page), path.replaceAll('\n', ''));
          return !existsSync(join(ROOT, target)) || (heading !== undefined && !headingsOf(target).includes(heading));
        })
        .map(([link]) => `${page}: ${link}`);
    });
    expect(broken).toEqual([]);
  });

  it('has every page of docs in the README', () => {
    for (const page of PAGES.slice(1)) expect(readme).toContain(`](${page})`);
  });

  it('names files and folders that exist, for those who contribute', () => {
    const paths = [...(contributing + read('SECURITY.md')).matchAll(/`((?:src|test|fixtures|build|docs)\/[\w./-]*)`/g)];
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has a line for each package that is bundled', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    expect(dependencies).toBeUndefined();
    for (const name of new Set(Object.keys(OWNERS).map(packageOf))) {
      const range = devDependencies[name];
      expect(contributing).toMatch(new RegExp(`\\| ${name} ${/\d+/.exec(range)?.[0]} \\|`));
    }
  });
});

/** The anchors of a page, as generated by GitHub. */
function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}
