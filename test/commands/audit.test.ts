import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import type { Report } from '../../src/model/report.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** An API that answers as documented by raptor-comply, except for the given paths and keys. */
async function drifted(answer: (path: string, key: string | undefined) => [status: number, body: unknown] | null) {
  const cwd = emptyFolder();
  const { url, requests } = await serve((request, response) => {
    const key = request.headers['x-api-key'] as string | undefined;
    const path = (request.url ?? '').split('?')[0] ?? '';
    const [status, body] = answer(path, key) ?? [200, []];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  writeFileSync(
    join(cwd, '.errproberc.yaml'),
    `apis: { raptor-comply: { baseUrl: ${url}, retry: { base: 1ms, maxWait: 1s } } }`,
  );
  const env = { RAPTOR_COMPLY_API_KEY: 'the-right-key' };
  const audit = async (...argv: string[]) =>
    run(['audit', 'raptor-comply', ...argv.filter((word) => word !== '--without-key')], {
      cwd,
      env: argv.includes('--without-key') ? {} : env,
    });
  const report = async () => JSON.parse((await audit('--format', 'json')).stdout) as Report;
  return { audit, report, requests };
}

const AS_DOCUMENTED = (path: string, key: string | undefined): [number, unknown] | null => {
  if (key === undefined) return [401, { error: 'Unauthorized', message: 'Missing X-API-Key header' }];
  if (key !== 'the-right-key') return [401, { error: 'Unauthorized', message: 'Invalid API key' }];
  return path === '/cyber-assets' ? null : [404, { error: 'Not Found', message: 'Resource not found' }];
};

describe('an audit', () => {
  it.each(builtIn.apis.map(({ id }) => id))('finds the mock of %s as documented', async (id) => {
    const { code, stdout, stderr } = await run(['audit', id, '--mock']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/: [5-9] as documented, 0 drifted, 0 without/);
    expect(stderr).toMatch(/^Sending [5-9] GET requests to /);
  });

  it('sends GET only, a dozen at most, and tells how the API keeps to its documentation', async () => {
    const { audit, requests } = await drifted(AS_DOCUMENTED);
    const { code, stdout } = await audit();
    expect(code).toBe(0);
    expect(stdout).toContain('✔ a wrong key      401 raptor-comply/invalid-api-key');
    expect(requests.length).toBeLessThanOrEqual(12);
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('tells what has drifted: status, code, wording, envelope', async () => {
    const { report, audit } = await drifted((path, key) => {
      if (key === undefined) return [403, { error: 'Unauthorized', message: 'Missing X-API-Key header' }];
      if (key !== 'the-right-key') return [401, { error: 'Unauthorized', message: 'This key is none of ours' }];
      if (path === '/errprobe-no-such-thing') return [404, '<html><h1>Not here</h1></html>'];
      return AS_DOCUMENTED(path, key);
    });
    const { results, exit } = await report();
    const unmet = Object.fromEntries(results.map(({ name, check }) => [name, check?.unmet]));
    expect(exit.code).toBe(1);
    expect(unmet['no key']).toEqual([{ what: 'status', expected: '401', actual: '403' }]);
    expect(unmet['a wrong key']).toContainEqual({
      what: 'wording',
      expected: 'Invalid API key',
      actual: '"This key is none of ours"',
    });
    expect(unmet['an unknown id']).toEqual([]);
    expect(unmet['an unknown path']).toContainEqual({
      what: 'envelope',
      expected: 'that of Raptor Comply',
      actual: 'html',
    });
    expect((await audit()).stdout).toContain('status: documented 401, actual 403');
  });

  it('tells of errors that are not documented, and of successes where an error is', async () => {
    const { report } = await drifted((path, key) => {
      if (key === undefined) return null;
      if (path !== '/cyber-assets') return [418, { error: 'Teapot', message: 'short and stout' }];
      return AS_DOCUMENTED(path, key);
    });
    const { results } = await report();
    const outcomes = Object.fromEntries(results.map(({ name, check }) => [name, check?.outcome]));
    expect(outcomes).toMatchObject({
      'no key': 'failed',
      'an unknown path': 'undocumented',
      'as configured': 'passed',
    });
  });

  it('waits for a limit on the rate, and gives up where it stays', async () => {
    let left = 2;
    const limit = [
      429,
      { error: 'Too Many Requests', message: 'Rate limit exceeded. Please retry after a short delay.' },
    ] as const;
    const once = await drifted((path, key) => (left-- > 0 ? [...limit] : AS_DOCUMENTED(path, key)));
    expect((await once.audit()).code).toBe(0);
    const always = await drifted(() => [...limit]);
    const { results } = await always.report();
    expect(results.find(({ name }) => name === 'no key')?.check).toMatchObject({
      outcome: 'error',
      reason: expect.stringMatching(/limit/),
    });
  });

  it('says what it does not send without a key, and why', async () => {
    const { audit, requests } = await drifted(AS_DOCUMENTED);
    const { code, stdout, stderr } = await audit('--without-key');
    expect({ code, sent: requests.length }).toEqual({ code: 0, sent: 2 });
    expect(stderr).toContain('Sending 2 GET requests to Raptor Comply, one at a time.\n');
    expect(stderr).toContain(
      'Not sent: as configured, an unknown id, an unknown path and a bad query, since no key is',
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'no key is set: set RAPTOR_COMPLY_API_KEY, or apis.raptor-comply.key in .errproberc.yaml as configured, an',
    );
    expect(stdout).toContain('2 as documented, 0 drifted, 0 without a response');
  });

  it('sends nothing to an API whose address is not known', async () => {
    const { code, stdout, stderr } = await run(['audit', 'victims']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the base URL of victims is not known: set apis.victims.baseUrl');
    expect(stderr).not.toContain('Sending');
  });

  it('says when its own set-up is not right', async () => {
    const { audit } = await drifted(AS_DOCUMENTED);
    const { code, stdout } = await audit('--path', '/no-such-list');
    expect(code).toBe(1);
    expect(stdout).toContain('--path');
    const { stderr } = await run(['audit', 'raptor']);
    expect(stderr).toMatch(/there is no API "raptor"/);
  });
});
