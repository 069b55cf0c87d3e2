import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/cli.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder } from '../helpers/terminal.ts';
import { isThorough } from '../helpers/thorough.ts';

/** The most memory for a response or a file, in kilobytes. */
const LIMIT = 200 * 1024;

const SIZE = 10 * 1024 * 1024 - 100;
const repeated = (unit: string) => unit.repeat(Math.floor(SIZE / unit.length));
const BODIES: Record<string, string> = {
  'lists in a list': `[${repeated('[],')}0]`,
  'one long message': `{"error":"bad","message":"${repeated('x y ')}"}`,
  'XML elements': `<e>${repeated('<a/>')}</e>`,
};

/**
 * Writes the process's peak memory in kilobytes to stderr, as the last line. `maxRSS` starts with that of the process
 * that started it, so Linux is asked.
 */
const REPORT = `data:text/javascript,import{readFileSync}from'node:fs';process.on('exit',()=>{
  let peak=process.resourceUsage().maxRSS;
  try{peak=/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1]}catch{}
  console.error('\\n'+peak)})`;
const env = { NODE_OPTIONS: `--import=${encodeURI(REPORT)}` };
const peak = (stderr: string) => Number(stderr.trimEnd().split('\n').at(-1));

describe('the memory that a hostile body takes', () => {
  it.each(Object.entries(BODIES))('is limited in call and explain for %s', async (_, body) => {
    const { url } = await serve((_request, response) => response.writeHead(400).end(body));
    const called = await cli(['call', 'GET', url], { env });
    expect(called.code).toBe(4);
    expect(peak(called.stderr)).toBeLessThan(LIMIT);
    const explained = await cli(['explain', '-'], { env, input: body });
    expect(peak(explained.stderr)).toBeLessThan(LIMIT);
  });

  // Each is six characters in JSON.
  const CONTROLS = '\0'.repeat(SIZE);

  it('is limited in the report, the HAR and the ticket of a call', async () => {
    const { url } = await serve((_request, response) => response.writeHead(400).end(CONTROLS));
    const cwd = emptyFolder();
    const argv = ['call', 'GET', url, '--format', 'json', '--har', 'a.har', '--report', 'a.json'];
    const called = await cli(argv, { env, cwd });
    expect(peak(called.stderr)).toBeLessThan(LIMIT);
    expect(JSON.parse(called.stdout).results[0].response.body).toBe(CONTROLS);
    expect(JSON.parse(readFileSync(join(cwd, 'a.har'), 'utf8')).log.entries[0].response.content.text).toBe(CONTROLS);
  });

  it('is that of one body for checks that run at once', async () => {
    const { url } = await serve((_request, response) => response.writeHead(400).end(CONTROLS));
    const cwd = emptyFolder();
    const checks = Array.from({ length: 12 }, (_, i) => ({ name: `check ${i}`, request: `GET ${url}/${i}` }));
    writeFileSync(join(cwd, 'errprobe.checks.json'), JSON.stringify({ checks }));
    const { code, stdout, stderr } = await cli(['check', '--jobs', '6'], { env, cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('12 failed');
    expect(peak(stderr)).toBeLessThan(LIMIT);
  });
});

describe.runIf(process.env.ERRPROBE_THOROUGH !== undefined)('the memory that a HAR of many errors takes', () => {
  it('is limited in explain, whatever each of its requests is sent with', async () => {
    const entries = Array.from({ length: 5000 }, (_, i) => {
      const headers = [
        { name: 'Authorization', value: `Bearer token-${i}-abcdefXYZ` },
        { name: 'Cookie', value: `sid=session${i}abcdef` },
      ];
      const text = JSON.stringify({ error: { code: `E${i % 50}`, message: `no ${i}`, trace: `x${i} `.repeat(90) } });
      const response = { status: [404, 429, 500, 401][i % 4], headers: [], content: { text } };
      return { request: { method: 'POST', url: `https://api.example.com/orders/${i}`, headers }, response };
    });
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'a.har'), JSON.stringify({ log: { entries } }));
    const { code, stderr } = await cli(['explain', 'a.har', '--format', 'json'], { env, cwd });
    expect(code).toBe(0);
    expect(peak(stderr)).toBeLessThan(LIMIT);
  });
});

describe('the memory that a large file takes', () => {
  const SIZE = 300 * 1024 * 1024;

  it.each([[['-T', 'big.bin']], [['-F', 'a=1', '-F', 'f=@big.bin']]])(
    'is limited when it is sent: %j',
    async (argv) => {
      const cwd = emptyFolder();
      writeFileSync(join(cwd, 'big.bin'), '');
      truncateSync(join(cwd, 'big.bin'), SIZE);
      let came = 0;
      const { url, requests } = await serve((request, response) => {
        request.on('data', (piece: Buffer) => {
          came += piece.length;
        });
        request.on('end', () => response.end('{}'));
      });
      const called = await cli(['call', url, ...argv], { env, cwd });
      expect(called.code).toBe(0);
      expect(Number(requests[0]?.headers['content-length'])).toBe(came);
      expect(came).toBeGreaterThanOrEqual(SIZE);
      expect(peak(called.stderr)).toBeLessThan(LIMIT);
    },
  );

  it.runIf(isThorough)('is limited when a list of JSON is counted', async () => {
    const cwd = emptyFolder();
    const item = (i: number) => ({ level: 50, reqId: `r-${i}`, res: { statusCode: 500, body: { code: `E${i}` } } });
    const items = Array.from({ length: 100_000 }, (_, i) => JSON.stringify({ ...item(i), padding: 'x'.repeat(900) }));
    writeFileSync(join(cwd, 'list.json'), `[${items.join(',')}]`);
    const { stdout, stderr } = await cli(['triage', 'list.json'], { env, cwd });
    expect(stdout).toContain('100,000 of 100,000 lines');
    expect(peak(stderr)).toBeLessThan(200 * 1024);
  });
});
