import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { machinesIn } from '../../src/commands/call/netrc.ts';
import { certificates } from '../helpers/certificates.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const PASSWORD = 'pw-2718281828459';
const BASIC = `Basic ${Buffer.from(`ada:${PASSWORD}`).toString('base64')}`;

/** A server that records the requests, with the header fields that they had. */
async function recording(answer: RequestListener = (_, response) => response.end('{}')) {
  const got: Record<string, string | undefined>[] = [];
  const { url } = await serve((request, response) => {
    got.push({ path: request.url, ...(request.headers as Record<string, string>) });
    answer(request, response);
  });
  return { url, got };
}

describe('a Unix domain socket', () => {
  const SOCKET = 'server.sock';

  async function listening(listener: RequestListener): Promise<string> {
    const cwd = emptyFolder();
    const server = createHttpServer(listener);
    await new Promise<void>((resolve) => server.listen(join(cwd, SOCKET), resolve));
    onTestFinished(() => void server.close());
    return cwd;
  }

  it('is asked in place of the host, which stays in the request', async () => {
    const cwd = await listening((request, response) => response.end(`${request.headers.host}${request.url}`));
    const { stdout, stderr, code } = await run(['call', '--unix-socket', SOCKET, 'http://docker/v1/info'], { cwd });
    expect({ stdout, stderr, code }).toEqual({ stdout: 'docker/v1/info', stderr: '', code: 0 });
    const taken = ['call', '--from-curl', `curl -s --unix-socket ${join(cwd, SOCKET)} http://localhost/x`];
    expect((await run(taken, { cwd: emptyFolder() })).stdout).toBe('localhost/x');
  });

  it('is not asked through a proxy, and excludes one', async () => {
    const cwd = await listening((_, response) => response.end('direct'));
    const env = { HTTP_PROXY: 'http://127.0.0.1:9' };
    expect((await run(['call', '--unix-socket', SOCKET, 'http://a/'], { cwd, env })).stdout).toBe('direct');
    const both = await run(['call', '--unix-socket', SOCKET, '-x', 'http://127.0.0.1:9', 'http://a/'], { cwd });
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('does not go with --proxy')]);
  });

  it('has to exist', async () => {
    const { code, stderr } = await run(['call', '--unix-socket', 'none.sock', 'http://a/']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('none.sock is no socket')]);
  });
});

describe('--connect-to', () => {
  it('connects elsewhere, for the hosts and ports that it names', async () => {
    const { url, got } = await recording();
    const { port } = new URL(url);
    for (const place of [`api.example:80:127.0.0.1:${port}`, `::127.0.0.1:${port}`, `API.example::127.0.0.1:${port}`]) {
      expect((await run(['call', '--connect-to', place, 'http://api.example/x'])).code).toBe(0);
    }
    expect(got.map(({ host, path }) => `${host}${path}`)).toEqual(Array(3).fill('api.example/x'));
    const other = [`--connect-to=other.example::127.0.0.1:9`, `--connect-to=api.example:80::${port}`];
    expect((await run(['call', ...other, `--resolve=api.example:80:127.0.0.1`, 'http://api.example/'])).code).toBe(0);
    expect((await run(['call', '--connect-to', 'a:b', url])).stderr).toContain('write --connect-to as host:port');
  });

  it('still wants the certificate of the host in the URL', async () => {
    const { cert, key, ca } = certificates().signed('localhost');
    const server = createHttpsServer({ cert, key }, (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'ca.pem'), ca);
    const there = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const call = (url: string) => run(['call', '--cacert', 'ca.pem', '--connect-to', `::${there}`, url], { cwd });
    expect((await call('https://localhost/')).code).toBe(0);
    expect((await call('https://api.example/')).stderr).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect((await call('https://10.1.2.3/')).stderr).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

it.each(['-4', '--ipv4'])('%s connects over IPv4 only, and -6 over IPv6 only', async (option) => {
  const { url } = await recording();
  const host = url.replace('127.0.0.1', 'localhost');
  expect((await run(['call', option, host])).code).toBe(0);
  expect((await run(['call', '-6', host])).code).toBe(6);
});

it('no config switches the examination of certificates off', async () => {
  const cwd = emptyFolder();
  for (const text of ['insecure: true', 'apis: { a: { baseUrl: "https://a.example", insecure: true } }']) {
    writeFileSync(join(cwd, '.errproberc.yaml'), text);
    const { code, stderr } = await run(['call', 'https://localhost:9/'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('unknown key "insecure"')]);
  }
});

describe('--digest', () => {
  const hash = (text: string) => createHash('md5').update(text).digest('hex');

  /** A server that demands Digest of every request, and knows one nonce after the other. */
  function demanding(options: { stale?: boolean } = {}) {
    let nonces = 0;
    const bodies: string[] = [];
    const listener: RequestListener = async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      bodies.push(Buffer.concat(pieces).toString());
      const said = request.headers.authorization ?? '';
      const field = (name: string) => new RegExp(`\\b${name}="?([^",]+)`).exec(said)?.[1] ?? '';
      const secret = hash(`ada:here:${PASSWORD}`);
      const wanted = hash(
        `${secret}:${field('nonce')}:00000001:${field('cnonce')}:auth:${hash(`${request.method}:${request.url}`)}`,
      );
      const isStale = options.stale === true && field('nonce') === 'n1';
      if (field('response') === wanted && field('uri') === request.url && !isStale) response.end('in');
      else {
        const more = isStale ? ', stale=true' : '';
        const challenge = `Basic realm="x", Digest realm="here", qop="auth", nonce="n${++nonces}"${more}`;
        response.writeHead(401, { 'www-authenticate': challenge }).end(`{"message":"who? ${said}"}`);
      }
    };
    return { listener, bodies };
  }

  it.each([[['-u', `ada:${PASSWORD}`, '--digest']], [['-A', 'digest', '-a', `ada:${PASSWORD}`]]])(
    'answers the challenge of a server: %j',
    async (options) => {
      const { listener, bodies } = demanding();
      const { url, got } = await recording(listener);
      const { stdout, code } = await run(['call', `${url}/x?y=1`, ...options, 'a=b']);
      expect({ code, stdout, bodies }).toEqual({ code: 0, stdout: 'in', bodies: ['{"a":"b"}', '{"a":"b"}'] });
      expect(got[0]?.authorization).toBeUndefined();
    },
  );

  it('answers again when only the nonce was too old', async () => {
    const { url, got } = await recording(demanding({ stale: true }).listener);
    const { stdout } = await run(['call', url, '-u', `ada:${PASSWORD}`, '--digest']);
    expect([stdout, got.length]).toEqual(['in', 3]);
  });

  it('gives up when it is refused, and shows no hash of the password', async () => {
    const { url, got } = await recording(demanding().listener);
    for (const more of [['-v'], ['--quiet'], ['--format', 'json'], ['--har', '-']]) {
      got.length = 0;
      const { code, stdout, stderr } = await run(['call', url, '-u', 'ada:wrong-password', '--digest', ...more]);
      expect([code, got.length]).toEqual([8, 2]);
      const response = /response="(\w+)"/.exec(got[1]?.authorization ?? '')?.[1] ?? 'none';
      expect(stdout + stderr).not.toContain('wrong-password');
      // Nor does the body that repeats it, which is on standard output as it arrives.
      expect(stdout + stderr).not.toContain(response);
    }
  });

  it('answers no server that a redirect led to', async () => {
    const there = await recording(demanding().listener);
    const { url } = await recording((_, response) => response.writeHead(302, { location: there.url }).end());
    expect((await run(['call', url, '-u', `ada:${PASSWORD}`, '--digest'])).code).toBe(8);
    expect(there.got.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it('follows redirects on the origin, with an answer for each URL', async () => {
    const { listener } = demanding();
    const { url, got } = await recording((request, response) =>
      request.url === '/' ? response.writeHead(302, { location: '/in' }).end() : listener(request, response),
    );
    const { stdout } = await run(['call', `${url}/`, '-u', `ada:${PASSWORD}`, '--digest']);
    expect([stdout, got.map(({ path }) => path)]).toEqual(['in', ['/', '/in', '/in']]);
  });

  it('is in the curl command, which asks for the password', async () => {
    const { stdout } = await run(['call', 'https://a.example/', '-u', `ada:${PASSWORD}`, '--digest', '--curl']);
    expect(stdout).toContain('--digest');
    expect(stdout).toContain('--user ada');
    expect(stdout).not.toContain(PASSWORD);
  });

  it('needs a user', async () => {
    const { code, stderr } = await run(['call', 'https://a.example/', '--digest']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--digest needs a user')]);
  });
});

describe('a netrc file', () => {
  it.each<[text: string, machines: unknown[]]>([
    ['machine a.example login ada password pw', [['a.example', 'ada', 'pw']]],
    [
      'machine A\n  login ada\n\tpassword "p w\\"\\\\"\nmachine b login c password #d',
      [
        ['a', 'ada', 'p w"\\'],
        ['b', 'c', '#d'],
      ],
    ],
    [
      '# machine a\nmachine a account x user u password p # more\ndefault login d password e',
      [
        ['a', 'u', 'p'],
        [null, 'd', 'e'],
      ],
    ],
    ['macdef init\n machine no login no\n\nmachine a login b password c', [['a', 'b', 'c']]],
    ['login before', []],
  ])('is read: %j', (text, machines) => {
    expect(machinesIn(text).map(({ host, user, password }) => [host, user, password])).toEqual(machines);
  });

  function homeWith(text: string, mode = 0o600): string {
    const home = emptyFolder();
    writeFileSync(join(home, '.netrc'), text);
    chmodSync(join(home, '.netrc'), mode);
    return home;
  }

  const FILE = `machine 127.0.0.1 login ada password ${PASSWORD}\nmachine api.example login bob password ${PASSWORD}x\n`;

  it.each([['-n'], ['--netrc'], ['--netrc-optional'], ['--netrc-file=.netrc']])(
    'identifies the caller with %s, to its host only',
    async (option) => {
      const cwd = homeWith(FILE);
      const there = await recording();
      const { url, got } = await recording((_, response) => response.writeHead(302, { location: there.url }).end());
      const { code, stdout, stderr } = await run(['call', url, option, '-v'], { cwd });
      expect(code).toBe(0);
      expect(got[0]?.authorization).toBe(BASIC);
      expect(there.got.map(({ authorization }) => authorization)).toEqual([undefined]);
      expect(stdout + stderr).not.toContain(PASSWORD);
    },
  );

  it('is not asked without the option, nor where another says who calls', async () => {
    const cwd = homeWith(FILE);
    const { url, got } = await recording();
    for (const argv of [[], ['-n', '--bearer', 't-123456'], ['-n', '-u', 'eve:pw'], ['-n', '-H', 'Authorization: x']]) {
      await run(['call', url, ...argv], { cwd });
    }
    expect(got.map(({ authorization }) => authorization)).toEqual([
      undefined,
      'Bearer t-123456',
      `Basic ${Buffer.from('eve:pw').toString('base64')}`,
      'x',
    ]);
  });

  it('has the password for the user of -u', async () => {
    const cwd = homeWith(`machine 127.0.0.1 login bob password other\n${FILE}`);
    const { url, got } = await recording();
    await run(['call', url, '-n', '-u', 'ada'], { cwd });
    expect(got[0]?.authorization).toBe(BASIC);
  });

  it('goes nowhere in clear text but to this machine', async () => {
    const { stdout } = await run(['call', 'http://api.example/', '-n', '--dry-run'], { cwd: homeWith(FILE) });
    expect(stdout).toContain('The header authorization would not be sent: http://api.example is not encrypted.');
    expect(stdout).not.toMatch(/^authorization:/m);
    const secure = await run(['call', 'https://api.example/', '-n', '--dry-run'], { cwd: homeWith(FILE) });
    expect(secure.stdout).toContain('authorization: Basic [redacted]');
  });

  it.skipIf(process.getuid === undefined).each<[string, number, string]>([
    ['others can read', 0o644, 'others have access to it: run chmod 600'],
    ['the group can write', 0o620, 'others have access to it'],
  ])('is refused if %s', async (_, mode, said) => {
    const { url, got } = await recording();
    const { code, stderr } = await run(['call', url, '-n'], { cwd: homeWith(FILE, mode) });
    expect({ code, sent: got.length }).toEqual({ code: 2, sent: 0 });
    expect(stderr).toContain(said);
    expect(stderr).not.toContain(PASSWORD);
  });

  it('is refused if it belongs to somebody else', async () => {
    const { stderr } = await run(['call', 'http://127.0.0.1:9/', '-n'], { cwd: homeWith(FILE), uid: 4_000_000 });
    expect(stderr).toContain('belongs to another user');
  });

  it('may be missing if it is optional, and may have no login for the host', async () => {
    const { url } = await recording();
    expect((await run(['call', url, '--netrc-optional'])).code).toBe(0);
    expect((await run(['call', url, '-n'])).stderr).toContain('.netrc: there is no such file');
    const { code, stderr } = await run(['call', url, '-n'], { cwd: homeWith('machine x login y password zzzzzz') });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/\.netrc has no login for 127\.0\.0\.1\.\n$/)]);
  });

  it('answers a challenge with --digest', async () => {
    const { url, got } = await recording((request, response) =>
      request.headers.authorization === undefined
        ? response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end()
        : response.end('in'),
    );
    expect((await run(['call', url, '-n', '--digest'], { cwd: homeWith(FILE) })).stdout).toBe('in');
    expect(got[1]?.authorization).toMatch(/^Digest username="ada"/);
  });
});

it('a netrc file is never written to a HAR', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.netrc'), `machine 127.0.0.1 login ada password ${PASSWORD}`, { mode: 0o600 });
  const { url } = await recording();
  await run(['call', url, '-n', '--har', 'a.har'], { cwd });
  expect(readFileSync(join(cwd, 'a.har'), 'utf8')).not.toContain(BASIC.slice(6));
});
