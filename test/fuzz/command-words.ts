import * as fc from 'fast-check';
import { type Corpus, SERVER } from './corpus.ts';
import { mutate, mutations } from './mutations.ts';

const COMMANDS = [
  ...['call', 'explain', 'check', 'audit', 'doctor', 'report', 'triage', 'catalog', 'exit-codes', 'init', 'apis'],
  ...['history', 'mock', 'mcp', 'completion', 'nope'],
].map((name) => [name]);

const CATALOG_COMMANDS = [
  ...['export', 'list', 'search', 'show', 'import', 'lint', 'new', 'add', 'diff', 'coverage', 'site'],
].map((name) => ['catalog', name]);

/** Options with a value that they take. */
const PAIRS = [
  ...['--api victims', '--format json', '--format pretty', '--status 429', '-H A:b', '--retry 2', '--timeout 1s'],
  ...['--mock 429,200', '--by api', '--since 2h', '--shard 1/2', '--var a=b', '--report json=x.json', '-q a=b'],
  ...['--time-limit 1s', '--jobs 1', '--path /a', '--table t', '--dialect bigquery', '--last 2', '--profile p'],
  ...['--base-url https://e.example', '--auth header:X-Key', '--env A_KEY', '--id my-api', '-o out', '--map code=code'],
  ...['--script 429,200', '--port 0', '--allow-folder .', '--previous c.yaml', '--catalog c.yaml', '--env-file c.yaml'],
  ...['--unix-socket c.yaml', '--connect-to a:1:b:2', '--resolve a:1:127.0.0.1', '--cert c.yaml:pass', '--pass x'],
  ...['--format markdown', '--format sarif', '--format openapi', '--format embed', '--format csv', '-b c.yaml'],
];

/** Words of any place. */
const WORDS = [
  ...['--api', '--format', 'json', 'pretty', '--status', '429', '-H', 'A: b', '--retry', '2', '--timeout', '1s', '-d'],
  ...['--mock', '--dry-run', '--curl', '--har', 'x.har', '--last', '--exit-status', '--by', 'api', '--top', '--until'],
  ...['--merge', '--tag', '--report', '-', '--', '--quiet', '-v', '--color', '--no-color', '--idempotency-key', '-q'],
  ...[
    '--max-wait',
    '--help',
    '--version',
    'export',
    '{}',
    '--known',
    '--yes',
    '--user',
    '--fix',
    '--strict',
    '--force',
  ],
  ...['--exit-code', '--allow-call', '--complete', '--empty', 'bash', 'zsh', '--brief', '-i', '--http2', '--netrc'],
  ...['victims', 'raptor-comply', 'github', 'GET', 'POST', '/profiles', `${SERVER}/a`, '//[', 'c.yaml', '@c.yaml'],
  ...[
    'constructor',
    'toString',
    '__proto__',
    'KEY_LOCKED',
    'name=value',
    'n:=1',
    'a==b',
    'X-A:b',
    'f@c.yaml',
    '.',
    '..',
  ],
];

/** Command lines of words from any command, in any order, mixed with hostile ones. */
export function commandWords(corpus: Corpus): fc.Arbitrary<string[]> {
  const hostile = mutations(1).map((all) => [mutate(SERVER, all, corpus.all).toString().slice(0, 5000)]);
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...PAIRS).map((pair) => pair.split(' ')) },
    { weight: 3, arbitrary: fc.constantFrom(...WORDS).map((one) => [one]) },
    { weight: 2, arbitrary: hostile },
  );
  // A site of all catalogs takes long; `catalog-kinds.ts` writes that of one.
  const isLong = (argv: string[]) => argv.includes('catalog') && argv.includes('site') && argv.includes('-o');
  return fc
    .tuple(fc.constantFrom(...COMMANDS, ...CATALOG_COMMANDS), fc.array(word, { maxLength: 6 }))
    .map(([command, rest]) => [...command, ...rest.flat()])
    .filter((argv) => !isLong(argv));
}
