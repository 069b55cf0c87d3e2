import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { loadLayers } from '../../src/config/load.ts';
import { ownFolder } from '../../src/terminal/own-folder.ts';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url));

describe('a home', () => {
  it('that is relative would be in a strange folder: nothing is read from it or kept in it', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, '.config/errprobe'), { recursive: true });
    writeFileSync(join(cwd, '.config/errprobe/config.yaml'), 'api: victims');
    for (const env of [{ HOME: '.' }, { HOME: '.', XDG_CONFIG_HOME: '.config' }]) {
      expect(await loadLayers(cwd, env)).toEqual([]);
      expect(ownFolder('cache', ['compiled'], { env, uid: null }, true).problem).toMatch(/no home/);
    }
  });

  it.runIf(process.getuid?.() === 0)('that neither a variable nor the system names is none', () => {
    const cwd = emptyFolder();
    chmodSync(cwd, 0o755);
    const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, 'explain', '429'], {
      cwd,
      uid: 54321,
      gid: 54321,
      env: {},
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('429 Too Many Requests');
  });
});

it.runIf(process.platform === 'linux')('says that the working directory is gone, in JSON as well', () => {
  const cwd = emptyFolder();
  const given = { env: { HOME: emptyFolder(), LAUNCHER, NODE: process.execPath }, encoding: 'utf8' } as const;
  const gone = (argv: string) =>
    spawnSync('/bin/sh', ['-c', `mkdir d; cd d; rmdir ../d; "$NODE" "$LAUNCHER" ${argv}`], { ...given, cwd });
  const plain = gone('explain 429');
  expect({ status: plain.status, stderr: plain.stderr }).toEqual({
    status: 2,
    stderr: 'error: the working directory no longer exists\n',
  });
  const json = gone('explain 429 --format json');
  expect(JSON.parse(json.stdout).exit.name).toBe('usage');
  rmdirSync(cwd);
});

it.each(['Infinity', '1e9', '1e400', '-5', '0x10', 'NaN', ' '])('prints where COLUMNS is %j', async (COLUMNS) => {
  const { code, stdout } = await run(['explain', '429'], { env: { COLUMNS }, columns: undefined });
  expect(code).toBe(0);
  expect(stdout.length).toBeLessThan(20_000);
});

describe('the tool that reads the clipboard', () => {
  const tool = (folder: string, script: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pbpaste'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };

  it('is not one that lies in the working directory', async () => {
    const cwd = emptyFolder();
    tool(cwd, `touch ${cwd}/executed; echo 429`);
    tool(join(cwd, 'bin'), `touch ${cwd}/executed; echo 429`);
    for (const PATH of ['.', '', 'bin', ':/nowhere', cwd, join(cwd, 'bin')]) {
      const before = process.cwd();
      // A worker thread cannot change its folder; the rule does not depend on it.
      if (isMainThread) process.chdir(cwd);
      const { code } = await run(['explain', '--clipboard'], { cwd, env: { PATH } });
      if (isMainThread) process.chdir(before);
      expect([PATH, code, existsSync(join(cwd, 'executed'))]).toEqual([PATH, 2, false]);
    }
  });
});

describe('a file that is no file', () => {
  const PLACES: [string, string[], (name: string) => string | null][] = [
    ['.errproberc.yaml', ['explain', '429'], () => null],
    ['package.json', ['explain', '429'], () => null],
    ['catalog.yaml', ['explain', '429'], (name) => `catalogs: [./${name}]`],
    ['catalog.yaml', ['explain', '429', '--api', 'victims'], (name) => `catalogs: [./${name}]`],
  ];

  it.runIf(isInstalled('mkfifo')).each(PLACES)(
    'is refused as %s with %j, and not waited for',
    async (name, argv, config) => {
      for (const kind of ['pipe', 'device', 'large'] as const) {
        const cwd = emptyFolder();
        const text = config(name);
        if (text !== null) writeFileSync(join(cwd, '.errproberc.yaml'), text);
        if (kind === 'pipe') spawnSync('mkfifo', [join(cwd, name)]);
        else if (kind === 'device') symlinkSync('/dev/zero', join(cwd, name));
        else writeFileSync(join(cwd, name), `# ${'x'.repeat(10 * 1024 * 1024)}`);
        const { code, stderr } = await run(argv, { cwd });
        expect([kind, code, stderr]).toEqual([
          kind,
          2,
          expect.stringMatching(kind === 'large' ? /too large/ : /is not a regular file/),
        ]);
      }
    },
  );

  it.runIf(isInstalled('mkfifo'))('is waited for as checks, until somebody interrupts', async () => {
    const cwd = emptyFolder();
    spawnSync('mkfifo', [join(cwd, 'errprobe.checks.yaml'), join(cwd, 'partial.json')]);
    for (const argv of [['check'], ['triage', '--merge', 'partial.json']]) {
      const { code } = await run(argv, { cwd, signal: AbortSignal.timeout(50) });
      expect([argv, code]).toEqual([argv, 130]);
    }
  });
});
