import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';

/** A folder whose config makes waits short, so that a separate process can be observed waiting. */
function quickFolder(base = '1ms'): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.errproberc.yaml'), `retry: { base: ${base}, jitter: 0ms }\n`);
  return cwd;
}

describe('the built errprobe', () => {
  it('says at once what the whole program would say', async () => {
    const [written, made] = await Promise.all([cli(['--help']), cli(['help'])]);
    expect(written).toEqual(made);
    expect(written.stdout).toContain('Commands:');
  });

  it('retries visibly and prints the assets', async () => {
    const { code, stdout, stderr } = await cli(['call', 'GET', '/cyber-assets', '--mock', '429,429,200', '--retry'], {
      cwd: quickFolder(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(2);
    expect(stderr.match(/waiting \d ms \(backoff\)/g)).toHaveLength(2);
  });

  it('explains what is piped into it', async () => {
    const { code, stdout } = await cli(['explain'], {
      input: '{"error":"Unauthorized","message":"API key has expired"}',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('raptor-comply/expired-api-key');
  });

  it('prints one document with three attempts', async () => {
    const argv = ['call', 'GET', '/cyber-assets', '--mock', '500,500,500', '--retry', '2', '--format', 'json'];
    const { code, stdout } = await cli(argv, { cwd: quickFolder() });
    expect(code).toBe(5);
    expect(JSON.parse(stdout).results[0].attempts).toHaveLength(3);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends at once on %s during a wait, with what it learned', async (signal) => {
    let sent = false;
    const { code, stderr } = await cli(['call', 'GET', '/cyber-assets', '--mock', '429', '--retry'], {
      cwd: quickFolder('60s'),
      onStderr: (text, kill) => {
        // A second signal ends the process silently.
        if (text.includes('waiting') && !sent) kill(signal);
        sent ||= text.includes('waiting');
      },
    });
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(stderr).toContain('raptor-comply/too-many-requests');
  });

  it('ends quietly when its reader goes away', async () => {
    const { url } = await serve((_, response) => response.end('line\n'.repeat(400_000)));
    const launcher = new URL('../../bin/errprobe.js', import.meta.url).pathname;
    const { execFile } = await import('node:child_process');
    const command = `"${process.execPath}" "${launcher}" call GET ${url} | head -1; echo "\${PIPESTATUS[0]}"`;
    const out = await new Promise<{ stdout: string; stderr: string }>((resolve) =>
      execFile('bash', ['-c', command], { cwd: emptyFolder() }, (_, stdout, stderr) => resolve({ stdout, stderr })),
    );
    expect(out).toEqual({ stdout: 'line\n0\n', stderr: '' });
  });

  it('waits for a slow reader', async () => {
    const { url } = await serve((_, response) => response.end('x'.repeat(3_000_000)));
    const { stdout } = await cli(['call', 'GET', url]);
    expect(stdout).toHaveLength(3_000_000);
  });

  it('prints help and version on stdout', async () => {
    for (const argv of [['--help'], ['call', '--help'], ['--version']]) {
      const { code, stdout, stderr } = await cli(argv);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.length).toBeGreaterThan(4);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('explains standard input without a command, and ends with 2 when there is nothing in it', async () => {
    const { code, stdout, stderr } = await cli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('standard input is empty');
  });

  it('lists its exit codes', async () => {
    expect((await cli(['exit-codes'])).stdout).toMatch(/^ {2}0 {2}ok[\s\S]*\n 70 {2}bug/);
  });

  it('obeys NO_COLOR, FORCE_COLOR and --no-color', async () => {
    const coloured = async (argv: string[], env: Record<string, string>) =>
      (await cli(['explain', '404', ...argv], { env })).stdout.includes('\u001b[');
    expect(await coloured([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
    expect(await coloured([], { NO_COLOR: '1' })).toBe(false);
    expect(await coloured([], {})).toBe(false);
  });

  it('uses a catalog of the user', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'catalogs'));
    writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [./catalogs/*.yaml]\n');
    writeFileSync(
      join(cwd, 'catalogs', 'shop.yaml'),
      `id: shop
name: Shop
docs: { reference: Shop API }
envelope: { code: /code, message: /text }
entries:
  - id: sold-out
    match: { status: 409, code: SOLD_OUT }
    category: conflict
    title: The article is sold out
    cause: Nothing is left of it.
    resolution: [Choose another article.]
    retry: { advice: never, reason: nothing comes back }
    source: { doc: reference, section: Errors }
    example: { code: SOLD_OUT, text: Sold out }
`,
    );
    const { stdout } = await cli(['explain'], { cwd, input: '{"code":"SOLD_OUT","text":"Sorry"}' });
    expect(stdout).toContain('shop/sold-out');
  });
});
