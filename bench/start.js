import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isThere, machine, measure, ratio, table } from './measure.js';

/** Runs per program; the median counts. */
const RUNS = Number(process.env.RUNS ?? 21);

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ERRPROBE = join(HERE, '..', 'bin', 'errprobe.js');
const node = process.env.NODE ?? process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'errprobe-bench-'));

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"id":"asset-1001"}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/things`;

writeFileSync(join(folder, 'error.json'), '{"error":"Unauthorized","message":"API key has expired"}');

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

/** A ten-line script that sends the same request with got, bundled in the same way as errprobe. */
async function gotScript() {
  const { rolldown } = await import('rolldown');
  const input = join(folder, 'request.js');
  writeFileSync(
    input,
    `import got from ${JSON.stringify(fileURLToPath(import.meta.resolve('got')))};
const response = await got(process.argv[2], { throwHttpErrors: false, retry: { limit: 0 } });
process.stdout.write(response.body);
`,
  );
  const bundle = await rolldown({ input, platform: 'node' });
  await bundle.write({ file: join(folder, 'request.mjs'), format: 'esm', minify: true, codeSplitting: false });
  return join(folder, 'request.mjs');
}

const env = { HOME: folder, XDG_STATE_HOME: join(folder, 'state') };
const errprobe = (argv, cwd = folder) => ({ command: [node, ERRPROBE, ...argv], cwd, env });
const alone = 'node -e 0';
const programs = {
  [alone]: { command: [node, '-e', '0'], cwd: folder },
  '`--version`': errprobe(['--version']),
  '`--help`': errprobe(['--help']),
  '`explain error.json`': errprobe(['explain', 'error.json']),
  'got, bundled': { command: [node, await gotScript(), url], cwd: folder },
  HTTPie: { command: ['http', '--ignore-stdin', url], cwd: folder },
  '`call GET`': errprobe(['call', 'GET', url]),
  '`explain --api`, 1 catalog': errprobe(['explain', '--api', 'api-0', 'error.json'], withCatalogs(1)),
  '`explain --api`, 200 catalogs': errprobe(['explain', '--api', 'api-0', 'error.json'], withCatalogs(200)),
};
const present = Object.fromEntries(Object.entries(programs).filter(([, program]) => isThere(program)));
const taken = await measure(present, RUNS);

/** The references for each program, and the largest acceptable ratios. */
const aims = {
  '`--version`': [[alone, 1.2]],
  '`--help`': [[alone, 1.2]],
  '`explain error.json`': [[alone, 1.25]],
  '`call GET`': [
    ['got, bundled', 1.2],
    ['HTTPie', 0.75],
  ],
  '`explain --api`, 200 catalogs': [['`explain --api`, 1 catalog', 1.1]],
};
const rows = Object.entries(taken).map(([name, { seconds }]) => {
  const compared = (aims[name] ?? []).filter(([reference]) => taken[reference] !== undefined);
  return [
    name,
    `${Math.round(seconds * 1000)} ms`,
    compared.map(([reference]) => `${ratio(seconds, taken[reference].seconds)} ${reference}`).join(', '),
    compared.map(([, most]) => `≤ ${most}×`).join(', '),
  ];
});
console.log(table([['start', 'time', 'ratio', 'aim'], ...rows]));
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
console.log(
  `\nMedians of ${RUNS} runs, whole processes in turn; started Node.js ${version}, measured by ${machine()}.`,
);
const missing = Object.keys(programs).filter((name) => present[name] === undefined);
if (missing.length > 0) console.log(`Not there: ${missing.join(', ')}.`);
server.close();
