import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import { lookup } from '../../text/lookup.ts';
import { commandWords } from '../../text/shell-words.ts';

/** The long forms of curl's short options. */
const LETTERS: Record<string, string> = {
  A: 'user-agent',
  b: 'cookie',
  c: 'cookie-jar',
  d: 'data',
  D: 'dump-header',
  e: 'referer',
  E: 'cert',
  f: 'fail',
  F: 'form',
  g: 'globoff',
  G: 'get',
  H: 'header',
  i: 'include',
  I: 'head',
  j: 'junk-session-cookies',
  J: 'remote-header-name',
  k: 'insecure',
  K: 'config',
  L: 'location',
  m: 'max-time',
  n: 'netrc',
  N: 'no-buffer',
  o: 'output',
  O: 'remote-name',
  q: 'disable',
  r: 'range',
  R: 'remote-time',
  s: 'silent',
  S: 'show-error',
  T: 'upload-file',
  u: 'user',
  U: 'proxy-user',
  v: 'verbose',
  w: 'write-out',
  x: 'proxy',
  X: 'request',
  z: 'time-cond',
  Z: 'parallel',
  '#': 'progress-bar',
  '0': 'http1.0',
  '4': 'ipv4',
  '6': 'ipv6',
};

/** Options of curl with a value, and those of errprobe that do the same; null for those to leave out. */
const VALUED: Record<string, string | null> = {
  'user-agent': '--user-agent',
  cookie: '--cookie',
  'cookie-jar': '--cookie-jar',
  data: '--data',
  'data-ascii': '--data',
  'data-raw': '--data-raw',
  'data-binary': '--data-binary',
  'data-urlencode': '--data-urlencode',
  json: '--json-data',
  form: '--form-part',
  'form-string': '--form-string',
  referer: '--referer',
  cert: '--cert',
  'cert-type': null,
  key: '--key',
  'key-type': null,
  pass: '--pass',
  cacert: '--cacert',
  header: '--header',
  'max-time': '--max-time',
  'connect-timeout': '--connect-timeout',
  'max-redirs': '--max-redirects',
  noproxy: '--noproxy',
  output: '--output',
  proxy: '--proxy',
  range: '--range',
  request: '--request',
  resolve: '--resolve',
  'connect-to': '--connect-to',
  'unix-socket': '--unix-socket',
  'netrc-file': '--netrc-file',
  retry: '--retry',
  'retry-delay': null,
  'retry-max-time': null,
  'upload-file': '--upload-file',
  url: '--url',
  user: '--user',
  'oauth2-bearer': '--bearer',
  // They concern what curl prints, and how.
  'dump-header': null,
  'write-out': null,
  stderr: null,
  trace: null,
  'trace-ascii': null,
  'keepalive-time': null,
  'expect100-timeout': null,
  'limit-rate': null,
  'speed-limit': null,
  'speed-time': null,
};

/** The same for options without a value. */
const FLAGS: Record<string, string | null> = {
  get: '--get',
  head: '--head',
  include: '--include',
  insecure: '--insecure',
  location: '--follow',
  'remote-name': '--remote-name',
  verbose: '--verbose',
  http2: '--http2',
  digest: '--digest',
  netrc: '--netrc',
  'netrc-optional': '--netrc-optional',
  ipv4: '--ipv4',
  ipv6: '--ipv6',
  ...Object.fromEntries(
    [
      ...[
        'fail',
        'fail-with-body',
        'globoff',
        'silent',
        'show-error',
        'no-buffer',
        'progress-bar',
        'no-progress-meter',
      ],
      ...['compressed', 'basic', 'http1.1', 'tlsv1', 'tlsv1.0', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3', 'ssl-reqd', 'disable'],
      ...['tcp-nodelay', 'remote-time', 'retry-all-errors', 'retry-connrefused', 'no-keepalive', 'create-dirs'],
    ].map((name) => [name, null]),
  ),
};

/** One option of curl as it was written. */
interface CurlOption {
  name: string;
  value: string | null;
}

/**
 * Takes over a curl command: returns the arguments of errprobe that send the same request.
 *
 * @throws UsageError for anything but one curl command, and for options that would change the request
 * and that errprobe does not have; no message repeats a value
 */
export function fromCurl(text: string, env: Effects['env']): string[] {
  const read = commandWords(text.replace(/^\s*(?:[$%>#]\s+)?/, ''), env);
  if ('problem' in read) throw new UsageError(`the curl command cannot be taken over: ${read.problem}`);
  const words = read.words.slice(read.words.findIndex((word) => !/^\w+=/.test(word)));
  if (!/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(words[0] ?? '')) {
    throw new UsageError('that is no curl command: it has to begin with "curl"');
  }
  const { options, urls } = parse(words.slice(1));
  const rest = options.filter(({ name }) => name !== 'url');
  const taken = rest.flatMap(ours);
  const all = [...options.filter(({ name }) => name === 'url').map(({ value }) => value ?? ''), ...urls];
  const [url, another] = all;
  if (url === undefined) throw new UsageError('the curl command has no URL');
  if (another !== undefined) throw new UsageError('the curl command has several URLs: errprobe sends one request');
  // curl assumes http where no scheme is given.
  return ['call', `--url=${/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`}`, ...taken, ...implied(rest)];
}

function parse(words: string[]): { options: CurlOption[]; urls: string[] } {
  const options: CurlOption[] = [];
  const urls: string[] = [];
  const open = [...words];
  for (let word = open.shift(); word !== undefined; word = open.shift()) {
    if (word === '--') {
      urls.push(...open.splice(0));
    } else if (word.startsWith('--')) {
      const name = word.slice(2);
      options.push({ name, value: isValued(name) ? valueFor(name, open.shift()) : null });
    } else if (/^-./.test(word)) {
      for (let at = 1; at < word.length; at++) {
        const name = lookup(LETTERS, word[at] ?? '') ?? `${word[at]}`;
        const value = isValued(name) ? valueFor(name, word.slice(at + 1) || open.shift()) : null;
        options.push({ name, value });
        if (value !== null) break;
      }
    } else urls.push(word);
  }
  return { options, urls };
}

const isValued = (name: string): boolean => Object.hasOwn(VALUED, name);

function valueFor(name: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`the option --${name} of curl has no value`);
  return value;
}

function ours({ name, value }: CurlOption): string[] {
  const option = value === null ? lookup(FLAGS, name) : lookup(VALUED, name);
  if (option === undefined) {
    throw new UsageError(`errprobe has nothing like ${name.length === 1 ? '-' : '--'}${name} of curl: leave it out`);
  }
  if (option === null) return [];
  return [value === null ? option : `${option}=${value}`];
}

/** What curl does without being told. */
function implied(options: CurlOption[]): string[] {
  const has = (...names: string[]) => options.some(({ name }) => names.includes(name));
  const headers = options.flatMap(({ name, value }) => (name === 'header' ? [(value ?? '').toLowerCase()] : []));
  const sets = (header: string) => headers.some((one) => one.startsWith(`${header}:`) || one.startsWith(`${header};`));
  const isForm = options.some(({ name }) => /^data/.test(name)) && !has('get', 'json');
  return [
    ...(has('location') ? [] : ['--no-follow']),
    ...(sets('accept') || has('json') ? [] : ['--header=Accept: */*']),
    ...(isForm && !sets('content-type') ? ['--header=Content-Type: application/x-www-form-urlencoded'] : []),
  ];
}
