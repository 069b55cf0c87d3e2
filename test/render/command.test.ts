import { describe, expect, it } from 'vitest';
import { isSensitiveHeader } from '../../src/http/sensitive.ts';
import { renderFixed, type SpokenCall } from '../../src/render/command.ts';
import { run } from '../helpers/terminal.ts';

const call = (changes: Partial<SpokenCall> = {}): SpokenCall => ({
  method: 'GET',
  target: '/things',
  query: [],
  headers: {},
  ...changes,
});

const fixed = (spoken: SpokenCall, fix: Parameters<typeof renderFixed>[1]) =>
  renderFixed(spoken, fix, isSensitiveHeader);

describe('the corrected command', () => {
  it('says the call again with what was wrong put right', () => {
    const spoken = call({
      api: 'victims',
      query: [['q', "it's"]],
      data: '{"a":1}',
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
  ] as const)('has the path put right: %s', (target, path, expected) => {
    expect(fixed(call({ target }), { path })).toBe(`errprobe call GET ${expected}`);
  });

  it('has a variable in the place of a secret', () => {
    const headers = { Authorization: 'Bearer k-31415926', 'X-API-Key': '' };
    const line = fixed(call({ headers }), { method: 'POST' });
    expect(line).toBe(`errprobe call POST /things -H "Authorization: $AUTHORIZATION" -H X-API-Key:`);
  });

  it('stands in the answer, whole, and in the JSON', async () => {
    const argv = ['call', 'GET', '/profiles', '--api', 'elder-protection', '--mock', '-H', 'X-Tenant-ID:'];
    const line = "errprobe call GET /profiles --api elder-protection -H 'X-Tenant-ID: <uuid>' --mock";
    expect((await run(argv)).stderr).toContain(`  Try    ${line}\n`);
    expect(JSON.parse((await run([...argv, '--format', 'json'])).stdout).results[0].next).toBe(line);
    const again = line
      .replace('<uuid>', '7d1f0c52-3f0e-4d55-9a63-0d6f0a8a1b11')
      .replaceAll("'", '')
      .split(' ')
      .slice(1);
    // What the shell would join again.
    const at = again.indexOf('X-Tenant-ID:');
    again.splice(at, 2, `${again[at]} ${again[at + 1]}`);
    expect((await run(again)).code).toBe(0);
  });
});
