import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCurl } from '../../src/commands/call/from-curl.ts';
import { commandWords } from '../../src/text/shell-words.ts';
import { isInstalled } from '../helpers/programs.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

describe('the words of a command', () => {
  it.each<[string, string[]]>([
    [`curl 'a b' "c d" e\\ f`, ['curl', 'a b', 'c d', 'e f']],
    [`curl "it's \\"x\\" \\$y \\n"`, ['curl', `it's "x" $y \\n`]],
    [`curl $'a\\'b\\n\\x41\\u00e9\\ud83d\\ude00\\!'`, ['curl', `a'b\nAé😀\\!`]],
    [`curl $'\\xc3\\xa9\\303\\251'`, ['curl', 'éé']],
    ['curl \\\n  -X POST \\\r\n  x', ['curl', '-X', 'POST', 'x']],
    ['curl x | jq .', ['curl', 'x']],
    ['curl x && rm y', ['curl', 'x']],
    ['curl x > out.json 2>/dev/null -v', ['curl', 'x', '-v']],
    ['curl x # a comment', ['curl', 'x']],
    ['curl https://a/?b=1&c=2 -v', ['curl', 'https://a/?b=1&c=2', '-v']],
    ['curl "$KEY" ${KEY}x', ['curl', 'k 1', 'k 1x']],
    ["curl ''", ['curl', '']],
    [
      'curl ^"https://a/?b=1^&c=%^25^" ^\n  -H ^"a: ^\\^"b^\\^"^" ^\r\n  --data-raw ^"^{^\\^"x^\\^":1^}^"',
      ['curl', 'https://a/?b=1&c=%25', '-H', 'a: "b"', '--data-raw', '{"x":1}'],
    ],
    ['curl "https://a/" ^\n  --data-raw "{\\"x\\":1}"', ['curl', 'https://a/', '--data-raw', '{"x":1}']],
  ])('%j', (text, words) => {
    expect(commandWords(text, { KEY: 'k 1' })).toEqual({ words });
  });

  it.each([
    ["curl 'a", 'not closed'],
    ['curl "$(id)"', 'runs another command'],
    ['curl `id`', 'runs another command'],
    ['curl $NONE', 'variable NONE, which is not set'],
  ])('cannot be read: %s', (text, problem) => {
    expect(commandWords(text, {})).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('a curl command', () => {
  it.each<[string, string[]]>([
    ['curl example.com', ['--url=http://example.com', '--no-follow', '--header=Accept: */*']],
    ['$ curl -fsSLXPUT https://a -HAccept:x', ['--url=https://a', '--follow', '--request=PUT', '--header=Accept:x']],
    [
      'curl https://a -d a=1',
      [
        '--url=https://a',
        '--data=a=1',
        '--no-follow',
        '--header=Accept: */*',
        '--header=Content-Type: application/x-www-form-urlencoded',
      ],
    ],
    ['curl.exe --json {} https://a -w x -m2 -- ', ['--url=https://a', '--json-data={}', '--max-time=2', '--no-follow']],
  ])('is taken over: %s', (text, argv) => {
    expect(fromCurl(text, {})).toEqual(['call', ...argv]);
  });

  it.each([
    ['wget https://a', 'no curl command'],
    ['curl -v', 'has no URL'],
    ['curl https://a https://b', 'several URLs'],
    ['curl --aws-sigv4 x https://a', 'nothing like --aws-sigv4'],
    ['curl -H', 'has no value'],
  ])('is refused: %s', (text, said) => {
    expect(() => fromCurl(text, {})).toThrow(said);
  });

  it('is read from standard input, and from one word, with options of errprobe', async () => {
    const { url, requests } = await serve((_, response) => response.end('{}'));
    const input = `curl '${url}/a' \\\n  -H 'accept: x/y' \\\n  --compressed\n`;
    expect((await run(['call', '--from-curl', '--quiet'], { input })).code).toBe(0);
    expect((await run([`curl ${url}/b`])).code).toBe(0);
    const { stdout } = await run(['call', '--from-curl', `curl ${url}/c`, '--dry-run']);
    expect(stdout).toContain('Nothing was sent');
    expect(requests.map((request) => [request.url, request.headers.accept])).toEqual([
      ['/a', 'x/y'],
      ['/b', '*/*'],
    ]);
  });
});

const visible = fc.string({
  unit: fc.constantFrom(...'aZ09 \'"\\$`!&|;<>()[]{}*?~#%=:@/+,.-_\n\té€😀'),
  maxLength: 12,
});
const token = fc.stringMatching(/^x-[a-z0-9]{1,6}$/);
const value = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/).filter((text) => text.trim() !== '');

describe('a printed command', () => {
  const CONFIG = `apis:
  q: { baseUrl: "http://localhost:9", auth: { query: api_key }, key: "\${QKEY}" }
  b: { baseUrl: "http://localhost:9", auth: basic, key: "\${BKEY}" }
`;
  const env = { QKEY: 'qk-123456789', BKEY: 'ada:pw-123456', TOKEN: 'abcdef123456' };

  /** The arguments that a shell gives to curl. */
  async function argumentsOf(argv: string[]): Promise<{ printed: string; words: string[] }> {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.errproberc.yaml'), CONFIG);
    const { stdout } = await run(['call', ...argv, '--curl'], { cwd, env });
    const script = `curl() { printf '%s\\n' "$@"; }\n${stdout}`;
    const { stdout: words } = await promisify(execFile)('sh', ['-c', script], { env });
    return { printed: stdout, words: words.split('\n') };
  }

  it.each([
    [
      ['--api', 'q', '/x?a=1'],
      `http://localhost:9/x?a=1&api_key=${env.QKEY}`,
      '"http://localhost:9/x?a=1&api_key=$QKEY"',
    ],
    [['--api', 'b', '/x'], env.BKEY, '-u "$BKEY"'],
    [
      ['https://a.example/x?token=abcdef123456&b=1'],
      'https://a.example/x?token=abcdef123456&b=1',
      '?token=$TOKEN&b=1"',
    ],
  ])('has a variable for each secret, with which it works: %j', async (argv, word, written) => {
    const { printed, words } = await argumentsOf(argv);
    expect(words).toContain(word);
    expect(printed).toContain(written);
    expect(printed).not.toMatch(/redacted|--globoff/);
    for (const secret of Object.values(env)) expect(printed).not.toContain(secret);
  });
});

describe('--curl and --from-curl', () => {
  it('give the same request, whatever is in it', async () => {
    const requests = fc.sample(
      fc.record({
        method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD'),
        path: fc.webPath(),
        headers: fc.dictionary(token, value, { maxKeys: 2 }),
        body: fc.option(
          visible.filter((text) => !text.endsWith('\n') && !text.includes('\0')),
          { nil: null },
        ),
        follow: fc.constantFrom([], ['--follow'], ['--no-follow']),
        more: fc.constantFrom(
          [],
          ['-k'],
          ['-4', '--connect-to', 'a:1:b:2'],
          ['--connect-timeout', '2'],
          ['-m', '3', '--max-redirects', '2'],
        ),
      }),
      { seed: 7, numRuns: 60 },
    );
    for (const { method, path, headers, body, follow, more } of requests) {
      const data = body === null ? [] : [`--data-raw=${body}`, '-H', 'content-type: text/plain'];
      const argv = [
        ...['call', method, `http://127.0.0.1:9${path}`, ...data, ...follow, ...more],
        ...Object.entries(headers).flatMap(([name, text]) => ['-H', `${name}: ${text}`]),
      ];
      const requestOf = async (argv: string[]) => {
        const { stdout, stderr, code } = await run([...argv, '--dry-run', '--format', 'json']);
        if (code !== 0) throw new Error(`${JSON.stringify(argv)}: ${stderr}`);
        return JSON.parse(stdout).results[0].request;
      };
      const printed = (await run([...argv, '--curl'])).stdout;
      const taken = ['call', '--from-curl', printed];
      expect(await requestOf(taken)).toEqual(await requestOf(argv));
      expect((await run([...taken, '--curl'])).stdout).toBe(printed);
    }
  });

  it.skipIf(!isInstalled('curl'))('send what curl sends: without curl this is skipped', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'b.png'), Buffer.from([0x89, 0x50, 0, 0xff]));
    const got: unknown[] = [];
    const { url } = await serve(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const {
        connection: _,
        host: __,
        'accept-encoding': ___,
        'content-length': ____,
        'transfer-encoding': _____,
        ...headers
      } = request.headers;
      const boundary = /boundary=-*([\w-]+)/.exec(headers['content-type'] ?? '')?.[1] ?? 'none';
      const body = Buffer.concat(pieces)
        .toString('latin1')
        .replaceAll(new RegExp(`-*${boundary}`, 'g'), 'BOUNDARY');
      got.push({
        method: request.method,
        url: request.url,
        headers: { ...headers, 'content-type': headers['content-type']?.replace(/boundary=.*/, '') },
        body,
      });
      response.end('{}');
    });
    const cases = [
      ['a=b', 'n:=1.10'],
      ['-d', 'a=1&b=2'],
      ['-d', ''],
      ['--data-urlencode', 'q=ä b', '-G'],
      ['-F', 'a=1', '-F', 'f=@b.png;type=image/png'],
      ['a=1;x', 'f@b.png'],
      ['--data-binary', '@b.png'],
      ['-T', 'b.png'],
      ['X-E;', 'Accept:', 'User-Agent:', 'X-Q:it\'s $HOME `id` "x"'],
      ['-I'],
      ['-X', 'DELETE', '-k', '--connect-timeout', '2'],
    ];
    for (const argv of cases) {
      await run(['call', `${url}/p?a=[1]`, ...argv, 'X-Request-Id:same'], { cwd });
      const { stdout } = await run(['call', `${url}/p?a=[1]`, ...argv, 'X-Request-Id:same', '--curl'], { cwd });
      await promisify(execFile)('sh', ['-c', stdout.replace(/^curl/, 'curl -s -H Expect:')], { cwd });
      const [own, curl] = got.splice(0);
      expect({ argv, sent: curl }).toEqual({ argv, sent: own });
    }
  });
});
