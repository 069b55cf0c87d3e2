import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyEnvironment, isThere, machine, measure, ratio, table, time, timeInBash } from './measure.js';

/** Runs per program; the median counts. */
const RUNS = Number(process.env.RUNS ?? 30);

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ERRPROBE = join(HERE, '..', 'bin', 'errprobe.js');

/**
 * The versions of Node.js to start: the one that runs this, those that NODES names (separated by blanks), and the one
 * of `npm install --prefix bench --no-save node@24`.
 */
const NODES = [
  process.execPath,
  ...(process.env.NODES ?? '').split(' '),
  join(HERE, 'node_modules', 'node', 'bin', 'node'),
].filter((path) => path !== '' && isThere({ command: [path] }));
const folder = mkdtempSync(join(tmpdir(), 'errprobe-bench-'));

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"id":"asset-1001"}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/things`;

const ERROR = '{"error":"Unauthorized","message":"API key has expired"}';
writeFileSync(join(folder, 'error.json'), ERROR);

/** An error of a well-known API, whose catalog is one file of `dist/known/`. */
writeFileSync(
  join(folder, 'stripe.json'),
  '{"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","message":"Your card has insufficient funds."}}',
);

/** A folder with a config. */
function withConfig() {
  const path = join(folder, 'config');
  mkdirSync(path);
  writeFileSync(
    join(path, '.errproberc.yaml'),
    'timeout: 30s\napis:\n  fleet:\n    baseUrl: https://fleet.example.com\n    key: { env: FLEET_KEY }\n',
  );
  writeFileSync(join(path, 'error.json'), ERROR);
  return path;
}

/** A folder whose config names `count` catalogs of 100 entries each. */
function withCatalogs(count) {
  const path = join(folder, `catalogs-${count}`);
  mkdirSync(path);
  writeFileSync(join(path, '.errproberc.yaml'), 'catalogs: ["*.catalog.yaml"]\n');
  for (let i = 0; i < count; i++) {
    const entries = Array.from({ length: 100 }, (_, n) =>
      [
        `  - id: error-${n}`,
        `    match: { status: [400], code: [CODE_${i}_${n}] }`,
        '    category: validation',
        `    title: Error ${n}`,
        `    cause: It is error ${n}.`,
        '    resolution: [Do something else.]',
        '    retry: { advice: never, reason: it stays as it is }',
        '    source: { doc: reference, section: Errors }',
        `    example: { code: CODE_${i}_${n}, message: m }`,
      ].join('\n'),
    );
    const head = `id: api-${i}\nname: API ${i}\ndocs: { reference: Reference }\nhosts: [api-${i}.example]\nenvelope: { code: /code, message: /message }\nentries:\n`;
    writeFileSync(join(path, `${i}.catalog.yaml`), `${head}${entries.join('\n')}\n`);
  }
  writeFileSync(join(path, 'error.json'), '{"code":"CODE_0_7","message":"m"}');
  return path;
}

/** A script that sends the same request with errprobe's version of got, bundled in the same way; in `bench` is another one. */
async function gotScript() {
  const { rolldown } = await import('rolldown');
  const input = join(folder, 'request.js');
  writeFileSync(
    input,
    `import got from ${JSON.stringify(createRequire(join(HERE, '..', 'package.json')).resolve('got'))};
const response = await got(process.argv[2], { throwHttpErrors: false, retry: { limit: 0 } });
process.stdout.write(response.body);
`,
  );
  const bundle = await rolldown({ input, platform: 'node' });
  await bundle.write({ file: join(folder, 'request.mjs'), format: 'esm', minify: true, codeSplitting: false });
  return join(folder, 'request.mjs');
}

const alone = 'node -e 0';
const [script, config, one, many] = [await gotScript(), withConfig(), withCatalogs(1), withCatalogs(200)];

/** The programs to start with a version of Node.js. */
function programsOf(node) {
  const env = emptyEnvironment();
  const run = (command, cwd = folder) => ({ command, cwd, env });
  const errprobe = (argv, cwd) => run([node, ERRPROBE, ...argv], cwd);
  return {
    [alone]: run([node, '-e', '0']),
    '`--version`': errprobe(['--version']),
    '`--help`': errprobe(['--help']),
    '`explain error.json`': errprobe(['explain', 'error.json']),
    '`explain`, with a config': errprobe(['explain', 'error.json'], config),
    '`explain`, a well-known API': errprobe(['explain', 'stripe.json']),
    'got, bundled': run([node, script, url]),
    HTTPie: run(['http', '--ignore-stdin', url]),
    '`call GET`': errprobe(['call', 'GET', url]),
    '`explain --api`, 1 catalog': errprobe(['explain', '--api', 'api-0', 'error.json'], one),
    '`explain --api`, 200 catalogs': errprobe(['explain', '--api', 'api-0', 'error.json'], many),
  };
}

/** The references for each program, and the largest acceptable ratios. */
const AIMS = {
  '`--version`': [[alone, 1.25]],
  '`--help`': [[alone, 1.25]],
  '`explain error.json`': [[alone, 1.9]],
  '`explain`, with a config': [[alone, 2.2]],
  '`explain`, a well-known API': [[alone, 2.2]],
  '`call GET`': [
    ['got, bundled', 1.1],
    ['HTTPie', 0.75],
  ],
  '`explain --api`, 200 catalogs': [['`explain --api`, 1 catalog', 1.1]],
};

const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;

for (const node of NODES) {
  const programs = programsOf(node);
  const present = Object.fromEntries(Object.entries(programs).filter(([, program]) => isThere(program)));
  // The first starts compile.
  for (const program of Object.values(present)) await time(program);
  const taken = await measure(present, RUNS, timeInBash);
  const rows = [];
  for (const [name, { seconds, processor }] of Object.entries(taken)) {
    const compared = (AIMS[name] ?? []).filter(([reference]) => taken[reference] !== undefined);
    const by = (key, value) => compared.map(([other]) => `${ratio(value, taken[other][key])} ${other}`).join(', ');
    const { memory } = await time(present[name]);
    rows.push([
      name,
      ms(seconds),
      by('seconds', seconds),
      ms(processor),
      by('processor', processor),
      compared.map(([, most]) => `≤ ${most}×`).join(', '),
      `${Math.round(memory)} MB`,
    ]);
  }
  console.log(table([['start', 'time', 'ratio', 'processor time', 'ratio', 'aim', 'memory'], ...rows]));
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\nNode.js ${version}: medians of ${RUNS} runs, whole processes in turn, in an empty environment.`);
  const missing = Object.keys(programs).filter((name) => present[name] === undefined);
  if (missing.length > 0) console.log(`Not there: ${missing.join(', ')}.`);
  console.log();
}
console.log(`Measured by ${machine()}.`);
if (NODES.length === 1) console.log('Node.js 24 is not there (npm install --prefix bench --no-save node@24).');
server.close();
