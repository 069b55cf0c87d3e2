import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How often each program runs; the median counts. The programs take turns, so that a busy moment hits all of them. */
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

/** Writes the same checks in the format of each tool: status 200, and the name of the first thing. */
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

const tools = {
  'errprobe, 1 job': { command: [process.execPath, ERRPROBE, 'check', '--quiet', '--jobs', '1'] },
  'errprobe, 8 jobs': { command: [process.execPath, ERRPROBE, 'check', '--quiet'] },
  httpyac: { command: [process.execPath, join(BIN, 'httpyac'), 'send', 'checks.http', '--all', '--silent'], own: true },
  newman: { command: [process.execPath, join(BIN, 'newman'), 'run', 'newman.json', '--silent'], own: true },
  bruno: { command: [process.execPath, join(BIN, 'bru'), 'run'], cwd: 'bruno', own: true },
  hurl: { command: ['hurl', '--test', 'checks.hurl'] },
};

const isThere = ({ command: [program, script], own }) =>
  own ? existsSync(script) : program === process.execPath || hasProgram(program);

function hasProgram(name) {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a tool once: seconds, and the most memory in MB where the system tells (Linux). */
function time({ command: [program, ...argv], cwd = '' }, folder) {
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const child = spawn(program, argv, { cwd: join(folder, cwd), stdio: ['ignore', 'ignore', 'pipe'] });
    let memory = 0;
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const watch = setInterval(() => {
      memory = Math.max(memory, peakOf(child.pid));
    }, 5);
    child.on('exit', (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      if (code === 0) resolve({ seconds, memory });
      else reject(new Error(`${[program, ...argv].join(' ')} ended with ${code}: ${said.slice(0, 500)}`));
    });
  });
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The medians of every tool that is there, for so many checks. */
async function measure(count, names) {
  const folder = write(count);
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = 0; i < RUNS; i++) for (const name of names) runs[name].push(await time(tools[name], folder));
  return Object.fromEntries(
    names.map((name) => [
      name,
      { seconds: median(runs[name].map((run) => run.seconds)), memory: median(runs[name].map((run) => run.memory)) },
    ]),
  );
}

const present = Object.keys(tools).filter((name) => isThere(tools[name]));
const missing = Object.keys(tools).filter((name) => !present.includes(name));
const one = await measure(1, present);
const many = await measure(MANY, present);
const flat = await measure(MANY * 10, ['errprobe, 8 jobs']);

const versionOf = (name) => {
  try {
    return JSON.parse(readFileSync(join(HERE, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return '';
  }
};
const versions = { httpyac: versionOf('httpyac'), newman: versionOf('newman'), bruno: versionOf('@usebruno/cli') };
const base = { one: one['errprobe, 1 job'].seconds, many: many['errprobe, 1 job'].seconds };
const ratio = (value, reference) => `${(value / reference).toFixed(1)}×`;
const rows = present.map((name) => {
  const label = `${name} ${versions[name] ?? ''}`.trim();
  const cells = [
    label,
    `${one[name].seconds.toFixed(2)} s (${ratio(one[name].seconds, base.one)})`,
    `${many[name].seconds.toFixed(2)} s (${ratio(many[name].seconds, base.many)})`,
    `${Math.round(many[name].memory)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
});
console.log(`| | 1 check | ${MANY} checks | memory |\n| --- | --- | --- | --- |\n${rows.join('\n')}`);
console.log(
  `\n${MANY * 10} checks with 8 jobs: ${flat['errprobe, 8 jobs'].seconds.toFixed(2)} s, ${Math.round(flat['errprobe, 8 jobs'].memory)} MB.`,
);
console.log(
  `Medians of ${RUNS} runs, whole processes in turn; Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}.`,
);
if (missing.length > 0) console.log(`Not there: ${missing.join(', ')} (npm ci --prefix bench).`);
server.close();
