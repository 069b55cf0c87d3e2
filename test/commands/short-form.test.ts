import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inLongForm } from '../../src/commands/short-form.ts';
import type { Effects } from '../../src/model/effects.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const COMMANDS = ['call', 'explain', 'check'];

describe('the short form of a command line', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'error.json'), '{"error":"KEY_LOCKED"}');
  writeFileSync(join(folder, 'check'), 'a file that is called like a command');

  it.each<[what: string, argv: string[], isPiped: boolean, long: string[]]>([
    ['piped input is explained', [], true, ['explain']],
    ['nothing is the help', [], false, []],
    ['a status is explained', ['429'], false, ['explain', '429']],
    ['a code is explained', ['KEY_LOCKED', '--format', 'json'], false, ['explain', 'KEY_LOCKED', '--format', 'json']],
    ['a file is explained', ['error.json'], false, ['explain', 'error.json']],
    ['a folder is explained', ['.'], false, ['explain', '.']],
    ['a word that is close to no command is explained', ['unauthorized'], false, ['explain', 'unauthorized']],
    ['a mistyped command is none of these', ['explian'], false, ['explian']],
    ['a sentence is explained', ['quota exceeded'], false, ['explain', 'quota exceeded']],
    ['an option of explain before piped input', ['--status', '429'], true, ['explain', '--status', '429']],
    ['a URL is called', ['https://x.example/a'], false, ['call', 'https://x.example/a']],
    ['a URL with data is posted to', ['https://x/a', '-d', '{}'], false, ['call', 'https://x/a', '-d', '{}']],
    ['a method and a URL are called', ['post', ':80/x'], false, ['call', 'post', ':80/x']],
    ['a port of this machine is called', [':8080/x', 'a=1'], false, ['call', ':8080/x', 'a=1']],
    ['localhost is called', ['localhost:8080/x'], false, ['call', 'localhost:8080/x']],
    ['a domain is called', ['example.com'], false, ['call', 'example.com']],
    ['a domain with a path is called', ['api.example.com/x'], true, ['call', 'api.example.com/x']],
    ['a code with a point is none', ['CARD.declined'], false, ['explain', 'CARD.declined']],
    ['a method alone is explained', ['GET'], false, ['explain', 'GET']],
    ['options before a URL are those of call', ['-u', 'a:b', 'http://x'], false, ['call', '-u', 'a:b', 'http://x']],
    ['a strange scheme is called, which says so', ['htp://x'], false, ['call', 'htp://x']],
    ["--json is curl's with a value", ['call', ':1', '--json', '{}'], false, ['call', ':1', '--json-data', '{}']],
    ["--json is HTTPie's without", ['call', '--json', ':1', 'a=1'], false, ['call', '--json', ':1', 'a=1']],
    ["--form is curl's with a part", ['call', ':1', '--form', 'a=@b'], false, ['call', ':1', '--form-part', 'a=@b']],
    ["--form is HTTPie's before a URL", ['call', '--form', ':1/?a=1'], false, ['call', '--form', ':1/?a=1']],
    ['--verify no is said as curl does', ['call', ':1', '--verify', 'no'], false, ['call', ':1', '--insecure']],
    ['--mock before a path has no script', ['call', '--mock', '/a', 'b=1'], false, ['call', '/a', 'b=1', '--mock']],
    [
      '--retry before a method has no number',
      ['call', '--retry', 'GET', ':1'],
      false,
      ['call', 'GET', ':1', '--retry'],
    ],
    ['--mock before a script has it', ['call', '--mock', '429', '/a'], false, ['call', '--mock', '429', '/a']],
    [
      'a text that begins with a URL is not sent there',
      ['http://x/a\n401 no'],
      false,
      ['explain', 'http://x/a\n401 no'],
    ],
    ['nor one that begins with a host', ['example.com/a failed'], false, ['explain', 'example.com/a failed']],
    ['a command stays a command, whatever files there are', ['check'], false, ['check']],
    ['a mistyped command stays one', ['explian'], false, ['explian']],
  ])('%s', async (_, argv, isPiped, long) => {
    expect(await inLongForm(argv, COMMANDS, isPiped, { cwd: folder, env: {} } as Effects)).toEqual(long);
  });

  it('explains what is piped in without a command', async () => {
    const { code, stdout } = await run([], { input: 'HTTP/1.1 503 Service Unavailable\n\n' });
    expect(code).toBe(0);
    expect(stdout).toContain('503 Service Unavailable');
  });
});

describe('explain with several inputs', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'a.json'), '{"error":"KEY_LOCKED"}');
  writeFileSync(join(folder, 'b.txt'), 'curl: (6) Could not resolve host: x');

  it('names the input of each error, and sums them up', async () => {
    const { stdout } = await run(['explain', 'a.json', 'b.txt', '429'], { cwd: folder });
    expect(stdout).toContain('a.json');
    expect(stdout).toContain('3 errors: ');
  });

  it('reads the files of a folder, a line each with --brief', async () => {
    const { stdout, code } = await run(['explain', '.', '--brief'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split('\t').slice(0, 3))).toEqual([
      ['a.json', '403', 'KEY_LOCKED'],
      ['b.txt', '-', 'ENOTFOUND'],
      [''],
    ]);
  });

  it('takes words that the shell split as one text', async () => {
    expect((await run(['explain', 'quota', 'exceeded'], { cwd: folder })).stdout).toContain('http/quota-used-up');
  });

  it.each<[string, string[]]>([
    ['timeout', ['http/gateway-timeout', 'http/request-timeout', 'network/connect-timeout']],
    ['ETIMEDOUT', ['network/connect-timeout', 'network/response-timeout', 'network/dns-timeout']],
    ['quota exceeded', ['http/quota-used-up', 'http/too-many-requests']],
    ['CORS error', ['network/cors-header-missing', 'network/cors-preflight', 'network/cors-credentials']],
    ['token expired', ['http/unauthorized', 'http/forbidden', 'oauth/expired-token']],
    ['certificate', ['network/certificate-expired', 'network/certificate-self-signed']],
    ['duplicate', ['http/already-exists', 'http/conflict']],
    ['dns', ['network/name-not-found', 'network/dns-timeout']],
  ])('gives several candidates for the words %j, and says what tells them apart', async (words, ids) => {
    const { stdout, code } = await run(['explain', words], { cwd: folder });
    expect(code).toBe(0);
    const [, list = ''] = stdout.split('candidates; what tells them apart:');
    expect(ids.filter((id) => !new RegExp(`^  ${id} +\\S`, 'm').test(list))).toEqual([]);
  });

  it.each([
    ['mixed content', 'network/mixed-content'],
    ['1020', 'gateways/cloudflare-firewall'],
    ['E404', 'http/not-found'],
    ['not found', 'http/not-found'],
    ['bad gateway', 'http/bad-gateway'],
    ['card declined', 'stripe/card-declined'],
  ])('explains %j as the one thing that it means', async (words, id) => {
    const { stdout } = await run(['explain', words, '--format', 'json'], { cwd: folder });
    expect(JSON.parse(stdout).results.map((result: { diagnosis: { id: string } }) => result.diagnosis.id)).toEqual([
      id,
    ]);
  });

  it.each([
    ['victims/key-loked', 'victims/key-locked'],
    ['AccesDenied', 'AccessDenied'],
    ['ECONREFUSED', 'ECONNREFUSED'],
  ])('asks for %j whether %j was meant', async (term, meant) => {
    const { stderr, code } = await run(['explain', term], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(`did you mean "${meant}"?`);
  });
});

describe('explain --clipboard', () => {
  it('reads the clipboard with the tool of the system, and says which', async () => {
    const folder = emptyFolder();
    const tool = join(folder, 'xclip');
    writeFileSync(tool, '#!/bin/sh\necho "curl: (7) Failed to connect"\n');
    chmodSync(tool, 0o755);
    const { stdout, stderr, code } = await run(['explain', '--clipboard'], {
      env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder },
    });
    expect(code).toBe(0);
    expect(stderr).toContain('xclip');
    expect(stdout).toContain('network/connection-refused');
  });

  it('says what it needs where no tool is there', async () => {
    const { code, stderr } = await run(['explain', '--clipboard'], { env: { PATH: emptyFolder() } });
    expect(code).toBe(2);
    expect(stderr).toContain('xclip');
  });
});
