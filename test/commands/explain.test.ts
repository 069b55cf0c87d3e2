import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const EXPIRED = '{"error":"Unauthorized","message":"API key has expired"}';

const ids = async (argv: string[], given = {}) => {
  const { stdout } = await run(['explain', ...argv, '--format', 'json'], given);
  return JSON.parse(stdout).results.map((result: { diagnosis: { id: string | null } }) => result.diagnosis.id);
};

/** The body of an expired key and 400 line feeds, by `zstd -19`. */
const ZSTD = 'KLUv/QRo7QEAkgMNEaBvIKqfe38+WB6zQLpoX/cVIHfyZ7F6kGgF6y0UQ3q0KySluxad/LKHa1L0To9++O+NAwEAyagCKOa2izI=';

describe('explain', () => {
  it('reads standard input', async () => {
    const { code, stdout, stderr } = await run(['explain'], { input: EXPIRED });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('raptor-comply/expired-api-key');
  });

  it('reads a file, or standard input for a hyphen', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'error.json'), `\uFEFF${EXPIRED}\n`);
    expect(await ids(['error.json'], { cwd })).toEqual(['raptor-comply/expired-api-key']);
    expect(await ids(['-'], { input: EXPIRED })).toEqual(['raptor-comply/expired-api-key']);
  });

  it('takes the text of an error as argument', async () => {
    expect(await ids([EXPIRED])).toEqual(['raptor-comply/expired-api-key']);
  });

  it('takes an object with status and body for a response', async () => {
    const input = readFileSync(new URL('../../fixtures/cryptocomply/not-found.json', import.meta.url));
    expect(await ids(['--api', 'cryptocomply'], { input })).toEqual(['cryptocomply/not-found']);
  });

  it('takes a response with its headers, and recognises the API by the host of the request', async () => {
    const input =
      'GET /x HTTP/1.1\nHost: api.raptormaps.com\nX-API-Key: k-31415926\n\nHTTP/1.1 404 Not Found\n\n{"error":"Not Found","message":"nope"}';
    const { stdout } = await run(['explain', '--format', 'json'], { input });
    expect(JSON.parse(stdout).results[0]).toMatchObject({
      request: { method: 'GET', headers: { 'x-api-key': '[redacted]' } },
      response: { status: 404 },
      diagnosis: { id: 'raptor-comply/not-found' },
    });
    expect(stdout).not.toContain('k-31415926');
  });

  it('reads a report of its own back to the same diagnosis', async () => {
    const called = await run(['call', 'GET', '/v1/victims/1001', '--mock', 'quota-exhausted', '--format', 'json']);
    expect(await ids([], { input: called.stdout })).toEqual(['victims/quota-exhausted']);
  });

  it('reads what is compressed', async () => {
    expect(await ids([], { input: gzipSync(EXPIRED) })).toEqual(['raptor-comply/expired-api-key']);
    expect(await ids([], { input: Buffer.from(ZSTD, 'base64') })).toEqual(['raptor-comply/expired-api-key']);
  });

  it('gives each error of an input its own result, and sums them up', async () => {
    const { code, stdout } = await run(['explain'], {
      input: `${EXPIRED}\n${EXPIRED}\n{"error":{"code":"KEY_LOCKED","message":"x","request_id":"r"}}\n`,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('3 errors: raptor-comply/expired-api-key (2), victims/key-locked\n');
  });

  it('says so when an input with several places for errors has none', async () => {
    const { code, stdout } = await run(['explain'], { input: '{"log":{"version":"1.2","entries":[]}}' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'No error found.\n' });
  });

  it.each([
    [['KEY_LOCKED'], ['victims/key-locked']],
    [['key_locked'], ['victims/key-locked']],
    [
      ['RATE_LIMIT_EXCEEDED'],
      ['elder-protection/rate-limit-exceeded', 'victims/rate-limit-exceeded', 'openai/rate-limit-exceeded'],
    ],
    [['RATE_LIMIT_EXCEEDED', '--api', 'victims'], ['victims/rate-limit-exceeded']],
    [['raptor-comply/expired-api-key'], ['raptor-comply/expired-api-key']],
    [['ECONNREFUSED'], ['network/connection-refused', 'network/localhost-refused']],
    [['API key has expired'], ['raptor-comply/expired-api-key']],
    [['profile not found'], ['elder-protection/profile-not-found']],
    [['KEY LOCKED'], ['victims/key-locked']],
    [['key locked'], ['victims/key-locked']],
    [['keyLocked'], ['victims/key-locked']],
    [['insufficient-quota'], ['openai/insufficient-quota']],
    [['cannot transition from A to B'], ['elder-protection/invalid-status-transition']],
    [['KEY LOCKED', '--api', 'victims'], ['victims/key-locked']],
    [['429'], ['http/too-many-requests']],
    [['503', '--api', 'victims'], ['victims/upstream-unavailable']],
    [['--status', '503', '--api', 'victims'], ['victims/upstream-unavailable']],
  ])('looks up %j', async (argv, expected) => {
    expect(await ids(argv)).toEqual(expected);
  });

  it('puts the general entry of a status before those that a message tells apart', async () => {
    expect((await ids(['401', '--api', 'raptor-comply']))[0]).toBe('raptor-comply/unauthorized');
    expect((await ids(['400', '--api', 'elder-protection']))[0]).toBe('elder-protection/bad-request');
  });

  it('explains a word that several APIs have as a code once, and names them', async () => {
    const { stdout } = await run(['explain', 'unauthorized', '-v']);
    expect(stdout.match(/^✖/gm)).toHaveLength(1);
    expect(stdout).toMatch(/http\/unauthorized[\s\S]*raptor-comply\/unauthorized/);
  });

  it('finds nothing under words that no catalog has', async () => {
    expect((await run(['explain', 'nothing of the kind'])).code).toBe(1);
  });

  it('says which APIs document a status', async () => {
    expect((await run(['explain', '409', '-v'])).stdout.replaceAll(/\s+/g, ' ')).toContain('elder-protection/conflict');
  });

  it('uses the status and the headers that it is told', async () => {
    const { stdout } = await run(
      ['explain', '--status', '429', '--api', 'cryptocomply', '-H', 'Retry-After: 12', '--format', 'json'],
      { input: '{"detail":"Slow down."}' },
    );
    expect(JSON.parse(stdout).results[0].diagnosis.retry).toMatchObject({ advice: 'wait', afterMs: 12_000 });
  });

  it('keeps to 80 columns when COLUMNS is nonsense', async () => {
    const { stdout } = await run(['explain', '429'], { env: { COLUMNS: 'wide' }, columns: undefined });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('ends with 1 when nothing in the input is an error', async () => {
    for (const input of ['{"id":7,"name":"fine"}', '{"id":7,"meta":{"page":1}}', '[1,2]']) {
      expect((await run(['explain'], { input })).code).toBe(1);
    }
    expect((await run(['explain', '200'])).code).toBe(1);
  });

  it('ends with the class of the error when asked', async () => {
    expect((await run(['explain', '--exit-status'], { input: EXPIRED })).code).toBe(8);
    expect((await run(['explain', '429', '--exit-status'])).code).toBe(7);
  });

  it('asks for a paste on a terminal, and reads it to its end', async () => {
    const stdin = Object.assign(Readable.from([Buffer.from('curl: (6) Could not resolve host: x\n')]), { isTTY: true });
    const { code, stdout, stderr } = await run(['explain'], { stdin });
    expect(code).toBe(0);
    expect(stderr).toContain('Ctrl-D');
    expect(stdout).toContain('network/name-not-found');
  });

  it('shows hostile text without obeying it', async () => {
    const input = JSON.stringify({
      error: 'Unauthorized\u001b[2J',
      message: 'API key \u202ehas\u001b]0;x\u0007 expired\u0000',
    });
    const { stdout } = await run(['explain', '--status', '401', '--api', 'raptor-comply'], { input });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
