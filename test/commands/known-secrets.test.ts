import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { growthOf, LINEAR } from '../helpers/cpu-time.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const KEY = 'Zk9Key4242abcdXYZ';
const ECHO = JSON.stringify({ error: 'x', message: `bad key ${KEY}` });

describe('a configured key that an error repeats', () => {
  const COMMANDS = [
    ['report', '-'],
    ['report', '-', '--format', 'json'],
    ['explain'],
    ['explain', '-v'],
    ['explain', '--format', 'json'],
    ['triage'],
    ['triage', '--format', 'csv'],
  ];

  it.each(COMMANDS)('is hidden when only its variable is set: %s %s %s', async (...words) => {
    const argv = words.filter((word) => word !== undefined);
    const { stdout, stderr } = await run(argv, { input: ECHO, env: { RAPTOR_COMPLY_API_KEY: KEY } });
    expect(stdout).toContain('[redacted]');
    expect(stdout + stderr).not.toContain(KEY);
  });

  it.each([
    ['a variable of its own', 'key: "${OWN}"'],
    ['a header', 'headers: { X-Auth-Token: "${OWN}" }'],
    [
      'a part of a header, beside a variable that is not set',
      'headers: { Authorization: "Bearer ${OWN}", X: "${NONE}" }',
    ],
    ['the file itself', `key: ${KEY}`],
  ])('is hidden when the config names it by %s', async (_, line) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), `apis:\n  raptor-comply:\n    ${line}\n`);
    for (const argv of COMMANDS) {
      const { stdout, stderr } = await run(argv, { cwd, input: ECHO, env: { OWN: KEY } });
      expect(stdout + stderr).toContain('[redacted]');
      expect(stdout + stderr).not.toContain(KEY);
    }
  });

  it('is hidden in a call that was kept before it was one', async () => {
    const cwd = emptyFolder();
    const { url } = await serve((_, response) => response.writeHead(401).end(ECHO));
    await run(['call', 'GET', url], { cwd });
    for (const argv of [
      ['report', '--last'],
      ['explain', '--last', '-v'],
    ]) {
      const { stdout } = await run(argv, { cwd, env: { RAPTOR_COMPLY_API_KEY: KEY } });
      expect(stdout).toContain('[redacted]');
      expect(stdout).not.toContain(KEY);
    }
  });

  it('is hidden in the message about a broken config', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), `${KEY}: 1\n`);
    const { code, stderr } = await run(['explain', '429'], { cwd, env: { RAPTOR_COMPLY_API_KEY: KEY } });
    expect(code).toBe(2);
    expect(stderr).not.toContain(KEY);
  });
});

it.each<[string, string, string]>([
  ['a cookie among others', 'Cookie: sid=s3ss10nVALUEabc; a=b', 's3ss10nVALUEabc'],
  ['a cookie in quotes', 'Cookie: a=b; sid="s3ss10nVALUEabc"', 's3ss10nVALUEabc'],
  ['a cookie that is encoded', 'Cookie: a=s3ss10n%2FVALUE%3D', 's3ss10n/VALUE='],
  [
    'the password of Basic',
    `Authorization: Basic ${Buffer.from('user:my+Pa55:word').toString('base64')}`,
    'my+Pa55:word',
  ],
  ['both of Basic', `Authorization: Basic ${Buffer.from('user:my+Pa55').toString('base64')}`, 'user:my+Pa55'],
])('hides %s where a server repeats it alone', async (_, header, secret) => {
  const cwd = emptyFolder();
  const { url } = await serve((_, response) =>
    response.writeHead(401, { 'x-echo': secret }).end(JSON.stringify({ message: `what is ${secret}?` })),
  );
  for (const argv of [[], ['--format', 'json'], ['-i', '-v']]) {
    const { stdout, stderr } = await run(['call', 'GET', url, '-H', header, ...argv], { cwd });
    expect(stdout).toContain('[redacted]');
    expect(stdout + stderr).not.toContain(secret);
  }
  const har = {
    log: {
      entries: [
        {
          request: { method: 'GET', url, headers: [headerOf(header)] },
          response: { status: 401, content: { text: secret } },
        },
      ],
    },
  };
  const { stdout } = await run(['explain', '-v', '--format', 'json'], { cwd, input: JSON.stringify(har) });
  expect(stdout).not.toContain(secret);
});

function headerOf(header: string): { name: string; value: string } {
  const at = header.indexOf(':');
  return { name: header.slice(0, at), value: header.slice(at + 2) };
}

it('hides the credentials of a HAR in time linear in their number', async () => {
  const explained = async (count: number) => {
    const entries = Array.from({ length: count }, (_, i) => ({
      request: {
        method: 'GET',
        url: `https://api.example/${i}`,
        headers: [{ name: 'Authorization', value: `Bearer t0ken-of-${i}-abcdef` }],
      },
      response: { status: 500, content: { text: `{"error":"t0ken-of-${i}-abcdef"}` } },
    }));
    const { stdout } = await run(['explain', '--format', 'json'], { input: JSON.stringify({ log: { entries } }) });
    expect(stdout).not.toContain('t0ken-of-1');
  };
  expect(await growthOf(explained, 100)).toBeLessThan(LINEAR);
});

it('hides a session that a response begins, but not in the body that was asked for', async () => {
  const session = 's3ss10nVALUEabc';
  const cwd = emptyFolder();
  const { url } = await serve((_, response) => {
    const cookies = [`sid=${session}; Expires=Wed, 21 Oct 2026 07:28:00 GMT`, 'theme=dark', 'lang=en-US'];
    response.writeHead(401, { 'set-cookie': cookies, 'x-echo': session });
    response.end(JSON.stringify({ message: `the dark session ${session} has expired` }));
  });
  const { stdout, stderr } = await run(['call', 'GET', url, '-v', '--har', 'a.har', '--report', 'a.md'], { cwd });
  expect(stdout).toContain(session);
  const files = ['a.har', 'a.md'].map((name) => readFileSync(join(cwd, name), 'utf8'));
  for (const text of [stderr, ...files]) {
    expect(text).not.toContain(session);
    expect(text).toContain('the dark session [redacted] has expired');
  }
});

it('hides the hash of Digest', async () => {
  const hash = '6629fae49393a05397450978507c4ef1';
  const { url } = await serve((_, response) => response.writeHead(401).end(`what is ${hash}?`));
  const header = `Authorization: Digest username="me", realm="r", nonce="n", uri="/", response="${hash}"`;
  const { stdout, stderr } = await run(['call', 'GET', url, '-v', '-H', header]);
  expect(stdout + stderr).not.toContain(hash);
});

describe('a word in a sensitive place', () => {
  const ECHOED = { error: null, ok: true, schema: 'null', message: 'true is not null: Bearer expected, none given' };

  it.each<[string, string[]]>([
    ['a parameter', ['-q', 'token=null', '-q', 'api_key=true']],
    ['a cookie', ['-H', 'Cookie: null']],
    ['a cookie with a word', ['-H', 'Cookie: a=none; b=given']],
    ['a scheme without a token', ['-H', 'Authorization: Bearer']],
    ['a template that was not filled', ['-H', 'Authorization: Bearer undefined']],
    ['one character', ['-q', 'token=1', '-H', 'X-Api-Key: 1']],
  ])('redacts nothing else: %s', async (_, words) => {
    const { url } = await serve((_request, response) => response.writeHead(400).end(JSON.stringify(ECHOED)));
    const { stdout } = await run(['call', 'GET', url, ...words, '--format', 'json']);
    expect(JSON.parse(stdout).results[0].response.body).toEqual(ECHOED);
    const plain = await run(['call', 'GET', url, ...words]);
    expect(JSON.parse(plain.stdout)).toEqual(ECHOED);
    expect(plain.stderr).toContain(ECHOED.message);
  });

  it('leaves JSON valid where it is a password', async () => {
    const { url } = await serve((_, response) => response.writeHead(400).end(JSON.stringify({ message: 'no schema' })));
    const argv = ['call', 'POST', url, '-d', '{"password":"schema","token":"true"}', '--format', 'json'];
    const report = JSON.parse((await run(argv)).stdout);
    expect(report).toHaveProperty('schema');
    expect(report.results[0].response.body.message).toBe('no [redacted]');
  });
});
