import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSensitiveHeader } from '../../src/http/sensitive.ts';
import type { Fix } from '../../src/model/diagnosis.ts';
import { type KeyPlace, renderFixed, type SpokenCall } from '../../src/render/error/fixed-command.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const call = (changes: Partial<SpokenCall> = {}): SpokenCall => ({
  method: 'GET',
  target: '/things',
  query: [],
  headers: {},
  body: [],
  ...changes,
});

const KEY: KeyPlace = { header: 'Authorization', variable: 'MY_KEY', place: 'variable' };

const fixed = (spoken: SpokenCall, fix: Fix, key = KEY) => renderFixed(spoken, fix, key, isSensitiveHeader);

describe('the corrected command', () => {
  it('says the call again with what was wrong put right', () => {
    const spoken = call({
      api: 'victims',
      query: [['q', "it's"]],
      body: [['-d', '{"a":1}']],
      headers: { 'x-tenant-id': 'acme', 'X-Trace': '1' },
    });
    expect(fixed(spoken, { header: ['X-Tenant-ID', '<uuid>'] })).toBe(
      `errprobe call GET /things --api victims -q 'q=it'\\''s' -H 'X-Trace: 1' -H 'X-Tenant-ID: <uuid>' -d '{"a":1}'`,
    );
    expect(fixed(call(), { method: 'PUT', data: '@body.json' })).toBe('errprobe call PUT /things -d @body.json');
  });

  it.each([
    ['/v1//things?u=//x', 'single-slashes', "'/v1/things?u=//x'"],
    ['https://a.example//things', 'single-slashes', 'https://a.example/things'],
    ['/v1/v1/things', 'no-repetition', '/v1/things'],
    ['/api/v2/api/v2', 'no-repetition', '/api/v2'],
    ['/v1/things', 'no-repetition', '/things'],
    ['/things/?a=b/', 'other-slash', "'/things?a=b/'"],
    ['https://a.example/things?a=b', 'other-slash', "'https://a.example/things/?a=b'"],
  ] as const)('has the path put right: %s', (target, path, expected) => {
    expect(fixed(call({ target }), { path })).toBe(`errprobe call GET ${expected}`);
  });

  it('has a variable in the place of a secret', () => {
    const headers = { Authorization: 'Bearer k-31415926', 'X-API-Key': '' };
    const line = fixed(call({ headers }), { method: 'POST' });
    expect(line).toBe(`errprobe call POST /things -H "Authorization: $AUTHORIZATION" -H X-API-Key:`);
  });

  it('sends the configured key in the place of what was given', () => {
    const spoken = call({ headers: { authorization: 'Basic k-1', 'X-Api-Key': 'k-2', 'X-Trace': '1' } });
    for (const key of ['send', 'strip-quotes', 'replace'] as const) {
      expect(fixed(spoken, { key })).toBe("errprobe call GET /things -H 'X-Trace: 1'");
    }
    expect(fixed(spoken, { key: 'send' }, { ...KEY, place: 'nowhere' })).toBe(
      "MY_KEY='<key>' errprobe call GET /things -H 'X-Trace: 1'",
    );
  });

  it('asks for an idempotency key', () => {
    expect(fixed(call({ method: 'POST' }), { idempotencyKey: true })).toBe(
      'errprobe call POST /things --idempotency-key auto',
    );
  });

  it.each<[NonNullable<Fix['key']>, string]>([
    ['strip-scheme', 'Bearer k-3f9a'],
    ['strip-scheme', 'Bearer Bearer k-3f9a'],
    ['strip-quotes', '"k-3f9a"'],
    ['strip-quotes', "'k-3f9a'"],
    ['strip-quotes', '`k-3f9a`'],
    ['strip-spaces', ' k-3f\t9a\n'],
    ['strip-invisible', '\u200bk-3f9a\ufeff\u00a0'],
  ])('repairs the variable of the key in a shell: %s of %j', (key, value) => {
    const line = fixed(call(), { key });
    const probe = line.replace('errprobe call GET /things', `sh -c 'printf %s "$MY_KEY"'`);
    expect(execFileSync('sh', ['-c', probe], { env: { ...process.env, MY_KEY: value }, encoding: 'utf8' })).toBe(
      'k-3f9a',
    );
  });

  it('leaves a place for the key where nothing can be repaired', () => {
    expect(fixed(call(), { key: 'replace' })).toBe("MY_KEY='<key>' errprobe call GET /things");
    expect(fixed(call(), { key: 'strip-quotes' }, { ...KEY, place: 'config' })).toBe(
      "MY_KEY='<key>' errprobe call GET /things",
    );
  });

  it('stands in the answer, whole, and in the JSON', async () => {
    const argv = ['call', 'GET', '/profiles', '--api', 'elder-protection', '--mock', '-H', 'X-Tenant-ID:'];
    const line = "errprobe call GET /profiles --api elder-protection -H 'X-Tenant-ID: <uuid>' --mock";
    expect((await run(argv)).stderr.replaceAll(/ \\\n +/g, ' ')).toContain(`  Try    ${line}\n`);
    expect(JSON.parse((await run([...argv, '--format', 'json'])).stdout).results[0].next).toBe(line);
    const again = line
      .replace('<uuid>', '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11')
      .replaceAll("'", '')
      .split(' ')
      .slice(1);
    // Line continuations are joined, as a shell would do.
    const at = again.indexOf('X-Tenant-ID:');
    again.splice(at, 2, `${again[at]} ${again[at + 1]}`);
    expect((await run(again)).code).toBe(0);
  });

  it.each([`$($'\\164\\157\\165\\143\\150' PWNED)`, '; touch PWNED', '>PWNED', 'PO ST', '`touch PWNED`', 'PROPFIND'])(
    'takes no method from Allow but one that it knows: %s',
    async (allow) => {
      const { url } = await serve((_, response) => response.writeHead(405, { allow }).end('{}'));
      const { stderr } = await run(['call', 'GET', url]);
      expect(stderr).toContain('405');
      expect(stderr).not.toMatch(/Try {4}|PWNED/);
      const both = await serve((_, response) => response.writeHead(405, { allow: `${allow}, put` }).end('{}'));
      const { stdout: json } = await run(['call', 'GET', both.url, '--format', 'json']);
      expect(JSON.parse(json).results[0].next).toBe(`errprobe call PUT ${both.url}`);
    },
  );

  it('shows the words of a call to the letter, also several spaces in a row', async () => {
    const { url } = await serve((_, response) => response.writeHead(405, { allow: 'PUT' }).end('{}'));
    const { stderr } = await run(['call', 'POST', url, '-d', '{"a":  "b\u0001\\n"}', '-H', 'Content-Type: text/plain']);
    expect(stderr).toContain(`-d "$(printf '{"a":  "b\\001\\\\n"}')"\n`);
  });

  it('does not hide a secret from the redaction by quoting it', async () => {
    const { url } = await serve((_, response) => response.writeHead(405, { allow: 'PUT' }).end('{}'));
    const secret = "it's-a-s3cret!\u0001";
    const argv = ['call', 'POST', url, '-d', `token ${secret}`, '-H', `X-Api-Key: ${secret.trim()}`];
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), '');
    const { stderr } = await run(
      [...argv.slice(0, 5), '-H', 'Content-Type: text/plain', '-H', "X-Api-Key: it's-a-s3cret!"],
      { cwd },
    );
    expect(stderr).toMatch(/Try {4}errprobe [\s\S]*token/);
    expect(stderr).not.toMatch(/s3cret/);
  });
});

describe('the curl command of a ticket', () => {
  it('quotes the name of a header that is a command', async () => {
    const headers = [
      { name: 'x$(touch PWNED)-token', value: 'k-31415926' },
      { name: 'x`touch`-token', value: 'k-31415926' },
    ];
    const request = { method: 'GET', url: 'https://a.example/$(touch PWNED)', headers };
    const response = { status: 500, headers: [], content: { text: '{}' } };
    const har = JSON.stringify({ log: { entries: [{ request, response }] } });
    const { stdout } = await run(['report', '-'], { input: har });
    const curl = /```\n(curl [\s\S]*?)\n```/.exec(stdout)?.[1] ?? '';
    expect(curl).toBe("curl \\\n  'https://a.example/$(touch PWNED)' \\\n  -H 'x`touch`-token: '\"$X_TOUCH__TOKEN\"");
  });

  it('quotes what a config has around the key', async () => {
    const cwd = emptyFolder();
    const auth = '{ header: X-Api-Key, value: "$(touch PWNED) {key}!" }';
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis: { raptor-comply: { auth: ${auth} } }`);
    const { stdout } = await run(['call', 'GET', '/cyber-assets', '--curl', '--api', 'raptor-comply'], {
      cwd,
      env: { RAPTOR_COMPLY_API_KEY: 'k-31415926' },
    });
    expect(stdout).toContain(`-H 'x-api-key: $(touch PWNED) '"$RAPTOR_COMPLY_API_KEY"'!'`);
  });

  it('lets curl take a URL and a body to the letter', async () => {
    const url = 'http://127.0.0.1:9/a?ids[]=1&x={a,b}';
    const { stdout } = await run(['call', 'POST', url, '--curl', '-d', '{"a":1}\n', '-H', 'X-Api-Key:']);
    expect(stdout).toContain('  --globoff \\\n');
    expect(stdout).toMatch(/--data-raw '\{"a":1\}'\n$/);
  });
});
