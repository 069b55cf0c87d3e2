import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { inAscii } from '../build/ascii.ts';
import { codeFolder, Loader } from '../src/launch.ts';
import { emptyFolder } from './helpers/terminal.ts';

const BIN = fileURLToPath(new URL('../bin/errprobe.js', import.meta.url));
const uid = process.geteuid?.() ?? null;

/** A program of two chunks, the first of which prints the exports of the second. */
function program(word = 'one'): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'cli.cjs'), "const { word } = require('./chunks/word.cjs');\nexports.say = () => word;\n");
  writeFileSync(join(folder, 'chunks/word.cjs'), `exports.word = '${word}';\n`);
  return folder;
}

function runs(folder: string, cache: string | null): unknown {
  const loader = new Loader(cache);
  const { say } = loader.load(join(folder, 'cli.cjs')) as { say(): unknown };
  const said = say();
  loader.keep();
  return said;
}

const written = (folder: string) => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);

describe('the loader', () => {
  it('runs a program, keeps its code, and makes it once only', () => {
    const [folder, cache] = [program(), emptyFolder()];
    expect(runs(folder, cache)).toBe('one');
    const first = written(cache);
    expect(first).toHaveLength(2);
    for (const [name] of first) expect(statSync(join(cache, String(name))).mode & 0o777).toBe(0o600);
    expect(runs(folder, cache)).toBe('one');
    expect(written(cache)).toEqual(first);
  });

  it('runs without a folder for code, and with one that has gone', () => {
    expect(runs(program(), null)).toBe('one');
    expect(runs(program(), '/nowhere/errprobe')).toBe('one');
  });

  it('does not take the code of another program', () => {
    const cache = emptyFolder();
    runs(program(), cache);
    expect(runs(program('two'), cache)).toBe('two');
  });

  it('lets Node.js warn of nothing: an import() in compiled code is experimental', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [BIN, 'call', 'GET', '/cyber-assets', '--mock', '429,200', '--retry', '--no-history'],
      { env: { HOME: emptyFolder() }, cwd: emptyFolder(), encoding: 'utf8' },
    );
    expect(stderr).not.toContain('Warning');
    expect(status).toBe(0);
    const chunks = join(BIN, '../../dist/chunks');
    const importing = readdirSync(chunks).filter((name) =>
      /[^\w.]import\(/.test(readFileSync(join(chunks, name), 'utf8')),
    );
    expect(importing).toEqual([]);
  });

  it('makes damaged code anew', () => {
    // In a separate process, since V8 remembers compiled code.
    const cache = emptyFolder();
    const explain = () =>
      execFileSync(process.execPath, [BIN, 'explain', '429'], { env: { XDG_CACHE_HOME: cache }, encoding: 'utf8' });
    const said = explain();
    const [version = ''] = readdirSync(join(cache, 'errprobe/compiled'));
    const folder = join(cache, 'errprobe/compiled', version);
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(2);
    const damages: ((code: Buffer) => Buffer | string)[] = [
      () => 'rubbish',
      () => '',
      (code) => code.subarray(0, code.length / 2),
      // V8 trusts what it wrote: one such bit ends the process or, worse, goes on.
      ...[0.2, 0.5, 0.9].map((place) => (code: Buffer) => {
        const at = Math.floor(code.length * place);
        return code.fill((code[at] as number) ^ 0x55, at, at + 1);
      }),
    ];
    for (const damage of damages) {
      for (const name of names) writeFileSync(join(folder, name), damage(readFileSync(join(folder, name))));
      expect(explain()).toBe(said);
      for (const name of names) expect(statSync(join(folder, name)).size).toBeGreaterThan(100);
    }
  });

  it('reads ASCII: the build escapes all else without a change of meaning', () => {
    const dist = join(BIN, '../../dist');
    const chunks = readdirSync(join(dist, 'chunks')).filter((name) => name.endsWith('.cjs'));
    const files = ['cli.cjs', ...chunks.map((name) => join('chunks', name))];
    expect(files.filter((name) => readFileSync(join(dist, name)).some((byte) => byte > 0x7f))).toEqual([]);
    const code = "({ a: 'é\\é\\\\é', b: /[é😀]é/u.exec('xé'.repeat(2) + 'éé')?.[0], c: `“${1}”` })";
    const escaped = inAscii(code);
    expect(escaped).toMatch(/^[\x20-\x7e]+$/);
    expect(runInNewContext(escaped)).toEqual(runInNewContext(code));
  });

  it('loads what Node.js has, and a chunk once', () => {
    const folder = program();
    writeFileSync(join(folder, 'cli.cjs'), "exports.say = () => require('node:path').posix.join('a', 'b');\n");
    expect(runs(folder, null)).toBe('a/b');
    const loader = new Loader(null);
    expect(loader.load(join(folder, 'cli.cjs'))).toBe(loader.load(join(folder, 'cli.cjs')));
  });
});

describe('the folder of compiled code', () => {
  const folderIn = (cache: string, own = uid) =>
    codeFolder({ env: { XDG_CACHE_HOME: cache, HOME: '/nowhere' }, uid: own });

  it('is the user’s own', () => {
    const cache = emptyFolder();
    expect(folderIn(cache)).toMatch(new RegExp(`^${cache}/errprobe/compiled/`));
    expect(statSync(join(cache, 'errprobe')).mode & 0o777).toBe(0o700);
  });

  it.skipIf(uid === null)('is none where somebody else may write to it', () => {
    const cache = emptyFolder();
    mkdirSync(join(cache, 'errprobe'), { mode: 0o700 });
    expect(folderIn(cache, (uid ?? 0) + 1)).toBeNull();
    chmodSync(join(cache, 'errprobe'), 0o777);
    expect(folderIn(cache)).toBeNull();
  });
});
