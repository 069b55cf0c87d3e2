import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogs/index.ts';
import { startMock } from '../../src/mock/server.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const { apis } = builtIn.known;
const catalogs = apis.map(({ id }) => builtIn.known.load(id) as Catalog);
const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ';

let server: Server;
let url: string;
const seen: (string | undefined)[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('apis --known', () => {
  it('lists every well-known API with its hosts, the variable of its key and the number of its errors', async () => {
    const { code, stdout } = await run(['apis', '--known']);
    expect(code).toBe(0);
    for (const { id, auth, entries } of apis) {
      expect(stdout).toMatch(new RegExp(`^ *${id} .*${entries} errors$`, 'm'));
      if (auth !== undefined) expect(stdout).toContain(`key from ${auth.env}`);
    }
    expect(apis.map(({ id }) => id)).toEqual([
      ...['anthropic', 'aws', 'azure', 'docker', 'github', 'google-cloud', 'kubernetes', 'npm', 'openai', 'paypal'],
      ...['slack', 'stripe', 'twilio'],
    ]);
  });
});

describe('the key of a well-known API', () => {
  const sent = async (...args: string[]) =>
    (await run(['call', ...args, '--dry-run', '--format', 'json'], { env: { GITHUB_TOKEN: TOKEN } })).stdout;

  it('goes to the hosts of this API without any config', async () => {
    const curl = await run(['call', 'GET', 'https://api.github.com/user', '--curl', '--dry-run'], {
      env: { GITHUB_TOKEN: TOKEN },
    });
    expect(curl.stdout).toMatch(/authorization: Bearer.*GITHUB_TOKEN/i);
    expect(curl.stdout).not.toContain(TOKEN);
    expect(await sent('GET', '/user', '--api', 'github')).toContain('https://api.github.com/user');
  });

  it('goes nowhere else', async () => {
    for (const elsewhere of [
      'https://api.github.com.evil.example/user',
      'https://github.evil.example/',
      `${url}/user`,
    ]) {
      expect(await sent('GET', elsewhere)).not.toMatch(/authorization/i);
    }
    const { stdout, stderr } = await run(['call', 'GET', `${url}/user`, '--api', 'github'], {
      env: { GITHUB_TOKEN: TOKEN },
    });
    expect(seen.at(-1)).toBeUndefined();
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it.each(apis.flatMap(({ id, hosts, auth }) => (auth === undefined ? [] : hosts.map((host) => [id, host] as const))))(
    'of %s never goes to a host of which only the form is known: %s',
    async (_, host) => {
      if (!host.includes('*')) return;
      const made = `https://${host.replaceAll('*', 'attacker')}/`;
      const env = Object.fromEntries(apis.flatMap(({ auth }) => (auth === undefined ? [] : [[auth.env, TOKEN]])));
      const { stdout } = await run(['call', 'GET', made, '--dry-run', '--curl'], { env });
      expect(stdout).not.toMatch(/authorization|x-api-key/i);
    },
  );

  it('is hidden in what is explained', async () => {
    const { stdout } = await run(['explain', '-', '--format', 'json'], {
      input: `{"message":"the token ${TOKEN.slice(4)} is not valid"}`,
      env: { ANTHROPIC_API_KEY: TOKEN.slice(4) },
    });
    expect(stdout).not.toContain(TOKEN.slice(4));
  });
});

describe('a former id', () => {
  const former = apis.flatMap(({ id, aliases }) =>
    Object.entries(aliases).map(([alias, now]) => [alias, `${id}/${now}`] as const),
  );

  it.each(former)('%s leads to %s', async (alias, now) => {
    const { code, stdout } = await run(['explain', alias]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(now) });
  });

  it('is known wherever one may be in use', () => {
    expect(former.length).toBeGreaterThan(50);
  });

  it('still names what a check expects', async () => {
    const cwd = emptyFolder();
    const [github] = catalogs.filter(({ id }) => id === 'github');
    const mock = await startMock(github as Catalog, [], 0);
    writeFileSync(
      join(cwd, 'errprobe.checks.yaml'),
      `checks: [{ name: none, request: GET ${mock.url}/no-such-thing, expect: { error: services/github-not-found } }]`,
    );
    writeFileSync(join(cwd, '.errproberc.json'), JSON.stringify({ apis: { github: { baseUrl: mock.url } } }));
    const { stdout } = await run(['check', '--api', 'github'], { cwd, env: { GITHUB_TOKEN: 'demo-key' } });
    await mock.close();
    expect(stdout).toContain('1 passed');
  });
});

describe('the mock', () => {
  it.each(catalogs.filter(({ mock }) => mock !== undefined).map((catalog) => [catalog.id, catalog] as const))(
    'of %s sends each documented error as it is documented',
    async (id, catalog) => {
      const mock = await startMock(catalog, [], 0);
      const answer = await fetch(`${mock.url}/no/such/thing`);
      const body = await answer.text();
      await mock.close();
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(body).not.toBe('');
      // XML is no JSON text of it.
      if (body.includes('<Error')) expect(body.trimStart().startsWith('<')).toBe(true);
      const explained = await run(['explain', '-', '--api', id, '--format', 'json', `--status=${answer.status}`], {
        input: body,
      });
      expect(JSON.parse(explained.stdout).results[0].diagnosis.api).toBe(id);
    },
  );
});

describe('an API whose requests are signed', () => {
  it('is explained, not called', async () => {
    const nobody = ['--connect-to', 'sts.amazonaws.com:80:127.0.0.1:1'];
    const { code, stderr } = await run(['call', 'GET', 'http://sts.amazonaws.com/', ...nobody]);
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('does not sign requests to AWS') });
  });
});
