import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'k-3f9a7c21d0';

async function doctor(argv: string[], config: string | null, env: Record<string, string> = {}) {
  const cwd = emptyFolder();
  if (config !== null) writeFileSync(join(cwd, '.errproberc.yaml'), config);
  const { code, stdout } = await run(['doctor', ...argv, '--format', 'json'], { cwd, env });
  const report = JSON.parse(stdout) as Report;
  const found = Object.fromEntries(
    report.results.map(({ name, check }) => [name, `${check?.outcome}: ${check?.reason}`]),
  );
  const pretty = await run(['doctor', ...argv], { cwd, env });
  return { code, found, text: stdout + pretty.stdout + pretty.stderr, pretty: pretty.stdout };
}

describe('the doctor', () => {
  it('finds nothing wrong with what is right', async () => {
    const config =
      'apis: { elder-protection: { baseUrl: https://e.example, headers: { X-Tenant-ID: 7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11 } } }';
    const { code, found, pretty } = await doctor(['elder-protection'], config, { ELDER_PROTECTION_API_KEY: KEY });
    expect(code).toBe(0);
    expect(found).toEqual({
      config: 'passed: .errproberc.yaml',
      'elder-protection: key': expect.stringMatching(
        /^passed: from ELDER_PROTECTION_API_KEY, fingerprint [0-9a-f]{6}, goes out in Authorization$/,
      ),
      'elder-protection: headers': 'passed: X-Tenant-ID',
      'elder-protection: address': 'passed: https://e.example',
    });
    expect(pretty).toContain('Nothing is wrong.');
  });

  it.each<[string, string, RegExp]>([
    ['no key', '', /there is none: set VICTIMS_API_KEY/],
    ['a placeholder', 'YOUR_API_KEY', /from VICTIMS_API_KEY is a placeholder/],
    ['quotes', `"${KEY}"`, /has quotes around it/],
    ['white space', `${KEY} ${KEY}`, /has white space in it/],
    ['a line break', `${KEY}\n`, /has a line break in it/],
    ['a typographic dash', `${KEY}–x`, /not ASCII/],
    ['a scheme twice', `Bearer ${KEY}`, /has a scheme twice: Bearer Bearer/],
    [
      'an expired token',
      `eyJhbGciOiJub25lIn0.${Buffer.from('{"exp":1700000000}').toString('base64url')}.x`,
      /the token expired at 2023-11-14/,
    ],
  ])('finds in a key: %s', async (_, key, fault) => {
    const { code, found, text } = await doctor(['victims'], 'apis: { victims: { baseUrl: https://v.example } }', {
      VICTIMS_API_KEY: key,
    });
    expect(found['victims: key']).toMatch(/^failed: /);
    expect(found['victims: key']).toMatch(fault);
    expect(code).toBe(1);
    expect(text).not.toContain(KEY);
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['no address', 'api: victims', {}, /not known where it is served/],
    ['no encryption', 'apis: { victims: { baseUrl: http://v.example } }', {}, /http:\/\/v.example is not encrypted/],
    [
      'a proxy that is none',
      'apis: { victims: { baseUrl: https://v.example } }',
      { HTTPS_PROXY: 'socks5://p' },
      /HTTPS_PROXY is not the URL/,
    ],
  ])('finds in an address: %s', async (_, config, env, fault) => {
    const { found, code } = await doctor(['victims'], config, { VICTIMS_API_KEY: KEY, ...env });
    expect(found['victims: address']).toMatch(fault);
    expect(code).toBe(1);
  });

  it('names the proxy that is in use', async () => {
    const env = { VICTIMS_API_KEY: KEY, HTTPS_PROXY: 'http://me:pass-word@p:3128' };
    const { found, text } = await doctor(['victims'], 'apis: { victims: { baseUrl: https://v.example } }', env);
    expect(found['victims: address']).toBe('passed: https://v.example, through the proxy p:3128 (HTTPS_PROXY)');
    expect(text).not.toContain('pass-word');
  });

  it('works when the config is broken', async () => {
    const { found, code } = await doctor(['raptor-comply'], 'apis: [', { RAPTOR_COMPLY_API_KEY: KEY });
    expect(found.config).toMatch(/^failed: .errproberc.yaml:\d+:\d+: /);
    expect(found['raptor-comply: key']).toMatch(/^passed/);
    expect(code).toBe(1);
    const unset = await doctor([], `apis: { victims: { key: "\${NO_SUCH}" } }`);
    expect(unset.found['victims: config']).toMatch(/the variable NO_SUCH is not set/);
  });

  it('says of an API that nobody uses just that', async () => {
    const { found, code } = await doctor([], null);
    expect(code).toBe(0);
    expect(found['victims: key']).toBe('skipped: not in use: VICTIMS_API_KEY is not set');
  });
});
