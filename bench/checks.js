import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isThere, machine, measure, ratio, table, time } from './measure.js';

/**
 * Runs per program; the median counts. The programs take turns, so that a busy moment affects all
 * of them.
 */
const RUNS = Number(process.env.RUNS ?? 5);
const MANY = 500;

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BIN = join(HERE, 'node_modules', '.bin');
const ERRPROBE = join(HERE, '..', 'bin', 'errprobe.js');

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('[{"id":"asset-1001","name":"Inverter 1"}]');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/things`;

/**
 * Writes the same checks in the format of each tool: status 200, and the name of the first item.
 */
function write(count) {
  const folder = mkdtempSync(join(tmpdir(), 'errprobe-bench-'));
  const all = Array.from({ length: count }, (_, i) => `check ${i + 1}`);
  const checks = all.map((name) => ({
    name,
    request: `GET ${url}`,
    expect: { status: 200, json: { '/0/name': 'Inverter 1' } },
  }));
  writeFileSync(join(folder, 'errprobe.checks.json'), JSON.stringify({ checks }));
  writeFileSync(
    join(folder, 'checks.http'),
    all
      .map((name) => `### ${name}\nGET ${url}\n\n?? status == 200\n?? js response.parsedBody[0].name == Inverter 1\n`)
      .join('\n'),
  );
  const exec = [
    'pm.test("ok", () => { pm.response.to.have.status(200); pm.expect(pm.response.json()[0].name).to.eql("Inverter 1"); });',
  ];
  writeFileSync(
    join(folder, 'newman.json'),
    JSON.stringify({
      info: { name: 'bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: all.map((name) => ({
        name,
        event: [{ listen: 'test', script: { exec } }],
        request: { method: 'GET', url },
      })),
    }),
  );
  mkdirSync(join(folder, 'bruno'));
  writeFileSync(join(folder, 'bruno', 'bruno.json'), '{"version":"1","name":"bench","type":"collection"}');
  for (const [i, name] of all.entries()) {
    writeFileSync(
      join(folder, 'bruno', `c${i}.bru`),
      `meta {\n  name: ${name}\n  type: http\n  seq: ${i + 1}\n}\n\nget {\n  url: ${url}\n}\n\nassert {\n  res.status: eq 200\n  res.body[0].name: eq Inverter 1\n}\n`,
    );
  }
  writeFileSync(
    join(folder, 'checks.hurl'),
    all.map(() => `GET ${url}\nHTTP 200\n[Asserts]\njsonpath "$[0].name" == "Inverter 1"\n`).join('\n'),
  );
  return folder;
}

/** Each tool's command, for a folder that `write` has filled. */
const toolsIn = (folder) => ({
  'errprobe, 1 job': { command: [process.execPath, ERRPROBE, 'check', '--quiet', '--jobs', '1'], cwd: folder },
  'errprobe, 8 jobs': { command: [process.execPath, ERRPROBE, 'check', '--quiet'], cwd: folder },
  httpyac: { command: [join(BIN, 'httpyac'), 'send', 'checks.http', '--all', '--silent'], cwd: folder },
  newman: { command: [join(BIN, 'newman'), 'run', 'newman.json', '--silent'], cwd: folder },
  bruno: { command: [join(BIN, 'bru'), 'run'], cwd: join(folder, 'bruno') },
  hurl: { command: ['hurl', '--test', 'checks.hurl'], cwd: folder },
});

const chosen = (folder, names) => Object.fromEntries(names.map((name) => [name, toolsIn(folder)[name]]));
const all = toolsIn('/');
const [single, several] = [write(1), write(MANY)];
const works = async (program) => {
  try {
    await time(program);
    return true;
  } catch {
    return false;
  }
};
const present = [];
const missing = [];
for (const name of Object.keys(all)) {
  const isUsable = isThere(all[name]) && (await works(toolsIn(single)[name])) && (await works(toolsIn(several)[name]));
  (isUsable ? present : missing).push(name);
}
const one = await measure(chosen(single, present), RUNS);
const many = await measure(chosen(several, present), RUNS);
const flat = await measure(chosen(write(MANY * 10), ['errprobe, 8 jobs']), RUNS);

const versionOf = (name) => {
  try {
    return JSON.parse(readFileSync(join(HERE, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return '';
  }
};
const versions = { httpyac: versionOf('httpyac'), newman: versionOf('newman'), bruno: versionOf('@usebruno/cli') };
/** How many times the whole time of another tool errprobe may take at most. */
const AIMS = [
  ['hurl', 'one', 6],
  ['hurl', 'many', 4],
  ['httpyac', 'many', 0.2],
];
const base = { one: one['errprobe, 1 job'].seconds, many: many['errprobe, 1 job'].seconds };
const rows = present.map((name) => [
  `${name} ${versions[name] ?? ''}`.trim(),
  `${one[name].seconds.toFixed(2)} s (${ratio(one[name].seconds, base.one)})`,
  `${many[name].seconds.toFixed(2)} s (${ratio(many[name].seconds, base.many)})`,
  `${Math.round(many[name].memory)} MB`,
]);
console.log(table([['', '1 check', `${MANY} checks`, 'memory'], ...rows]));
const times = { one, many };
const aims = AIMS.filter(([name]) => one[name] !== undefined).map(([name, which, most]) => [
  `${which === 'one' ? '1 check' : `${MANY} checks`}, beside ${name}`,
  ratio(times[which]['errprobe, 1 job'].seconds, times[which][name].seconds),
  `≤ ${most}×`,
]);
console.log(`\n${table([['errprobe, 1 job', 'ratio', 'aim'], ...aims])}`);
console.log(
  `\n${MANY * 10} checks with 8 jobs: ${flat['errprobe, 8 jobs'].seconds.toFixed(2)} s, ${Math.round(flat['errprobe, 8 jobs'].memory)} MB.`,
);
console.log(`Medians of ${RUNS} runs, whole processes in turn; ${machine()}.`);
if (missing.length > 0)
  console.log(
    `Not there, or not working: ${missing.join(', ')} (npm ci --prefix bench; cargo install hurl --locked --version 8.0.1).`,
  );
server.close();
