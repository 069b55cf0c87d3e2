import { readFileSync, writeFileSync } from 'node:fs';
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
      if (auth !== undefined) expect(stdout).toContain(`key from ${auth.user ?? auth.env}`);
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
      'https://API.GITHUB.COM./user',
      'https://api.github.com:8443/user',
      'http://api.github.com/user',
      'https://api.github.com%2eevil.example/user',
      'https://api.github.com@evil.example/user',
      'https://evil.example\\.api.github.com/user',
      'https://evil.example/#@api.github.com/user',
      'https://evil.example/api.github.com/user',
      `${url}/user`,
    ]) {
      expect(await sent('GET', elsewhere)).not.toMatch(/authorization(?!": "Basic)/i);
      expect(await sent('GET', elsewhere, '--api', 'github')).not.toMatch(/authorization": "Bearer/i);
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

  it.each(['CLOUDSDK_AUTH_ACCESS_TOKEN', 'GOOGLE_OAUTH_ACCESS_TOKEN'])(
    'of Google Cloud, from %s, goes to its servers by name and to no look-alike',
    async (variable) => {
      const curl = async (to: string) =>
        (await run(['call', 'GET', to, '--dry-run', '--curl'], { env: { [variable]: TOKEN } })).stdout;
      expect(await curl('https://storage.googleapis.com/storage/v1/b/none')).toContain(`Bearer $${variable}`);
      for (const host of [
        'storage.googleapis.com.evil.example',
        'storage-googleapis.com',
        'evil.googleapis.com',
        'bucket.storage.googleapis.com',
        'googleapis.com',
        'storage.googleapis.com:8443',
      ]) {
        expect(await curl(`https://${host}/`)).not.toMatch(/authorization/i);
      }
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

describe('a key of a user name and a password', () => {
  const SID = 'AC0123456789abcdef0123456789abcdef';
  const SECRET = 'f00dfeedf00dfeedf00dfeedf00dfeed';
  const env = { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: SECRET };
  const pair = Buffer.from(`${SID}:${SECRET}`).toString('base64');
  const hidden = [SECRET, pair, pair.slice(0, 40), Buffer.from(SECRET).toString('base64').slice(0, -4)];
  const LIST = 'https://api.twilio.com/2010-04-01/Accounts.json';
  const folder = (config: object) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.json'), JSON.stringify(config));
    return cwd;
  };

  it('comes from the two variables that the tools of the API use, and is sent with Basic', async () => {
    const { code, stdout } = await run(['call', 'GET', LIST, '--dry-run', '--curl'], { env });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"'),
    });
    const cwd = folder({ apis: { twilio: { baseUrl: url } } });
    await run(['call', 'GET', '/2010-04-01/Accounts.json', '--api', 'twilio'], { cwd, env });
    expect(seen.at(-1)).toBe(`Basic ${pair}`);
  });

  it('is looked for in the order of those tools, and only where both variables are set', async () => {
    const curl = async (variables: Record<string, string>) =>
      await run(['call', 'GET', LIST, '--dry-run', '--curl'], { env: variables });
    const key = { TWILIO_API_KEY: `SK${SID.slice(2)}`, TWILIO_API_SECRET: SECRET };
    expect((await curl({ ...env, ...key })).stdout).toContain('-u "$TWILIO_API_KEY:$TWILIO_API_SECRET"');
    expect((await curl({ ...env, TWILIO_API_KEY: 'SK1' })).stdout).toContain('-u "$TWILIO_ACCOUNT_SID');
    const { code, stderr } = await curl({ TWILIO_ACCOUNT_SID: SID });
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN');
  });

  it('is written in a config as two variables, for any API', async () => {
    const config = { baseUrl: url, key: { user: 'SHOP_USER', password: 'SHOP_PASSWORD' } };
    const cwd = folder({ apis: { shop: config } });
    const own = { SHOP_USER: 'somebody', SHOP_PASSWORD: SECRET };
    const { stderr } = await run(['call', 'GET', '/orders', '--api', 'shop', '-v'], { cwd, env: own });
    expect(seen.at(-1)).toBe(`Basic ${Buffer.from(`somebody:${SECRET}`).toString('base64')}`);
    expect(stderr).toContain('SHOP_USER and SHOP_PASSWORD');
    expect(stderr).not.toContain(SECRET);
    const missing = await run(['call', 'GET', '/orders', '--api', 'shop'], { cwd, env: { SHOP_USER: 'somebody' } });
    expect(missing.stderr).toContain('SHOP_USER and SHOP_PASSWORD');
  });

  it('is two variables of one text in a config, and in the command for curl', async () => {
    const cwd = folder({ apis: { shop: { baseUrl: url, auth: 'basic', key: '${SHOP_USER}:${SHOP_PASSWORD}' } } });
    const own = { SHOP_USER: 'somebody', SHOP_PASSWORD: SECRET };
    const { stdout } = await run(['call', 'GET', '/orders', '--api', 'shop', '--dry-run', '--curl'], { cwd, env: own });
    expect(stdout).toContain('-u "$SHOP_USER:$SHOP_PASSWORD"');
  });

  it('is written by init as the variables that are set', async () => {
    const cwd = emptyFolder();
    const { stdout } = await run(['init', 'twilio', '--yes'], { cwd, env });
    expect(stdout).not.toContain('Set TWILIO');
    expect(readFileSync(join(cwd, '.errproberc.yaml'), 'utf8')).toContain(
      'key: { user: TWILIO_ACCOUNT_SID, password: TWILIO_AUTH_TOKEN }',
    );
  });

  it('goes to no host but those of the API', async () => {
    for (const elsewhere of [
      'https://api.twilio.com.evil.example/',
      'https://evil.twilio.com/',
      `${url}/Accounts.json`,
    ]) {
      const { stdout } = await run(['call', 'GET', elsewhere, '--dry-run', '--curl'], { env });
      expect(stdout).not.toContain('-u ');
    }
  });

  it.each([
    ['explain', '-'],
    ['explain', '-', '-v'],
    ['explain', '-', '--format', 'json'],
    ['report', '-'],
    ['triage', '-'],
    ['triage', '-', '--format', 'json'],
  ])('is hidden with its name, its password and its base64: %s %s', async (...argv) => {
    for (const text of [SID, ...hidden.slice(0, 2)]) {
      const input = `${JSON.stringify({ code: 20003, message: `Authenticate ${text}`, status: 401 })}\n`;
      const { stdout, stderr } = await run(argv.filter(Boolean), { input, env });
      expect(stdout + stderr).not.toContain(text);
    }
  });

  it('is hidden in what a call shows and keeps', async () => {
    const echo = createServer((request, response) => {
      response.writeHead(401, { 'content-type': 'application/json', 'x-echo': request.headers.authorization }).end(
        JSON.stringify({
          code: 20003,
          message: `Authenticate ${request.headers.authorization} ${SECRET}`,
          status: 401,
        }),
      );
    });
    await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done));
    const baseUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const cwd = folder({ apis: { twilio: { baseUrl } } });
    for (const options of [['-v'], ['-i'], ['--format', 'json']]) {
      const { stdout, stderr } = await run(['call', 'GET', '/x', '--api', 'twilio', ...options], { cwd, env });
      expect(stdout + stderr).toContain('[redacted]');
      for (const text of hidden) expect(stdout + stderr).not.toContain(text);
    }
    const { stdout } = await run(['explain', '--last', '-v'], { cwd });
    for (const text of hidden) expect(stdout).not.toContain(text);
    echo.close();
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
