/** What a test server and errprobe have to do for an option. */
export interface Wanted {
  code?: number;
  method?: string;
  path?: string;
  headers?: Record<string, string | undefined>;
  body?: string | RegExp;
  stdout?: RegExp;
  stderr?: RegExp;
  /** A file that has to be there afterwards, with its content. */
  file?: [name: string, content: RegExp];
  /** True if nothing may have been sent. */
  unsent?: true;
}

/** An option of curl or HTTPie, what errprobe has for it, and a call that shows it. */
export interface Row {
  option: string;
  of: 'curl' | 'HTTPie' | 'both';
  /** `same`, the other spelling, or why there is none. */
  here: string;
  /** The arguments of `call`; `URL`, `TLS` and `PROXY` stand for test servers. */
  argv: string[];
  input?: string;
  wants: Wanted;
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const BASIC = `Basic ${Buffer.from('ada:pass-word').toString('base64')}`;

/** Every row is in `docs/from-curl.md`, in this order. */
export const ROWS: Row[] = [
  {
    option: 'URL',
    of: 'both',
    here: 'same; also `:8080/x` and `example.com` (https, and http for this machine)',
    argv: ['URL/x'],
    wants: { method: 'GET', path: '/x' },
  },
  { option: 'METHOD URL', of: 'HTTPie', here: 'same', argv: ['put', 'URL/x'], wants: { method: 'PUT' } },
  { option: '`-X`, `--request`', of: 'curl', here: 'same', argv: ['-X', 'delete', 'URL'], wants: { method: 'DELETE' } },
  {
    option: '`-d`, `--data`',
    of: 'curl',
    here: 'same; JSON goes as JSON without a header',
    argv: ['URL', '-d', 'a=1', '-d', 'b=2'],
    wants: { method: 'POST', headers: { 'content-type': FORM }, body: 'a=1&b=2' },
  },
  {
    option: '`-d @file`, `-d -`',
    of: 'curl',
    here: 'same; `-d @-` as well',
    argv: ['URL', '-d', '@-'],
    input: '{"a":1}',
    wants: { headers: { 'content-type': JSON_TYPE }, body: '{"a":1}' },
  },
  { option: '`--data-raw`', of: 'curl', here: 'same', argv: ['URL', '--data-raw', 'a=@b'], wants: { body: 'a=@b' } },
  {
    option: '`--data-binary`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '--data-binary', '@pixel.png'],
    wants: { headers: { 'content-type': 'image/png' }, body: '\x89P\0\xff' },
  },
  {
    option: '`--data-urlencode`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '--data-urlencode', 'q=ä&b'],
    wants: { headers: { 'content-type': FORM }, body: 'q=%C3%A4%26b' },
  },
  {
    option: '`-G`, `--get`',
    of: 'curl',
    here: 'same',
    argv: ['URL/s', '-G', '-d', 'q=1'],
    wants: { method: 'GET', path: '/s?q=1', body: '' },
  },
  {
    option: '`--json`',
    of: 'both',
    here: 'same: with a value as curl has it, without one as HTTPie has it',
    argv: ['URL', '--json', '{"a":1}'],
    wants: { method: 'POST', headers: { 'content-type': JSON_TYPE }, body: '{"a":1}' },
  },
  {
    option: '`name=value`, `name:=json`',
    of: 'HTTPie',
    here: 'same, nested names too',
    argv: ['URL', 'a=x', 'n:=1.10', 'o[k][]=y'],
    wants: { method: 'POST', headers: { 'content-type': JSON_TYPE }, body: '{"a":"x","n":1.10,"o":{"k":["y"]}}' },
  },
  {
    option: '`name==value`',
    of: 'HTTPie',
    here: 'same, and `-q name=value`',
    argv: ['URL/', 'a==x y'],
    wants: { method: 'GET', path: '/?a=x+y' },
  },
  {
    option: '`Header:value`, `Header:`, `Header;`',
    of: 'HTTPie',
    here: 'same',
    argv: ['URL', 'X-A:1', 'Accept:', 'X-E;'],
    wants: { headers: { 'x-a': '1', 'x-e': '', accept: undefined } },
  },
  {
    option: '`name@file`',
    of: 'HTTPie',
    here: 'same; sends a multipart form',
    argv: ['URL', 'f@pixel.png'],
    wants: { headers: {}, body: /name="f"; filename="pixel\.png"\r\nContent-Type: image\/png\r\n\r\n\x89P\0\xff\r\n/ },
  },
  {
    option: '`name=@file`, `name:=@file`',
    of: 'HTTPie',
    here: 'same',
    argv: ['URL', 'a=@text.txt', 'b:=@a.json'],
    wants: { body: '{"a":"text\\n","b":{"n":1.10}}' },
  },
  {
    option: '`-f`, `--form`',
    of: 'HTTPie',
    here: 'same',
    argv: ['-f', 'URL', 'a=x y'],
    wants: { headers: { 'content-type': FORM }, body: 'a=x+y' },
  },
  {
    option: '`--multipart`',
    of: 'HTTPie',
    here: 'same',
    argv: ['--multipart', 'URL', 'a=x'],
    wants: { body: /name="a"\r\n\r\nx\r\n/ },
  },
  { option: '`--raw`', of: 'HTTPie', here: 'same', argv: ['URL', '--raw', '{"a":1}'], wants: { body: '{"a":1}' } },
  {
    option: '`-F`, `--form name=…`',
    of: 'curl',
    here: 'same, with `@file`, `<file`, `;type=` and `;filename=`',
    argv: ['URL', '-F', 'f=@pixel.png;type=image/x;filename=p'],
    wants: { method: 'POST', body: /filename="p"\r\nContent-Type: image\/x\r\n\r\n\x89P\0\xff/ },
  },
  {
    option: '`-T`, `--upload-file`',
    of: 'curl',
    here: 'same',
    argv: ['URL/p', '-T', 'pixel.png'],
    wants: { method: 'PUT', path: '/p', body: '\x89P\0\xff' },
  },
  {
    option: '`-H`, `--header`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '-H', 'X-A: 1', '-H', 'Accept:'],
    wants: { headers: { 'x-a': '1', accept: undefined } },
  },
  {
    option: '`-A`, `--user-agent`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '-A', 'mine/1'],
    wants: { headers: { 'user-agent': 'mine/1' } },
  },
  {
    option: '`-e`, `--referer`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '-e', 'https://r.example/'],
    wants: { headers: { referer: 'https://r.example/' } },
  },
  {
    option: '`-r`, `--range`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '-r', '0-9'],
    wants: { headers: { range: 'bytes=0-9' } },
  },
  { option: '`-I`, `--head`', of: 'curl', here: 'same', argv: ['-I', 'URL'], wants: { method: 'HEAD', code: 0 } },
  {
    option: '`--compressed`',
    of: 'curl',
    here: 'always on; the option is accepted',
    argv: ['URL', '--compressed'],
    wants: { headers: { 'accept-encoding': 'gzip, deflate, br' } },
  },
  {
    option: '`-u`, `--user`',
    of: 'curl',
    here: 'same; asks for a missing password',
    argv: ['URL', '-u', 'ada:pass-word'],
    wants: { headers: { authorization: BASIC } },
  },
  {
    option: '`-a`, `--auth`',
    of: 'HTTPie',
    here: 'same, for Basic',
    argv: ['URL', '-a', 'ada:pass-word'],
    wants: { headers: { authorization: BASIC } },
  },
  {
    option: '`--oauth2-bearer`; `-A bearer -a`',
    of: 'both',
    here: '`--bearer`; the first is accepted as well',
    argv: ['URL', '--bearer', 'token-31415'],
    wants: { headers: { authorization: 'Bearer token-31415' } },
  },
  {
    option: '`--digest`, `--ntlm`, `--aws-sigv4`',
    of: 'both',
    here: 'no: errprobe speaks Basic, bearer tokens and keys in headers',
    argv: ['URL', '--digest'],
    wants: { code: 2, unsent: true, stderr: /unknown option '--digest'/ },
  },
  {
    option: '`-n`, `--netrc`',
    of: 'curl',
    here: 'no: keys come from the environment or the [config](config.md)',
    argv: ['URL', '-n'],
    wants: { code: 2, unsent: true, stderr: /unknown option '-n'/ },
  },
  {
    option: '`-b`, `--cookie`',
    of: 'curl',
    here: 'same',
    argv: ['URL', '-b', 'a=1; b=2'],
    wants: { headers: { cookie: 'a=1; b=2' } },
  },
  {
    option: '`-c`, `--cookie-jar`; `-b file`',
    of: 'curl',
    here: 'same',
    argv: ['URL/cookie', '-b', 'jar.txt', '-c', 'new.txt'],
    wants: { headers: { cookie: 'old=1' }, file: ['new.txt', /\told\t1\n[\s\S]*\tset\t2\n/] },
  },
  {
    option: '`--session`',
    of: 'HTTPie',
    here: '`-b file -c file` for cookies, the [config](config.md) for headers',
    argv: ['URL/cookie', '-b', 'none.txt', '-c', 'new.txt'],
    wants: { headers: { cookie: undefined }, file: ['new.txt', /\tset\t2\n/] },
  },
  {
    option: '`-L`, `--location`',
    of: 'curl',
    here: 'same; redirects of GET and HEAD are followed without it',
    argv: ['-L', '-d', '{}', 'URL/to?303,/x'],
    wants: { method: 'GET', path: '/x', code: 0 },
  },
  {
    option: '`--follow`',
    of: 'HTTPie',
    here: "same; `-F` is curl's",
    argv: ['--follow', 'URL/to?307,/x', 'a=1'],
    wants: { method: 'POST', path: '/x', body: '{"a":"1"}' },
  },
  {
    option: 'no `-L`',
    of: 'both',
    here: '`--no-follow`',
    argv: ['--no-follow', 'URL/to?302,/x'],
    wants: { path: '/to?302,/x', code: 3 },
  },
  {
    option: '`--max-redirs`, `--max-redirects`',
    of: 'both',
    here: 'same',
    argv: ['--max-redirs', '1', 'URL/to?302,/to?302,/x'],
    wants: { code: 6, stderr: /ERR_TOO_MANY_REDIRECTS/ },
  },
  {
    option: '`-k`, `--insecure`; `--verify no`',
    of: 'both',
    here: 'same; warns at each use',
    argv: ['-k', 'TLS'],
    wants: { code: 0, stderr: /^WARNING: --insecure/ },
  },
  {
    option: '`--cacert`; `--verify file`',
    of: 'both',
    here: 'same',
    argv: ['--cacert', 'ca.pem', 'TLS'],
    wants: { code: 0, path: '/' },
  },
  {
    option: '`--cert`, `--key`, `--pass`',
    of: 'both',
    here: 'same; PEM or PKCS #12',
    argv: ['--cacert', 'ca.pem', '--cert', 'client.pem', '--key', 'client.key', 'TLS'],
    wants: { headers: { 'x-client': 'client' } },
  },
  {
    option: '`-x`, `--proxy`',
    of: 'both',
    here: 'same, for http and https proxies; `HTTPS_PROXY` and the like count too',
    argv: ['-x', 'PROXY', 'URL/p'],
    wants: { path: '/p', headers: { 'x-proxied': '1' } },
  },
  {
    option: '`--noproxy`',
    of: 'curl',
    here: 'same',
    argv: ['-x', 'PROXY', '--noproxy', '127.0.0.1', 'URL/p'],
    wants: { path: '/p', headers: { 'x-proxied': undefined } },
  },
  {
    option: '`--resolve`',
    of: 'curl',
    here: 'same; use it for `--connect-to`, too',
    argv: ['--resolve', 'api.example:PORT:127.0.0.1', 'http://api.example:PORT/r'],
    wants: { path: '/r', headers: { host: 'api.example:PORT' } },
  },
  {
    option: '`--http2`',
    of: 'curl',
    here: 'same, over TLS and without a proxy',
    argv: ['--http2', '--cacert', 'ca.pem', 'TLS'],
    wants: { headers: { 'x-version': '2.0' } },
  },
  {
    option: '`-4`, `-6`, `--interface`, `--unix-socket`',
    of: 'curl',
    here: 'no: `--resolve` chooses the address',
    argv: ['-4', 'URL'],
    wants: { code: 2, unsent: true, stderr: /unknown option '-4'/ },
  },
  {
    option: '`--connect-timeout`',
    of: 'curl',
    here: 'same; `5`, `5s` or `500ms`',
    argv: ['--connect-timeout', '5', 'URL'],
    wants: { code: 0 },
  },
  {
    option: '`-m`, `--max-time`',
    of: 'curl',
    here: 'same; `--timeout` limits the silence',
    argv: ['-m', '0.1', 'URL/slow'],
    wants: { code: 6, stderr: /ETIMEDOUT/ },
  },
  {
    option: '`--timeout`',
    of: 'HTTPie',
    here: 'same',
    argv: ['--timeout', '0.1', 'URL/silent'],
    wants: { code: 6, stderr: /100 ms/ },
  },
  {
    option: '`--retry`',
    of: 'curl',
    here: 'same; without a number as the API documents',
    argv: ['--retry', '1', 'URL/busy'],
    wants: { code: 0, stderr: /attempt 1 of 2: 503/ },
  },
  {
    option: '`-o`, `--output`',
    of: 'both',
    here: 'same; only a success that is whole replaces the file',
    argv: ['-o', 'out.bin', 'URL/bytes'],
    wants: { code: 0, file: ['out.bin', /^\0\xff$/], stdout: /^$/ },
  },
  {
    option: '`-O`, `--remote-name`; `--download`',
    of: 'both',
    here: "same for curl's",
    argv: ['-O', 'URL/bytes'],
    wants: { file: ['bytes', /^\0\xff$/] },
  },
  {
    option: '`-s`, `-S`',
    of: 'curl',
    here: 'accepted: `--quiet` and `-s` hide the diagnosis',
    argv: ['-sS', 'URL/missing'],
    wants: { code: 4, stderr: /^$/ },
  },
  {
    option: '`-f`, `--fail`, `--fail-with-body`; `--check-status`',
    of: 'both',
    here: 'always on: see [exit codes](exit-codes.md); the options are accepted',
    argv: ['-f', 'URL/missing'],
    wants: { code: 4, stdout: /no such thing/ },
  },
  {
    option: '`-i`, `--include`; `-p hb`',
    of: 'both',
    here: '`-i`',
    argv: ['-i', 'URL/bytes'],
    wants: { stdout: /^HTTP\/1\.1 200 OK\n/ },
  },
  {
    option: '`-v`, `--verbose`',
    of: 'both',
    here: 'same, on stderr',
    argv: ['-v', 'URL'],
    wants: { stderr: /^> GET \/ HTTP/m },
  },
  {
    option: '`-D`, `-w`',
    of: 'curl',
    here: '`--format json` has headers, timings and all else',
    argv: ['--format', 'json', 'URL'],
    wants: { stdout: /"firstByte"/ },
  },
  {
    option: '`--offline`',
    of: 'HTTPie',
    here: 'same, and `--dry-run`',
    argv: ['--offline', 'URL', 'a=1'],
    wants: { code: 0, unsent: true, stdout: /\{"a":"1"\}[\s\S]*Nothing was sent/ },
  },
  {
    option: '`-N`, `-g`, `-#`, `--basic`, `--http1.1`, `--ignore-stdin`',
    of: 'both',
    here: 'accepted: that is what happens anyway',
    argv: ['-N', '-g', '-#', '--basic', '--http1.1', '--ignore-stdin', 'URL'],
    wants: { code: 0 },
  },
  {
    option: '`-K`, `-Z`, `--next`, several URLs',
    of: 'curl',
    here: 'no: several requests are a [file of checks](checks.md)',
    argv: ['URL', 'URL'],
    wants: { code: 2, unsent: true, stderr: /several URLs/ },
  },
  {
    option: '`-q`',
    of: 'both',
    here: "`-q name=value` adds to the query; `--quiet` is HTTPie's",
    argv: ['-q', 'a=1', 'URL/'],
    wants: { path: '/?a=1' },
  },
];
