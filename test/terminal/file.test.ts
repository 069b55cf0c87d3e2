import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** A folder with one check and one log. */
function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, 'errprobe.checks.yaml'),
    'api: raptor-comply\nchecks: [{ name: a, request: GET /cyber-assets }]\n',
  );
  writeFileSync(join(cwd, 'a.log'), '{"status":500}\n');
  return cwd;
}

/**
 * A device: for root one made for the test, since nothing would keep root from replacing the
 * machine's own. Null if root may not create one.
 */
function device(name: 'null' | 'full'): string | null {
  if (process.getuid?.() !== 0) return `/dev/${name}`;
  const path = join(emptyFolder(), name);
  try {
    execFileSync('mknod', ['-m', '666', path, 'c', '1', name === 'null' ? '3' : '7'], { stdio: 'ignore' });
    closeSync(openSync(path, 'w'));
    return path;
  } catch {
    return null;
  }
}

const NULL = device('null');
const FULL = device('full');

/** Every option that writes a file, and the beginning of that file. */
const WRITERS: [string, (file: string) => string[], string][] = [
  ['call --har', (file) => ['call', 'GET', '/cyber-assets', '--mock', '200', '--har', file], '{\n  "log"'],
  ['call --report', (file) => ['call', 'GET', '/cyber-assets', '--mock', '200', '--report', file], 'No error'],
  ['call --cookie-jar', (file) => ['call', 'GET', '/cyber-assets', '--mock', '200', '-c', file], '# Netscape'],
  ['check --report', (file) => ['check', '--mock', '--report', `json=${file}`], '{\n  "schema"'],
  ['triage --partial', (file) => ['triage', 'a.log', '--partial', file], '{'],
];

const WITH_SUMMARY = [...WRITERS, ['the step summary', () => ['check', '--mock', '--report', 'github'], '#']] as const;

describe.each(WRITERS)('%s', (_, argv, start) => {
  it('writes to a pipe that is there', async () => {
    const cwd = folder();
    const pipe = join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    let got = '';
    reader.stdout.setEncoding('utf8').on('data', (text) => {
      got += text;
    });
    const ended = new Promise((resolve) => reader.on('close', resolve));
    const { code } = await run(argv('pipe'), { cwd, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
    expect(code).toBe(0);
    if (!lstatSync(pipe).isFIFO()) reader.kill();
    await ended;
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(got.slice(0, start.length)).toBe(start);
  });

  it.skipIf(NULL === null)('follows links, to devices and to files that are not there yet as well', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'old'), 'old text that is longer than nothing'.repeat(1000));
    for (const [name, target] of [
      ['to-file', 'old'],
      ['to-new', 'new'],
      ['to-device', NULL ?? ''],
    ] as const) {
      symlinkSync(target, join(cwd, name));
      expect((await run(argv(name), { cwd })).code).toBe(0);
      expect(readlinkSync(join(cwd, name))).toBe(target);
    }
    expect(statSync(NULL ?? '').isCharacterDevice()).toBe(true);
    for (const file of ['old', 'new']) expect(readFileSync(join(cwd, file), 'utf8').slice(0, start.length)).toBe(start);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('keeps the mode of a file, and all its names', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'one'), 'old'.repeat(100_000));
    chmodSync(join(cwd, 'one'), 0o644);
    await run(argv('one'), { cwd });
    expect(statSync(join(cwd, 'one')).mode & 0o777).toBe(0o644);
    linkSync(join(cwd, 'one'), join(cwd, 'two'));
    writeFileSync(join(cwd, 'one'), 'old'.repeat(100_000));
    await run(argv('one'), { cwd });
    expect(readFileSync(join(cwd, 'two'), 'utf8').slice(0, start.length)).toBe(start);
    expect(readFileSync(join(cwd, 'two'), 'utf8')).not.toContain('oldold');
  });

  it.each(['-', '/dev/fd/1', '/proc/self/fd/1'])('writes to standard output for %s', async (name) => {
    const { code, stdout } = await run(argv(name), { cwd: folder() });
    expect(code).toBe(0);
    expect(stdout).toContain(start);
  });
});

describe.each(WITH_SUMMARY)('%s that cannot be written', (_, argv) => {
  it.each([
    ['a folder that is not there', '/nope/file'],
    ['a folder', '.'],
    ['/proc', '/proc/file'],
  ])('is an error before anything is done (%s)', async (_where, file) => {
    const { code, stdout, stderr } = await run(argv(file), { cwd: folder(), env: { GITHUB_STEP_SUMMARY: file } });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`cannot write ${file}`);
  });

  it.skipIf(FULL === null)('in the end leaves the result on standard output', async () => {
    const env = { GITHUB_STEP_SUMMARY: FULL ?? '' };
    const { code, stdout, stderr } = await run(argv(FULL ?? ''), { cwd: folder(), env });
    expect(code).toBe(2);
    expect(stdout).toMatch(/Inverter 1|1 passed|1 of 1 lines/);
    expect(stderr).toContain(`error: cannot write ${FULL}: ENOSPC\n`);
  });
});

describe('a HAR that cannot be written', () => {
  it('is an error before a POST is sent', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(201).end('{"id":7}'));
    const { code, stderr } = await run(['call', 'POST', url, '-d', '{}', '--har', '/nope/o.har']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot write /nope/o.har: ENOENT\n' });
    expect(requests).toHaveLength(0);
  });

  it.skipIf(FULL === null)('after it hides nothing of what the POST did, in one document of JSON as well', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(201).end('{"id":7}'));
    const argv = ['call', 'POST', url, '-d', '{}', '--har', FULL ?? ''];
    const plain = await run(argv);
    expect(plain).toMatchObject({ code: 2, stdout: '{"id":7}' });
    const { code, stdout } = await run([...argv, '--format', 'json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      exit: { code: 2, name: 'usage' },
      error: { name: 'UsageError', message: `cannot write ${FULL}: ENOSPC` },
      results: [{ response: { status: 201, body: { id: 7 } } }],
    });
    expect(requests).toHaveLength(2);
  });

  it.skipIf(FULL === null)('and a body that no file takes goes to standard output', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(201).end('{"id":7}'));
    const cwd = emptyFolder();
    for (const words of [[], ['-i']]) {
      const { code, stdout, stderr } = await run(['call', 'POST', url, '-d', '{}', '-o', FULL ?? '', ...words], {
        cwd,
      });
      expect({ code, body: stdout.split('\n').at(-1) }).toEqual({ code: 2, body: '{"id":7}' });
      expect(stderr).toBe(`error: cannot write ${FULL}: ENOSPC\n`);
    }
    expect(requests).toHaveLength(2);
    expect((await run(['history'], { cwd })).stdout).toMatch(/201[^\n]*\n[^\n]*201/);
  });

  it('leaves nothing behind when the command fails for another reason', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'sub'));
    const { code } = await run(['call', 'GET', '/x', '--har', 'sub/a.har', '--report', '/nope/r.md', '--mock', '200'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(readdirSync(join(cwd, 'sub'))).toEqual([]);
  });
});
