import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compact } from '../../src/json/print.ts';
import type { Report } from '../../src/model/report.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** JSON that JSON.parse changes: big and odd numbers, the order of names, duplicates, escapes. */
const ODD =
  '{"message": "no \\u0063redit\\/left","b":1,"10":12345678901234567890,"2":1.10,"a":[1e400,-0,1E3],"dup":1,"dup":2}';
const TOKENS = compact(ODD);

async function answering(body: string, status = 400) {
  const { url, requests } = await serve((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  });
  return { url, requests };
}

describe('a body of JSON keeps its own text', () => {
  it('in the report of call, in what is kept of it, in a HAR and in a ticket', async () => {
    const { url } = await answering(ODD);
    const cwd = emptyFolder();
    const files = ['--har', 'x.har', '--report', 'ticket.md'];
    const { stdout } = await run(['call', 'GET', url, '--format', 'json', ...files], { cwd });
    expect(compact(stdout)).toContain(`"body":${TOKENS}`);
    expect(() => JSON.parse(stdout)).not.toThrow();
    const again = await run(['explain', '--last', '--format', 'json'], { cwd });
    expect(compact(again.stdout)).toContain(`"body":${TOKENS}`);
    const saved = await run(['explain', '-', '--format', 'json'], { input: stdout });
    expect(compact(saved.stdout)).toContain(`"body":${TOKENS}`);
    const har = JSON.parse(readFileSync(join(cwd, 'x.har'), 'utf8'));
    expect(har.log.entries[0].response.content.text).toBe(ODD);
    const shown = (await run(['report', '--last'], { cwd })).stdout;
    for (const text of [shown, readFileSync(join(cwd, 'ticket.md'), 'utf8')]) {
      expect(compact(/```\n(\{.*?\n\})\n```/s.exec(text)?.[1] ?? '')).toBe(TOKENS);
    }
  });

  it('on a terminal, indented', async () => {
    const { url } = await answering(ODD, 200);
    const { stdout } = await run(['call', 'GET', url], { tty: true });
    expect(stdout).toContain('\n  "10": 12345678901234567890,\n  "2": 1.10,\n');
    expect(compact(stdout)).toBe(TOKENS);
  });

  it.each([
    ['a body', ODD],
    ['a record of a log', `{"level":"error","res":{"statusCode":400,"body":${ODD}}}`],
    [
      'what Docker keeps of a line',
      JSON.stringify({ log: `{"level":50,"response":{"status":400,"body":${ODD}}}`, stream: 'stderr' }),
    ],
    ['lines', `{"error":"x"}\n${ODD}`],
  ])('in the report of explain, from %s', async (_, input) => {
    const { stdout } = await run(['explain', '-', '--format', 'json'], { input });
    expect(compact(stdout)).toContain(`"body":${TOKENS}`);
  });

  it('when a check reports it', async () => {
    const { url } = await answering(ODD);
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'errprobe.checks.yaml'),
      JSON.stringify({ checks: [{ name: 'x', request: `GET ${url}/` }] }),
    );
    const reports = ['--report', 'json=x.json', '--format', 'json'];
    const { stdout } = await run(['check', ...reports], { cwd });
    for (const text of [stdout, readFileSync(join(cwd, 'x.json'), 'utf8')]) {
      expect(compact(text)).toContain(`"body":${TOKENS}`);
    }
  });

  it.each([
    ['a code', '{"error":{"code":12345678901234567890,"message":"x y z"}}', 'code', '12345678901234567890'],
    ['a code with a zero at its end', '{"error":{"code":1.10,"message":"x y z"}}', 'code', '1.10'],
    ['an id', '{"error":"bad","message":"x","request_id":12345678901234567890}', 'requestId', '12345678901234567890'],
  ])('and so does %s that is read out of it', async (_, input, member, value) => {
    const { stdout } = await run(['explain', '-', '--format', 'json'], { input });
    expect((JSON.parse(stdout) as Report).results[0]?.diagnosis).toMatchObject({ [member]: value });
    expect((await run(['explain', '-', '-v'], { input })).stdout).toContain(value);
  });

  it('when triage shows the id of an error', async () => {
    const record = '{"level":"error","reqId":12345678901234567890,"res":{"statusCode":500,"body":{"error":"boom"}}}';
    const { stdout } = await run(['triage', '-', '--format', 'json'], { input: `${record}\n${record}\n` });
    expect(stdout).toContain('"12345678901234567890"');
  });

  it('keeps the digits of an evidence', async () => {
    const { url } = await answering('{"errcode": 12345678901234567890}', 200);
    const { stdout } = await run(['call', 'GET', url, '--format', 'json']);
    expect(stdout).not.toContain('12345678901234567000');
  });

  it('is handled without overflow when it is nested 20,000 deep', async () => {
    const deep = `{"message":"too deep","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const { url } = await answering(deep);
    const call = await run(['call', 'GET', url, '--format', 'json']);
    expect(call.code).toBe(4);
    expect(compact(call.stdout)).toContain(`"body":${deep}`);
    const record = `{"level":"error","res":{"statusCode":400,"body":${deep}}}`;
    for (const input of [deep, record]) {
      const { code, stdout } = await run(['explain', '-', '--format', 'json'], { input });
      expect(code).toBe(0);
      expect(compact(stdout)).toContain(`"body":${deep}`);
    }
  });
});

describe('redaction of JSON', () => {
  it('leaves valid JSON, however a secret is escaped, cut or written as a number', async () => {
    const secrets = ['n12345secret', '87654321', 'e9secret1', 'fé-secret-1'];
    const body = String.raw`{"a":"line\n12345secret","pin":87654321,"list":[87654321.5],"b":"caf\u00e9secret1","c":"f\u00e9-secret-1","password":"hunter2-\u0041bc-99","k":"-----BEGIN PRIVATE KEY-----MIIE","z":1.10}`;
    const { url } = await answering(body);
    for (const key of secrets) {
      const { stdout } = await run(['call', 'GET', url, '-H', `X-API-Key: ${key}`, '--format', 'json']);
      expect(compact(stdout)).toContain('"z":1.10');
      expect(stdout).not.toContain('hunter2');
      expect(stdout).not.toContain('MIIE');
      const decoded: string[] = [];
      JSON.parse(stdout, (_, value) => {
        decoded.push(String(value));
        return value;
      });
      expect(decoded.filter((value) => value.includes(key))).toEqual([]);
    }
  });
});
