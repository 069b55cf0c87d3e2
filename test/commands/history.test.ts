import { chmodSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const FAILS = ['call', 'GET', '/profiles', '--api', 'elder-protection', '--mock', '-H', 'X-Tenant-ID: acme'];

/** Runs errprobe in a home folder, one second later each time. */
function home() {
  const cwd = emptyFolder();
  let now = Date.parse('2026-03-01T12:00:00Z');
  const folder = join(cwd, '.local/state/errprobe/calls');
  return {
    cwd,
    folder,
    names: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    run: (argv: string[], env: Record<string, string> = {}) => {
      now += 1000;
      return run(argv, { cwd, env, now: () => now });
    },
  };
}

describe('the last call', () => {
  it('is explained again as it was, with its evidence', async () => {
    const me = home();
    const call = await me.run([...FAILS, '--format', 'json']);
    const again = await me.run(['explain', '--last', '--format', 'json']);
    expect(again.code).toBe(0);
    const [first, second] = [call, again].map(({ stdout }) => (JSON.parse(stdout) as Report).results[0]);
    expect(second?.diagnosis?.causes[0]).toMatchObject({
      verdict: 'confirmed',
      evidence: expect.stringMatching(/UUID/),
    });
    expect(second).toEqual(first);
    const { stdout } = await me.run(['explain', '--last']);
    expect(stdout).toContain('not a UUID');
    expect((await me.run(['explain', '--last', '--exit-status'])).code).toBe(8);
  });

  it('is what a ticket is made from where nothing else is given', async () => {
    const me = home();
    await me.run(['call', 'POST', '/cyber-assets', '-d', '{"a":1}', '--mock', '500']);
    const { code, stdout } = await me.run(['report']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## 500 /);
    expect(stdout).toMatch(/Attempt 1 of 1 at 2026-03-01T12:00:/);
    expect(stdout).toContain(`--data-raw '{"a":1}'`);
    expect((await me.run(['report', '--last'])).stdout).toBe(stdout);
    await me.run(['report', '-o', 'ticket.md']);
    expect(readFileSync(join(me.cwd, 'ticket.md'), 'utf8')).toBe(stdout);
  });

  it('is one of several', async () => {
    const me = home();
    await me.run(['call', 'GET', '/cyber-assets', '--mock', '429']);
    await me.run(['call', 'GET', '/cyber-assets', '--mock', '404']);
    expect((await me.run(['explain', '--last', '2'])).stdout).toMatch(/^✖ 429 /);
    const { code, stderr } = await me.run(['explain', '--last', '3']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/2 calls are kept in .*calls, and only 2 of them failed/);
  });

  it('that failed counts, and of one that succeeded no body is kept', async () => {
    const me = home();
    await me.run(['call', 'GET', '/cyber-assets', '--mock']);
    const { code, stderr } = await me.run(['explain', '--last']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/1 call is kept in .*calls, and none of them failed/);
    await me.run(['call', 'GET', '/cyber-assets', '--mock', '404']);
    await me.run(['call', 'GET', '/cyber-assets', '--mock']);
    expect((await me.run(['explain', '--last'])).stdout).toMatch(/^✖ 404 /);
    expect((await me.run(['explain', '--last-error'])).stdout).toMatch(/^✖ 404 /);
    const { stdout } = await me.run(['history']);
    expect(stdout.split('\n').map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'T'))).toEqual([
      expect.stringMatching(/^ {4}T {2}✔ 200 {2}GET http:/),
      expect.stringMatching(/^ 1 {2}T {2}✖ 404 {2}GET http:/),
      expect.stringMatching(/^ {4}T {2}✔ 200 {2}GET http:/),
      '',
      'The number is what explain --last takes.',
      '',
    ]);
    const kept = JSON.parse(readFileSync(join(me.folder, me.names()[0] ?? ''), 'utf8')) as Report;
    expect(kept.results[0]?.response).toMatchObject({ status: 200, body: null });
  });

  it('is not there before the first', async () => {
    const { code, stderr } = await home().run(['explain', '--last']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no call is kept in /);
  });

  it('excludes what else says what to explain', async () => {
    const me = home();
    for (const argv of [
      ['--status', '404'],
      ['--api', 'victims'],
      ['-H', 'A: b'],
    ]) {
      const { code, stderr } = await me.run(['explain', '--last', ...argv]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/--last/);
    }
    expect((await me.run(['explain', '--last', 'error.json'])).stderr).toMatch(/--last/);
  });
});

describe('the history', () => {
  it('keeps twenty calls', async () => {
    const me = home();
    for (let i = 0; i < 22; i++) await me.run(['call', 'GET', '/cyber-assets', '--mock', i === 0 ? '404' : '429']);
    expect(me.names()).toHaveLength(20);
    expect(me.names()[0]).toMatch(/^2026-03-01T12-00-03-000Z-/);
  });

  it('is for nobody else, and lies where XDG_STATE_HOME says', async () => {
    const me = home();
    const state = emptyFolder();
    await me.run(FAILS, { XDG_STATE_HOME: state });
    const folder = join(state, 'errprobe/calls');
    const [name = ''] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    await me.run(FAILS, { XDG_STATE_HOME: 'relative' });
    expect(me.names()).toHaveLength(1);
  });

  it('is off with --no-history and in the config, and for what sends nothing', async () => {
    const me = home();
    await me.run([...FAILS, '--no-history']);
    await me.run([...FAILS, '--dry-run']);
    await me.run(['explain', '404']);
    writeFileSync(join(me.cwd, '.errproberc.yaml'), 'history: false\n');
    await me.run(FAILS);
    expect(me.names()).toEqual([]);
  });

  it('does not keep more of a body than helps', async () => {
    const { url } = await serve((_, response) => response.writeHead(500).end('x'.repeat(300_000)));
    const me = home();
    await me.run(['call', 'GET', url]);
    expect(statSync(join(me.folder, me.names()[0] ?? '')).size).toBeLessThan(120_000);
  });

  it('that cannot be written does not make a call fail', async () => {
    const me = home();
    const file = join(me.cwd, 'state');
    writeFileSync(file, '');
    const { code, stderr } = await me.run([...FAILS, '-v'], { XDG_STATE_HOME: file });
    expect(code).toBe(8);
    expect(stderr).toMatch(/This call is not kept: cannot write .*ENOTDIR/);
    expect((await me.run(FAILS, { XDG_STATE_HOME: file })).stderr).not.toMatch(/not kept/);
    expect((await me.run(['explain', '--last'], { XDG_STATE_HOME: file })).stderr).toMatch(/no call is kept/);
  });

  it('says which file of it is broken', async () => {
    const me = home();
    await me.run(FAILS);
    writeFileSync(join(me.folder, me.names()[0] ?? ''), '{"schema":');
    const { code, stderr } = await me.run(['explain', '--last']);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/is not an errprobe report; remove it/);
  });

  it('shows the newest call after the clock was ahead', async () => {
    const me = home();
    const ahead = Date.parse('2031-01-01T00:00:00Z');
    for (let i = 0; i < 20; i++)
      await run(['call', 'GET', '/cyber-assets', '--mock', '404'], { cwd: me.cwd, now: () => ahead });
    await me.run(['call', 'GET', '/cyber-assets', '--mock', '429']);
    await me.run(['call', 'GET', '/cyber-assets', '--mock', '500']);
    expect(me.names()).toHaveLength(20);
    expect((await me.run(['explain', '--last'])).stdout).toMatch(/^✖ 500 /);
    expect((await me.run(['explain', '--last', '2'])).stdout).toMatch(/^✖ 429 /);
  });

  it('does not keep what a process left behind that was killed while it wrote', async () => {
    const me = home();
    await me.run(FAILS);
    const [old, fresh] = ['a.json.1.tmp', 'b.json.2.tmp'].map((name) => join(me.folder, name)) as [string, string];
    for (const file of [old, fresh]) writeFileSync(file, '{');
    utimesSync(old, new Date(0), new Date(0));
    await me.run(FAILS);
    expect(existsSync(old)).toBe(false);
    // It may be being written at this moment.
    expect(existsSync(fresh)).toBe(true);
  });

  it.runIf(existsSync('/proc/self'))('is given up where no folder can be made', async () => {
    const me = home();
    const { code, stderr } = await me.run([...FAILS, '-v'], { XDG_STATE_HOME: '/proc' });
    expect(code).toBe(8);
    expect(stderr).toMatch(/This call is not kept: cannot write \/proc/);
    const { code: last } = await me.run(['explain', '--last'], { XDG_STATE_HOME: '/proc' });
    expect(last).toBe(2);
  });

  it('is not read from a folder that others can write to', async () => {
    const me = home();
    await me.run(FAILS);
    chmodSync(me.folder, 0o777);
    const { code, stderr } = await me.run(['explain', '--last']);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/calls is not used: others can write to/);
    expect((await me.run([...FAILS, '-v'])).stderr).toMatch(/This call is not kept: .* is not used/);
  });

  it.each<[string, unknown]>([
    ['a diagnosis that is none', { diagnosis: {} }],
    ['a request that is none', { request: [] }],
    ['attempts that are none', { attempts: [null] }],
    ['a failure that is a text', { failure: 'x' }],
    ['no result', null],
  ])('says which file is no report: %s', async (_, result) => {
    const me = home();
    await me.run(FAILS);
    const file = join(me.folder, me.names()[0] ?? '');
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const results = [result === null ? null : { ...report.results[0], ...(result as object) }];
    writeFileSync(file, JSON.stringify({ ...report, results }));
    for (const argv of [
      ['explain', '--last'],
      ['report', '--last'],
    ]) {
      const { code, stderr } = await me.run(argv);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is not an errprobe report') });
    }
  });
});
