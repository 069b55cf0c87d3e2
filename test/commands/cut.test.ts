import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'Zk9Key4242abcdXYZ';
/** The most characters of a key that may remain at a cut; more would identify it. */
const PART = KEY.slice(0, 4);
const env = { RAPTOR_COMPLY_API_KEY: KEY };

/** A server that sends the key after so much text that a limit cuts it. */
const echo = async (body: (key: string) => string, type = 'application/json') =>
  (await serve((_, response) => response.writeHead(400, { 'content-type': type }).end(body(KEY)))).url;

describe('no part of a key is left where a text is cut', () => {
  it.each([6, 12, 16])('with %d characters of it before the end of a value that a check names', async (before) => {
    const padding = 'x'.repeat(118 - before);
    const url = await echo((key) => JSON.stringify({ id: `${padding}${key}`, code: `${padding}${key}` }));
    const cwd = emptyFolder();
    const checks = [{ name: 'a', request: `GET ${url}`, expect: { status: 400, json: { '/id': 'other' } } }];
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ checks }));
    for (const argv of [['check'], ['check', '--format', 'json'], ['check', '--report', 'html=out.html']]) {
      const { stdout } = await run(argv, { cwd, env });
      expect(stdout).toContain('[redacted]');
      expect(stdout).not.toContain(PART);
    }
    expect(readFileSync(join(cwd, 'out.html'), 'utf8')).not.toContain(PART);
  });

  it.each([5, 12, 16])('with %d characters of it before the end of a body that a check keeps', async (before) => {
    const url = await echo((key) => `${'x'.repeat(8192 - before)}${key}`, 'text/plain');
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'errprobe.checks.yaml'),
      JSON.stringify({ checks: [{ name: 'a', request: `GET ${url}` }] }),
    );
    const { stdout } = await run(['check', '--format', 'json'], { cwd, env });
    expect(stdout).toContain('x[redacted]');
    expect(stdout).not.toContain(PART);
  });

  it('nor before the end of the body that is diagnosed', async () => {
    const url = await echo((key) => `${'x'.repeat(10 * 1024 * 1024 - 12)}${key}`, 'text/plain');
    const cwd = emptyFolder();
    const argv = ['call', 'GET', url, '--format', 'json', '--har', 'out.har', '--report', 'out.md'];
    const { stdout } = await run(argv, { cwd, env });
    for (const text of [stdout, ...['out.har', 'out.md'].map((name) => readFileSync(join(cwd, name), 'utf8'))]) {
      expect(text.includes(PART)).toBe(false);
    }
  });

  it('nor in the name of a field, or in lines that triage cannot read', async () => {
    for (let before = 5; before < KEY.length; before++) {
      const input = JSON.stringify({ errors: [{ field: `${'x'.repeat(500 - before)}${KEY}`, message: 'is wrong' }] });
      const { stdout } = await run(['explain', '--format', 'json'], { input, env });
      expect(JSON.stringify(JSON.parse(stdout).results[0].diagnosis)).not.toContain(PART);
      const long = `{${KEY.repeat(20)}${'x'.repeat(400 - 20 * KEY.length - 1 - before)}${KEY}`;
      const triage = await run(['triage', '--format', 'json'], { input: `${long}\n{"status":500}\n`, env });
      expect(triage.stdout).not.toContain(PART);
    }
  });
});
