import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

it('reads a HAR of thousands of credentials in seconds', async () => {
  const entries = Array.from({ length: 4000 }, (_, i) => ({
    request: {
      method: 'GET',
      url: `https://api.example/${i}`,
      headers: [{ name: 'Authorization', value: `Bearer t0ken-of-${i}-abcdef` }],
    },
    response: { status: 500, content: { text: `{"error":"t0ken-of-${i}-abcdef"}` } },
  }));
  const begun = performance.now();
  const { stdout } = await run(['explain', '--format', 'json'], { input: JSON.stringify({ log: { entries } }) });
  expect(stdout).not.toContain('t0ken-of-1');
  expect(performance.now() - begun).toBeLessThan(15_000);
});
