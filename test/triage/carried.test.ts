import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSavedErrors } from '../../src/input/saved-error.ts';
import type { TriageReport } from '../../src/triage/report.ts';
import { blocks } from '../helpers/documented.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';
import { isThorough } from '../helpers/thorough.ts';

const FOLDER = new URL('../../fixtures/collected/', import.meta.url);
const ERRPROBE = `exec '${process.execPath}' '${fileURLToPath(new URL('../../bin/errprobe.js', import.meta.url))}' "$@"`;
const LOG = blocks.find(({ page, file }) => page === 'docs/triage.md' && file === 'app.log')?.text ?? '';

async function triage(input: string, ...options: string[]): Promise<TriageReport> {
  const { stdout } = await run(['triage', '--format', 'json', ...options], { input });
  return JSON.parse(stdout) as TriageReport;
}

/** What the tools of collectors print, by their command lines. */
const PRINTED: [command: RegExp, file: string][] = [
  [/^journalctl .*-o json$/, 'journalctl-json.log'],
  [/^journalctl .*-o cat$/, 'journalctl-cat.log'],
  [/^logcli .*-o jsonl$/, 'logcli-jsonl.log'],
  [/^logcli .*-o raw$/, 'logcli-raw.log'],
  [/^aws logs tail .*--format short$/, 'aws-tail-short.log'],
  [/^aws logs tail /, 'aws-tail-detailed.log'],
  [/^aws logs filter-log-events /, 'aws-filter-log-events.log'],
  [/^aws logs get-query-results /, 'aws-get-query-results.log'],
  [/^gcloud logging read /, 'gcloud-logging-read.log'],
];

describe('a log from a collector', () => {
  it.each(readdirSync(FOLDER))('is counted like the log itself: %s', async (name) => {
    expect(await triage(readFileSync(new URL(name, FOLDER), 'utf8'))).toEqual(await triage(LOG));
  });

  const shown = blocks.find(({ language, text }) => language === 'sh' && text.includes('journalctl'))?.text ?? '';

  it.each(shown.trim().split('\n'))('is counted by the command in the documentation: %s', async (line) => {
    const [command = '', argv = ''] = line.split(' | errprobe ');
    const [, file = ''] = PRINTED.find(([pattern]) => pattern.test(command)) ?? [];
    const recorded = new URL(file, FOLDER);
    const { stdout } = await run(['triage'], { input: LOG });
    expect((await run(argv.split(' '), { input: readFileSync(recorded) })).stdout).toBe(stdout);
    if (!isThorough) return;
    // In a shell, with a program in the place of the tool.
    const bin = emptyFolder();
    const programs = { [command.split(' ')[0] ?? '']: `cat '${fileURLToPath(recorded)}'`, errprobe: ERRPROBE };
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    const env = { HOME: bin, PATH: `${bin}${delimiter}${process.env.PATH}` };
    expect(execFileSync('sh', ['-c', line], { cwd: bin, env, encoding: 'utf8' })).toBe(stdout);
  });
});

/** Lines of programs, some with an error. */
const LINES = [
  '{"level":50,"reqId":"r-1","req":{"method":"GET","url":"/a/1"},"res":{"statusCode":429,"body":{"error":"Too Many Requests"}}}',
  '{"error":"Unauthorized","message":"API key has expired"}',
  '10.0.0.7 - - [01/Mar/2026:09:30:00 +0000] "POST /cyber-systems HTTP/1.1" 503 12',
  'Error: Request failed with status code 404',
  'level=error status=500 path=/v1/items msg="it failed"',
  'Started Session 45 of User admin.',
  '{"level":30,"msg":"took 401 ms"}',
  '{"broken":',
  '',
];
const TIME = '2026-03-01T09:00:12.000Z';
const MS = Date.parse(TIME);

/** What collectors make of a line. */
const WRAPPED: [what: string, wrap: (line: string) => unknown][] = [
  ['journald', (line) => ({ MESSAGE: line, PRIORITY: '6', __REALTIME_TIMESTAMP: `${MS}000`, _HOSTNAME: 'h' })],
  ['journald, as bytes', (line) => ({ __REALTIME_TIMESTAMP: `${MS}000`, MESSAGE: [...Buffer.from(line)] })],
  ['Docker', (line) => ({ log: `${line}\n`, stream: 'stderr', time: TIME })],
  ['Loki', (line) => ({ labels: { app: 'a' }, line, timestamp: TIME })],
  ['an event of CloudWatch', (line) => ({ timestamp: MS, message: line, ingestionTime: MS + 5 })],
  ['events of CloudWatch', (line) => ({ events: [{ timestamp: MS, message: line, logStreamName: 's' }], more: [] })],
  [
    'a row of CloudWatch',
    (line) => [
      { field: '@timestamp', value: TIME },
      { field: '@message', value: line },
      { field: '@ptr', value: 'p' },
    ],
  ],
  ['Fluent Bit', (line) => ({ date: MS / 1000, log: line, kubernetes: { pod_name: 'p', labels: { app: 'a' } } })],
  [
    'Docker in journald',
    (line) => ({ MESSAGE: JSON.stringify({ log: line, stream: 's', time: TIME }), __REALTIME_TIMESTAMP: `${MS}000` }),
  ],
  ['one that nobody has seen yet', (line) => ({ when: 1, msg: line, container_id: 'x', time: TIME })],
];

describe('a line in what a collector makes of it', () => {
  it.each(WRAPPED)('is counted and explained like the line alone: %s', async (what, wrap) => {
    // Twice, since a second line of the same form is read by what was learnt of the first.
    const lines = LINES.flatMap((line) => [line, line]).filter((line) => line !== '' || !what.includes('bytes'));
    const { lines: counts, groups, first } = await triage(lines.map((line) => JSON.stringify(wrap(line))).join('\n'));
    const alone = await triage(lines.join('\n'));
    const seen = ({ id, status, count, endpoints }: TriageReport['groups'][number]) => ({
      id,
      status,
      count,
      endpoints,
    });
    expect(groups.map(seen)).toEqual(alone.groups.map(seen));
    expect(counts).toMatchObject({ failed: alone.lines.failed, unreadable: 2 });
    expect(first).toBe(TIME);
    for (const line of LINES.slice(0, -2)) {
      const found = readSavedErrors(JSON.stringify(wrap(line)), 'x');
      expect([...found]).toEqual([...readSavedErrors(line, 'x')]);
    }
  });

  it.each([
    { timestamp: TIME, message: 'Resource not found', details: 'uri=/api/x' },
    { message: 'Invalid stream', code: 'E_STREAM', streamId: 4 },
    { error: { message: 'x' }, message: 'y', labels: {}, time: TIME },
    { message: 'No such container', container: 'c', stream: true },
    { message: 'call failed', upstream: { code: 'KEY_REVOKED' }, time: TIME },
    { level: 50, msg: '{"status":404}', hostname: 'h', containerId: 'c', time: MS },
  ])('is not what an error or a record of a logger says: %j', (body) => {
    const text = JSON.stringify(body);
    const [saved] = readSavedErrors(text, 'x');
    expect(saved?.exchange.response?.body).toBe('level' in body ? body.msg : text);
  });

  it('is explained among others where it tells of an error', () => {
    const lines = ['Started up', 'Error: HTTP 503', '2026-03-01 ERROR it broke', '{"cut":', '{"error":"Unauthorized"}'];
    const carriers = lines.map((line) => ({ timestamp: MS, message: line, logStreamName: 's' }));
    const texts = [JSON.stringify({ events: carriers }), carriers.map((one) => JSON.stringify(one)).join('\n')];
    for (const text of texts) expect([...readSavedErrors(text, 'x')]).toHaveLength(3);
  });

  it('is left alone where fields of its carrier are named', async () => {
    const line = JSON.stringify({ labels: { outcome: 503 }, line: 'done', timestamp: TIME });
    const { groups } = await triage(line, '--status-field', '/labels/outcome');
    expect(groups).toMatchObject([{ id: 'http/service-unavailable', count: 1 }]);
  });
});
