import { execFileSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { isThere, machine, measure, ratio, table, time } from './measure.js';

const RUNS = Number(process.env.RUNS ?? 5);
const LINES = Number(process.env.LINES ?? 3_000_000);
/** Lines for the memory test, each with a different request id. */
const MANY_LINES = Number(process.env.MANY_LINES ?? 10_000_000);

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ERRPROBE = join(ROOT, 'bin', 'errprobe.js');
const folder = mkdtempSync(join(tmpdir(), 'errprobe-bench-'));

let seed = 1;
/** A pseudorandom number below a limit; every run has the same sequence. */
const below = (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};
const hex = (length) => {
  let text = '';
  while (text.length < length) text += below(65536).toString(16).padStart(4, '0');
  return text.slice(0, length);
};
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;

/** The errors of the four APIs, as documented. */
const errors = ['raptor-comply', 'elder-protection', 'cryptocomply', 'victims'].flatMap((api) =>
  readdirSync(join(ROOT, 'fixtures', api))
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(ROOT, 'fixtures', api, file), 'utf8')))
    .filter(({ status, body }) => status >= 400 && JSON.stringify(body).length < 200),
);

/** One log line: from pino or winston, a bare body, or a successful request. */
function line(i) {
  const at = 1_767_225_600_000 + i * 37;
  const form = below(4);
  if (form === 0) {
    const head = {
      level: 30,
      time: at,
      pid: 17,
      hostname: 'api-3',
      reqId: uuid(),
      req: { method: 'GET', url: `/v1/things/${below(1e6)}` },
    };
    return JSON.stringify({ ...head, res: { statusCode: 200 }, responseTime: below(300), msg: 'request completed' });
  }
  const { status, body: example } = errors[below(errors.length)];
  // Each response has a unique request id.
  const body = JSON.parse(JSON.stringify(example).replaceAll(/req_\w+|[0-9a-f]{8}-[0-9a-f-]{27}/g, () => uuid()));
  if (form === 1) {
    const head = {
      level: 50,
      time: at,
      pid: 17,
      reqId: uuid(),
      req: { method: 'GET', url: `/v1/things/${below(1e6)}` },
    };
    return JSON.stringify({ ...head, res: { statusCode: status, body }, msg: 'failed' });
  }
  if (form === 2)
    return JSON.stringify({ timestamp: new Date(at), level: 'error', message: 'request failed', status, body });
  return JSON.stringify(body);
}

function write(name, count, lineOf) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  for (let i = 0; i < count; ) {
    const lines = [];
    for (; lines.length < 5000 && i < count; i++) lines.push(lineOf(i));
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
  return path;
}

const log = write('app.log', LINES, line);
const size = statSync(log).size;
await pipeline(createReadStream(log), createGzip({ level: 1 }), createWriteStream(`${log}.gz`));

const bare = join(folder, 'bare.mjs');
writeFileSync(
  bare,
  `import { createReadStream } from 'node:fs';
let rest = '';
let count = 0;
for await (const chunk of createReadStream(process.argv[2], { encoding: 'utf8', highWaterMark: 1024 * 1024 })) {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) if (JSON.parse(line) !== null) count++;
}
console.log(count);
`,
);

/** DuckDB counts by status and code, in SQL, with as many threads as there are cores. */
const WAREHOUSE = join(ROOT, 'test', 'warehouse', 'package.json');
const duckdb = join(folder, 'duckdb.mjs');
writeFileSync(
  duckdb,
  `import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire(${JSON.stringify(WAREHOUSE)})('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = await connection.runAndReadAll(\`
  SELECT coalesce(res.statusCode, status) AS status,
    coalesce(res.body->>'$.error.code', body->>'$.error.code', error->>'$.code',
      res.body->>'$.error', body->>'$.error', error->>'$') AS code,
    count(*) AS count
  FROM read_json('\${process.argv[2]}', format = 'newline_delimited', ignore_errors = true, columns = {
    res: 'STRUCT(statusCode INTEGER, body JSON)', status: 'INTEGER', body: 'JSON', error: 'JSON' })
  GROUP BY ALL ORDER BY count DESC\`);
console.log(rows.getRowObjectsJson().length);
`,
);
const hasDuckDB = existsSync(join(ROOT, 'test', 'warehouse', 'node_modules', '@duckdb', 'node-api'));

const JQ = '[.res.statusCode // .status, (.res.body // .body // .).error, (.res.body // .body // .).message]';
const DUCKDB = '`read_json` of DuckDB, counting by status and code';
const triage = (file, ...more) => ({
  command: [process.execPath, ERRPROBE, 'triage', file, '--no-color', ...more],
  cwd: folder,
});
const programs = {
  'a bare split with `JSON.parse`': { command: [process.execPath, bare, log] },
  '`errprobe triage`': triage(log),
  '`errprobe triage --jobs 2`': triage(log, '--jobs', '2'),
  '`errprobe triage`, compressed with gzip': triage(`${log}.gz`),
  ...(hasDuckDB && { [DUCKDB]: { command: [process.execPath, duckdb, log] } }),
};
const jq = { command: ['jq', '-c', JQ, log] };
const names = Object.keys(programs);

const taken = await measure(programs, RUNS);
if (isThere(jq)) taken.jq = await time(jq);
const base = taken[names[0]].seconds;
const beside = (name, other, aim) =>
  taken[other] === undefined
    ? ''
    : `, ${ratio(taken[name].seconds, taken[other].seconds)} of ${other === DUCKDB ? 'DuckDB' : 'the plain log'} (${aim})`;
const aims = {
  [names[1]]: `≥ 0.90×${beside(names[1], DUCKDB, '≤ 3×')}${taken.jq === undefined ? '' : `, jq ${ratio(taken.jq.seconds, taken[names[1]].seconds)} (≥ 4×)`}, < 150 MB`,
  [names[2]]: `≥ 1.50×${beside(names[2], DUCKDB, '≤ 3×')}`,
  [names[3]]: `< 150 MB${beside(names[3], names[1], '≤ 1.2×')}`,
};
console.log(
  table([
    [`${LINES.toLocaleString('en-US')} lines, ${Math.round(size / 1e6)} MB`, 'time', 'rate', 'memory', 'aim'],
    ...Object.entries(taken).map(([name, { seconds, memory }]) => [
      name,
      `${seconds.toFixed(2)} s`,
      `${Math.round(size / 1e6 / seconds)} MB/s (${ratio(base, seconds)})`,
      `${Math.round(memory)} MB`,
      aims[name] ?? '',
    ]),
  ]),
);

rmSync(log);
rmSync(`${log}.gz`);
const MESSAGES = '100,000 messages';
const CODES = '100,000 codes';
const hostile = [
  [
    `${MANY_LINES.toLocaleString('en-US')} request ids`,
    MANY_LINES,
    () => `{"error":{"code":"KEY_LOCKED","message":"x","request_id":"${uuid()}"}}`,
  ],
  [
    MESSAGES,
    300_000,
    (i) => `{"level":50,"res":{"statusCode":500,"body":{"message":"${hex(12)} ${i % 100_000} went wrong"}}}`,
  ],
  [CODES, 300_000, (i) => `{"level":50,"res":{"statusCode":500,"body":{"code":"C${i % 100_000}","message":"wrong"}}}`],
];
/** The same log with other forms of request ids: the rate must not depend on the form. */
const IDS = {
  UUIDs: () => uuid(),
  'short ids': (i) => `req_${i}`,
  numbers: (i) => i,
  words: (i) => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join(''),
  'hex of 8 digits': () => hex(8),
};
const ID_LINES = 100_000;
const withIds = [];
let reference;
for (const [name, idOf] of Object.entries(IDS)) {
  const file = write('ids.log', ID_LINES, (i) => {
    const error = { code: 'KEY_LOCKED', message: 'Key is locked', request_id: idOf(i) };
    return JSON.stringify({ level: 50, time: 1_767_225_600_000 + i, res: { statusCode: 409, body: { error } } });
  });
  const { seconds } = (await measure({ triage: triage(file) }, RUNS)).triage;
  reference ??= seconds;
  withIds.push([name, `${seconds.toFixed(2)} s`, ratio(seconds, reference), '≤ 1.5×']);
  rmSync(file);
}
console.log(
  `\n${table([[`request ids, ${ID_LINES.toLocaleString('en-US')} lines`, 'time', 'beside UUIDs', 'aim'], ...withIds])}`,
);

/** Errors of APIs without a catalog, each with a short id of its own. */
const unseen = readFileSync(join(ROOT, 'fixtures', 'corpus', 'assorted.jsonl'), 'utf8')
  .split('\n')
  .filter((one) => one !== '')
  .map((one) => JSON.parse(one))
  .filter(({ status, body }) => status >= 400 && body.startsWith('{') && body.length < 500)
  .map(({ status, body }) => ({ status, body: JSON.parse(body) }));
hostile.push([
  `${unseen.length} unseen bodies with short ids`,
  300_000,
  (i) => {
    const { status, body } = unseen[i % unseen.length];
    return JSON.stringify({
      level: 50,
      time: 1_767_225_600_000 + i,
      reqId: `r-${i}`,
      res: { statusCode: status, body },
    });
  },
]);

const rows = [];
const row = async (name, count, file, aim) => {
  const { seconds, memory } = await time(triage(file));
  rows.push([name, count.toLocaleString('en-US'), `${seconds.toFixed(1)} s`, `${Math.round(memory)} MB`, aim]);
  rmSync(file);
  return seconds;
};
const AIM = '< 150 MB';
let messages;
for (const [name, count, lineOf] of hostile) {
  const aim = name === CODES ? `as fast as messages (${messages?.toFixed(1)} s), ${AIM}` : AIM;
  const seconds = await row(name, count, write('many.log', count, lineOf), aim);
  if (name === MESSAGES) messages = seconds;
}

/** Documents, which are read item by item. */
const ITEMS = 700_000;
const record = (i) =>
  `{"level":50,"time":${1_767_225_600_000 + i},"reqId":"r-${i}","res":{"statusCode":${[404, 429, 500][i % 3]},"body":{"error":{"code":"E${i % 7}","message":"failed"}}}}`;
const list = write('list.json', ITEMS + 1, (i) => (i === 0 ? '[' : `${record(i)}${i === ITEMS ? ']' : ','}`));
await row('a list of JSON', ITEMS, list, `as fast as lines, ${AIM}`);
await row('the same as lines', ITEMS, write('list.log', ITEMS, record), AIM);
const ENTRIES = 100_000;
const entry = (i) =>
  `{"startedDateTime":"2026-01-01T00:00:00Z","request":{"method":"GET","url":"https://api.example.com/v1/${i}","headers":[]},"response":{"status":${i % 10 === 0 ? 503 : 200},"headers":[],"content":{"text":"{}"}}}`;
const har = write('a.har', ENTRIES + 1, (i) =>
  i === 0 ? '{"log":{"entries":[' : `${entry(i)}${i === ENTRIES ? ']}}' : ','}`,
);
await row('a HAR, every tenth entry an error', ENTRIES, har, AIM);
console.log(`\n${table([['different', 'lines or items', 'time', 'memory', 'aim'], ...rows])}`);
console.log(`\nMedians of ${RUNS} runs, whole processes in turn (jq: one run); ${machine()}.`);
if (!hasDuckDB) console.log('Not there: DuckDB (npm install --prefix test/warehouse).');
if (taken.jq === undefined) console.log('Not there: jq.');
else console.log(`${execFileSync('jq', ['--version'], { encoding: 'utf8' }).trim()}.`);
rmSync(folder, { recursive: true });
