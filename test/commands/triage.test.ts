import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { jsonSchemas } from '../../build/schemas.ts';
import type { TriageReport } from '../../src/triage/report.ts';
import { cli } from '../helpers/cli.ts';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const EXPIRED = '{"error":"Unauthorized","message":"API key has expired"}';

const record = (at: string, status: number, url = '/v1/keys/1', body: unknown = { message: 'y' }) =>
  JSON.stringify({
    level: 50,
    time: at,
    pid: 1,
    reqId: `req-${at}`,
    req: { method: 'GET', url },
    res: { statusCode: status, body },
  });

const LOG = [
  record('2026-03-01T10:00:00Z', 429),
  record('2026-03-01T10:10:00Z', 429, '/v1/keys/2'),
  record('2026-03-01T10:20:00Z', 503, '/v1/accounts'),
  record('2026-03-01T10:30:00Z', 401, '/cyber-assets', JSON.parse(EXPIRED)),
  '{"level":30,"time":"2026-03-01T10:30:01Z","msg":"started"}',
  '{"level":30,"time":"2026-03-01T10:40:00Z","res":{"statusCode":200},"msg":"done"}',
  '{"broken":',
  '1.2.3.4 - - [01/Mar/2026:10:50:00 +0000] "POST /v1/keys HTTP/1.1" 503 12 "-" "curl"',
  '',
].join('\n');

const validate = (name: string, value: unknown) => {
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
  const check = ajv.compile(jsonSchemas()[name] as object);
  check(value);
  return check.errors;
};

function folder(files: Record<string, string | Buffer>): string {
  const cwd = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  return cwd;
}

async function triage(argv: string[], given: Parameters<typeof run>[1] = {}): Promise<TriageReport> {
  const { stdout } = await run(['triage', '--format', 'json', ...argv], given);
  return JSON.parse(stdout) as TriageReport;
}

describe('triage', () => {
  it('counts errors in sentences, and those that it cannot classify as a group of their own', async () => {
    const lines = [1, 2, 3].flatMap((i) => [
      `2026-03-01 12:00:0${i} ERROR An error occurred (ThrottlingException) when calling the X operation: Rate exceeded`,
      `2026-03-01 12:00:0${i} ERROR something odd happened to ${['a', 'some', 'one'][i - 1]} job`,
      `2026-03-01 12:00:0${i} INFO all is well`,
    ]);
    const report = await triage(['app.log'], { cwd: folder({ 'app.log': lines.join('\n') }) });
    expect(report.lines).toMatchObject({ lines: 9, failed: 6, clean: 3 });
    expect(report.groups.map(({ count, id }) => [id, count])).toEqual([
      ['aws/throttled', 3],
      [null, 3],
    ]);
    expect(report.groups[1]?.samples[0]?.message).toContain('something odd');
  });

  it('counts the errors of a log, the most frequent first', async () => {
    const report = await triage(['app.log'], { cwd: folder({ 'app.log': LOG }) });
    expect(validate('triage.json', report)).toBeNull();
    expect(report.lines).toMatchObject({ lines: 8, failed: 5, clean: 2, unreadable: 1, outside: 0 });
    expect(report.groups.map(({ key, count }) => [key, count])).toEqual([
      ['http/service-unavailable 503', 2],
      ['http/too-many-requests 429', 2],
      ['raptor-comply/expired-api-key', 1],
    ]);
    expect(report.groups[1]).toMatchObject({
      first: '2026-03-01T10:00:00.000Z',
      last: '2026-03-01T10:10:00.000Z',
      actor: 'caller',
      retry: { advice: 'backoff' },
      endpoints: { distinct: 1, most: [{ endpoint: 'GET /v1/keys/{id}', count: 2 }] },
    });
    expect(report.groups[1]?.samples.map(({ requestId }) => requestId)).toEqual([
      'req-2026-03-01T10:00:00Z',
      'req-2026-03-01T10:10:00Z',
    ]);
    expect(report.groups[0]?.endpoints.most.map(({ endpoint }) => endpoint)).toEqual([
      'GET /v1/accounts',
      'POST /v1/keys',
    ]);
    expect(report.totals).toMatchObject({
      actor: { provider: 2, caller: 2, administrator: 1 },
      advice: { backoff: 4, never: 1 },
    });
    expect(report.unreadable).toEqual([{ reason: 'not valid JSON', count: 1, samples: ['{"broken":'] }]);
  });

  it.each([
    ['endpoint', ['GET /v1/keys/{id}', 'GET /cyber-assets', 'GET /v1/accounts', 'POST /v1/keys']],
    ['api', ['not known', 'raptor-comply']],
    ['category', ['rate-limit', 'server', 'authentication']],
  ])('puts errors together by %s', async (by, keys) => {
    const { groups } = await triage(['--by', by], { input: LOG });
    expect(groups.map(({ key }) => key)).toEqual(keys);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  it('leaves out what is before and after the time asked for', async () => {
    const report = await triage(['--since', '2026-03-01T10:10Z', '--until', '100m'], { input: LOG });
    expect(report.lines).toMatchObject({ failed: 2, outside: 6 });
    expect(report.first).toBe('2026-03-01T10:10:00.000Z');
    expect((await run(['triage', '--since', 'yesterday'], { input: LOG })).stderr).toContain('--since takes a date');
  });

  it('reads fields where it is told to', async () => {
    const line = JSON.stringify({ outcome: { code: '401', text: EXPIRED }, when: '2026-03-01T10:00:00Z' });
    const fields = ['--status-field', '/outcome/code', '--body-field', '/outcome/text', '--time-field', '/when'];
    const { groups } = await triage(fields, { input: line });
    expect(groups).toMatchObject([{ id: 'raptor-comply/expired-api-key', first: '2026-03-01T10:00:00.000Z' }]);
    const { code, stderr } = await run(['triage', '--status-field', 'outcome.code'], { input: line });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('/outcome/code') as string });
  });

  it('prints CSV that no spreadsheet takes for formulas, lines of JSON, and Markdown', async () => {
    const input = JSON.stringify({ error: '=cmd()', message: 'say "hi", all' });
    const { stdout: csv } = await run(['triage', '--format', 'csv', '--by', 'api'], { input: LOG });
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toMatch(/^key,count,share,/);
    const { stdout: formula } = await run(['triage', '--format', 'csv'], { input });
    expect(formula).toContain(`'=cmd()`);
    const { stdout: lines } = await run(['triage', '--format', 'ndjson', '--top', '2'], { input: LOG });
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { count: number }).count),
    ).toEqual([2, 2]);
    const { stdout: markdown } = await run(['triage', '--format', 'markdown'], { input: LOG });
    expect(markdown).toContain('| 2 | 40.0 % |');
  });

  it('says in words how it is', async () => {
    const { stdout, code } = await run(['triage', '--top', '1'], { input: LOG });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^5 of 8 lines contain an error \(62\.5 %\), 2026-03-01 10:00:00 to 10:50:00 UTC/);
    expect(stdout).toContain('! 1 line could not be read (not valid JSON)');
    expect(stdout).toContain('2 more groups: --top 3');
    expect(stdout).toMatch(/Act {4}caller 40\.0 %/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('reads gzip and zstd, several files, and each line once with several threads', async () => {
    const many = LOG.repeat(1000);
    const cwd = folder({ 'a.log': many, 'b.log.gz': gzipSync(LOG), 'c.log': many.slice(0, -1) });
    const one = await triage(['a.log', 'b.log.gz', 'c.log'], { cwd });
    expect(one.lines.lines).toBe(2001 * 8);
    const { stdout } = await cli(['triage', 'a.log', 'b.log.gz', 'c.log', '--jobs', '3', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout)).toEqual(one);
  });

  it.skipIf(!isInstalled('zstd'))('reads zstd', async () => {
    const cwd = folder({ 'a.log': LOG });
    execFileSync('zstd', ['-q', 'a.log'], { cwd });
    expect((await triage(['a.log.zst'], { cwd })).lines.lines).toBe(8);
    writeFileSync(join(cwd, 'cut.zst'), execFileSync('zstd', ['-qc', 'a.log'], { cwd }).subarray(0, -30));
    expect((await run(['triage', 'cut.zst'], { cwd })).stderr).toContain('ends too early');
  });

  it('adds up what was written by several', async () => {
    const halves = [LOG.split('\n').slice(0, 3).join('\n'), LOG.split('\n').slice(3).join('\n')];
    const cwd = folder({ 'a.log': halves[0] ?? '', 'b.log': halves[1] ?? '', 'all.log': LOG });
    for (const name of ['a', 'b', 'all']) await run(['triage', `${name}.log`, '--partial', `${name}.json`], { cwd });
    const whole = await triage(['all.log'], { cwd });
    expect(await triage(['--merge', 'b.json', 'a.json'], { cwd })).toEqual(whole);
    expect(await triage(['--merge', 'all.json'], { cwd })).toEqual(whole);
    expect((await run(['triage', '--merge', 'a.json', '--since', '2h'], { cwd })).stderr).toContain('--since');
    writeFileSync(join(cwd, 'bad.json'), '{"schema":"errprobe/report@1"}');
    const { code, stderr } = await run(['triage', '--merge', 'bad.json'], { cwd });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('line 1 of bad.json is not what --partial writes') as string,
    });
  });
});

describe('triage in a pipeline', () => {
  const partialOf = (input: string) => run(['triage', '--partial', '-'], { input });

  it('writes the counts of a part as one line to standard output, and nothing else anywhere', async () => {
    const { stdout, stderr, code } = await partialOf(LOG);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(validate('triage-partial.json', JSON.parse(stdout))).toBeNull();
  });

  it('adds up parts that come on standard input, one on each line', async () => {
    const parts = LOG.split('\n').map((line) => partialOf(line));
    const input = (await Promise.all(parts)).map(({ stdout }) => stdout).join('');
    const whole = await triage([], { input: LOG });
    expect(await triage(['--merge', '-'], { input })).toEqual(whole);
    expect(await triage(['--merge'], { input: gzipSync(input) })).toEqual(whole);
    expect(await triage(['--merge', 'parts.ndjson'], { cwd: folder({ 'parts.ndjson': input }) })).toEqual(whole);
  });

  it('takes a part of which no line could be read for a part', async () => {
    const parts = [await partialOf(''), await partialOf('{"broken":'), await partialOf(LOG)];
    expect(parts.map(({ code }) => code)).toEqual([0, 0, 0]);
    const { lines } = await triage(['--merge', '-'], { input: parts.map(({ stdout }) => stdout).join('\n') });
    expect(lines).toMatchObject({ lines: 9, failed: 5, unreadable: 2 });
  });

  it('tells the whole of a file that a part could not read', async () => {
    const { stdout, stderr, code } = await run(['triage', 'gone.log', '--partial', '-']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot read gone.log: there is no such file\n' });
    const report = await triage(['--merge', '-'], { input: stdout + (await partialOf(LOG)).stdout });
    expect(report.problems).toEqual([{ source: 'gone.log', problem: 'cannot read gone.log: there is no such file' }]);
  });

  it('says which lines are no parts, and adds up the others', async () => {
    const { stdout: part } = await partialOf(LOG);
    const input = `${part}${part.slice(0, 40)}\n\n{"schema":"errprobe/report@1"}\n${part}`;
    const cwd = folder({ 'empty.json': '' });
    const report = await triage(['--merge', '-', 'empty.json', 'missing.json'], { input, cwd });
    expect(report.lines.failed).toBe(10);
    expect(report.problems.map(({ problem }) => problem)).toEqual([
      'line 2 of standard input is not valid JSON: --merge takes what --partial wrote',
      expect.stringContaining('line 4 of standard input is not what --partial writes: schema: '),
      'empty.json is empty: --merge takes what --partial wrote',
      'cannot read missing.json: there is no such file',
    ]);
    expect(report.problems[0]?.source).toBe('standard input');
    const { code, stderr } = await run(['triage', '--merge', '-'], { input: 'x\ny\n' });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/line 1 .*\n.*line 2 /) as string,
    });
    expect((await run(['triage', '--merge'])).stderr).toContain('--merge needs what --partial wrote');
  });

  it('ends when it is interrupted', async () => {
    const stop = new AbortController();
    const stdin = new Readable({ read: () => void stop.abort('SIGINT') });
    const { stderr, code } = await run(['triage', '--merge', '-'], { stdin, signal: stop.signal });
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'Interrupted by SIGINT.\n' });
  });
});

describe('triage of bad input', () => {
  it('reads the rest of what has lines that are too long, NUL bytes or no UTF-8', async () => {
    const input = Buffer.concat([
      Buffer.alloc(100),
      Buffer.from(`${record('2026-03-01T10:00:00Z', 429)}\r\n`),
      Buffer.from(`{"error":"${'x'.repeat(5_000_000)}"}\n`),
      Buffer.from('{"error":"a\0b"}\n'),
      Buffer.from([0x7b, 0x22, 0x65, 0x72, 0x72, 0x6f, 0x72, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d, 0x0a]),
      Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}\n`),
      Buffer.from(EXPIRED),
    ]);
    const report = await triage([], { input });
    expect(report.lines).toMatchObject({ lines: 6, notUtf8: 1 });
    expect(report.unreadable.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['too long', 'NUL bytes']));
    expect(report.groups.map(({ id }) => id)).toContain('raptor-comply/expired-api-key');
  });

  it('reads JSON with any white space that JSON may have', async () => {
    const input = `{"error"\r:"Unauthorized" ,\t"message"\t: "API key has expired"}\n`.repeat(2);
    expect((await triage([], { input })).groups).toMatchObject([{ id: 'raptor-comply/expired-api-key', count: 2 }]);
  });

  it.skipIf(!isInstalled('mkfifo'))('reads what a shell puts in the place of a file', async () => {
    const cwd = emptyFolder();
    execFileSync('mkfifo', ['pipe.log'], { cwd });
    const written = writeFile(join(cwd, 'pipe.log'), LOG);
    const { stdout } = await cli(['triage', '--format', 'json', 'pipe.log'], { cwd });
    await written;
    expect((JSON.parse(stdout) as TriageReport).lines.lines).toBe(8);
  });

  it('says which files could not be read, and counts the others', async () => {
    const cwd = folder({ 'a.log': LOG, 'cut.gz': gzipSync(LOG.repeat(1000)).subarray(0, -20), 'secret.log': LOG });
    mkdirSync(join(cwd, 'logs'));
    chmodSync(join(cwd, 'secret.log'), 0);
    const names = ['a.log', 'logs', 'missing.log', 'cut.gz', 'secret.log'];
    const { stdout, code } = await run(['triage', '--format', 'json', ...names], { cwd });
    const { problems, lines } = JSON.parse(stdout) as TriageReport;
    expect(code).toBe(0);
    expect(lines.lines).toBeGreaterThan(8);
    const said = problems.map(({ problem }) => problem).join('; ');
    expect(said).toMatch(
      /logs: it is a folder.*missing.log: there is no such file.*cut.gz begins like gzip and ends too early/,
    );
    // Root can read everything.
    if (process.getuid?.() !== 0) expect(said).toContain('secret.log: permission denied');
  });

  it('ends with 2 when nothing could be read', async () => {
    const cwd = folder({ 'binary.log': Buffer.from('\u0001\u0002\0x\nb\0y\n{"a\n') });
    expect((await run(['triage', 'missing.log'], { cwd })).code).toBe(2);
    expect((await run(['triage', 'binary.log'], { cwd })).code).toBe(2);
    const pretty = JSON.stringify({ error: { code: 'x', message: 'y' } }, null, 2);
    expect((await run(['triage'], { cwd, input: `started\n${pretty}` })).stdout).toMatch(/errprobe\sexplain/);
    expect((await run(['triage'], { cwd })).stderr).toContain('errprobe triage');
    expect((await run(['triage', '-'], { cwd, input: '' })).stdout).toBe('No lines to read.\n');
  });
});

describe('triage --follow', () => {
  it('reads what is added, and a file that takes the name of the first', async () => {
    const cwd = folder({
      'app.log': `${record('2026-03-01T10:00:00Z', 429)}\n${record('2026-03-01T10:00:01Z', 429).slice(0, 20)}`,
    });
    const file = join(cwd, 'app.log');
    const stop = new AbortController();
    const steps = [
      () => appendFileSync(file, `${record('2026-03-01T10:00:01Z', 429).slice(20)}\n`),
      () => renameSync(file, join(cwd, 'app.log.1')),
      () => writeFileSync(file, `${record('2026-03-01T10:00:02Z', 503)}\n`),
      () => stop.abort('SIGINT'),
    ];
    const { stdout, code } = await run(['triage', '--follow', '--format', 'json', 'app.log'], {
      cwd,
      signal: stop.signal,
      sleep: async () => steps.shift()?.(),
    });
    const report = JSON.parse(stdout) as TriageReport;
    expect(code).toBe(0);
    expect(report.groups.map(({ status, count }) => [status, count])).toEqual([
      [429, 2],
      [503, 1],
    ]);
    expect(report.problems).toEqual([{ source: 'app.log', problem: 'app.log was rotated while it was followed' }]);
  });

  it('does not join what a file ended with to what another begins with', async () => {
    const cwd = folder({ 'app.log': '{"error":"Unauthor' });
    const file = join(cwd, 'app.log');
    const stop = new AbortController();
    const steps = [
      () => renameSync(file, join(cwd, 'app.log.1')),
      () => writeFileSync(file, `${EXPIRED}\n`),
      () => stop.abort('SIGINT'),
    ];
    const { stdout } = await run(['triage', '--follow', '--format', 'json', 'app.log'], {
      cwd,
      signal: stop.signal,
      sleep: async () => steps.shift()?.(),
    });
    const report = JSON.parse(stdout) as TriageReport;
    expect(report.lines).toMatchObject({ lines: 2, unreadable: 1, failed: 1 });
    expect(report.groups).toMatchObject([{ id: 'raptor-comply/expired-api-key', count: 1 }]);
  });

  it('takes one file', async () => {
    expect((await run(['triage', '--follow', 'a', 'b'])).stderr).toContain('one file');
    expect((await run(['triage', '--follow', 'missing.log'])).code).toBe(2);
  });
});

describe('the overview of triage', () => {
  const log = [
    '2026-03-01T10:00:00Z ERROR An error occurred (ThrottlingException) when calling the PutItem operation: Rate exceeded',
    '2026-03-01T10:00:01Z ERROR An error occurred (ThrottlingException) when calling the PutItem operation: Rate exceeded',
    '2026-03-01T10:00:02Z ERROR could not open the thing',
    '2026-03-01T10:00:03Z ERROR will not close the thing',
    '2026-03-01T10:00:04Z ERROR java.net.ConnectException: Connexion refusée : connect',
  ].join('\n');

  it('has a line for each group, before the details', async () => {
    const { stdout } = await run(['triage'], { stdin: Readable.from([log]) });
    const [, overview = '', first = ''] = stdout.split('\n\n');
    expect(overview.split('\n')).toEqual([
      '1.  2  40.0 %  ThrottlingException  rate-limit  backoff',
      '2.  2  40.0 %  unrecognized         unknown     never',
      '3.  1  20.0 %  ECONNREFUSED         connection  backoff',
    ]);
    expect(first).toMatch(/^1\. {2}2/);
  });

  it('shows several lines of the group that cannot be classified', async () => {
    const { stdout } = await run(['triage'], { stdin: Readable.from([log]) });
    expect(stdout).toContain('could not open the thing');
    expect(stdout).toContain('will not close the thing');
  });
});
