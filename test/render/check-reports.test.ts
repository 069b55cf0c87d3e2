import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { jsonSchemas } from '../../build/schemas.ts';
import { isInstalled } from '../helpers/programs.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, type Run, run } from '../helpers/terminal.ts';

const FORTY = fileURLToPath(new URL('../../fixtures/checks/forty.yaml', import.meta.url));
const XSD = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

const FILES = { junit: 'out.xml', json: 'out.json', tap: 'out.tap', markdown: 'out.md', html: 'out.html' };

/**
 * Runs the forty checks in sequence and writes every report; ports and durations are normalised.
 */
async function fortyChecks(env: Record<string, string> = {}): Promise<Run & { file(name: string): string }> {
  const cwd = emptyFolder();
  copyFileSync(FORTY, join(cwd, 'forty.yaml'));
  const reports = Object.entries(FILES).flatMap(([format, file]) => ['--report', `${format}=${file}`]);
  const result = await run(['check', 'forty.yaml', '--mock', '--jobs', '1', '--no-color', ...reports], {
    cwd,
    env,
    // Wide enough that no line is wrapped at a port.
    columns: 120,
  });
  return {
    ...result,
    stdout: evened(result.stdout),
    file: (name) => evened(readFileSync(join(cwd, name), 'utf8')),
  };
}

function evened(text: string): string {
  return (
    text
      .replaceAll(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT')
      .replaceAll(/(\S) {2}\d[\d.]* m?s {2}(?=[a-z-]+\/)/g, '$1  N ms  ')
      .replaceAll(/"timings": \{[^}]*\}/g, '"timings": "…"')
      .replaceAll(/"date": "[^"]*"/g, '"date": "…"')
      // The time zone is that of the machine.
      .replaceAll(/(<time datetime="[^"]*">)[^<]*/g, '$1…')
      .replaceAll(/^date: .*$/gm, 'date: …')
      .replaceAll(/(?<=<pre>|\n)date: [^\n<]*/g, 'date: …')
  );
}

describe('the reports of forty checks', () => {
  it.each(['pretty.txt', 'out.xml', 'out.json', 'out.tap', 'out.md', 'out.html', 'github.txt', 'summary.md'])(
    'are as they were reviewed: %s',
    async (name) => {
      const onGitHub = name === 'github.txt' || name === 'summary.md';
      const env = onGitHub ? { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' } : {};
      const { code, stdout, file } = await fortyChecks(env);
      expect(code).toBe(1);
      const text = name === 'pretty.txt' || name === 'github.txt' ? stdout : file(name);
      await expect(text).toMatchFileSnapshot(`../golden/checks/${name.replace('out.', 'forty.')}`);
    },
  );
});

/**
 * Checks whose names and bodies contain everything that might end a text early in one of the
 * formats.
 */
const HOSTILE = [
  '</title><script>document.title="owned"</script>',
  ']]>&amp;"\'<failure message="x">',
  '::error file=x::owned %0A',
  '# SKIP not ok\n...\n---',
  '| a | `b` ``c`` ![x](http://x) <!-- @everyone',
  '\u0000\u0008\ufffe\ud800\u202e\u001b[31m',
];

async function hostileReports(): Promise<{ file(name: string): string; stdout: string }> {
  const cwd = emptyFolder();
  const { url } = await serve((request, response) => {
    const i = Number(request.url?.slice(1));
    response.writeHead(400, { 'content-type': 'application/json', 'x-request-id': 'a"<b>' });
    response.end(JSON.stringify({ error: HOSTILE[i], message: HOSTILE[i] }));
  });
  const checks = HOSTILE.map((text, i) => ({ name: `${i} ${text}`, request: `GET ${url}/${i}` }));
  writeFileSync(join(cwd, 'a&<".json'), JSON.stringify({ checks }));
  const reports = Object.entries(FILES).flatMap(([format, file]) => ['--report', `${format}=${file}`]);
  const { stdout } = await run(['check', 'a&<".json', '--jobs', '1', '--report', 'github', ...reports], { cwd });
  return { stdout, file: (name) => readFileSync(join(cwd, name), 'utf8') };
}

describe('reports of hostile bodies', () => {
  it('are valid JUnit, with the right counts', async () => {
    for (const text of [(await hostileReports()).file('out.xml'), (await fortyChecks()).file('out.xml')]) {
      const { valid, errors } = await validateXML({
        xml: [{ fileName: 'out.xml', contents: text }],
        schema: [{ fileName: 'junit.xsd', contents: XSD }],
      });
      expect(errors).toEqual([]);
      expect(valid).toBe(true);
    }
    const { file } = await fortyChecks();
    expect(file('out.xml')).toMatch(/<testsuites name="errprobe check" tests="40" failures="10" errors="2" /);
  });

  it('are TAP with one line for each point', async () => {
    const text = (await hostileReports()).file('out.tap');
    const points = text.split('\n').filter((line) => /^(?:not )?ok\b/.test(line));
    expect(points).toHaveLength(HOSTILE.length);
    expect(points.every((line) => line.startsWith('not ok') && !/[^\\]# SKIP/.test(line))).toBe(true);
  });

  it('are annotations with one command on each line', async () => {
    const { stdout } = await hostileReports();
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(HOSTILE.length);
    expect(commands.every((line) => line.startsWith('::error file=a&<".json,line='))).toBe(true);
  });

  it('are Markdown without markup of their own', async () => {
    const text = (await hostileReports()).file('out.md');
    const outside = text.replaceAll(/(`+)(?:(?!\1).)*\1/g, '');
    expect(outside).not.toMatch(/<script|<!--|!\[x\]|@everyone/);
    expect(
      text
        .split('\n')
        .filter((line) => /^\| \d/.test(line))
        .every((line) => line.split(/(?<!\\)\|/).length === 6),
    ).toBe(true);
  });

  it('are JSON that fits the schema', async () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      jsonSchemas()['report.json'] as object,
    );
    for (const text of [(await hostileReports()).file('out.json'), (await fortyChecks()).file('out.json')]) {
      const report = JSON.parse(text.replaceAll('"timings": "…"', '"timings": null'));
      validate(report);
      expect(validate.errors).toBeNull();
    }
  });

  it.skipIf(!isInstalled('chromium'))(
    'are a page that a browser shows and that runs nothing (needs chromium)',
    async () => {
      const cwd = emptyFolder();
      const { file } = await hostileReports();
      writeFileSync(join(cwd, 'out.html'), file('out.html'));
      const { stdout: dom } = await promisify(execFile)(
        'chromium',
        [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          `--user-data-dir=${cwd}/profile`,
          '--window-size=375,800',
          '--dump-dom',
          `file://${cwd}/out.html`,
        ],
        { maxBuffer: 10_000_000 },
      );
      expect(dom).toContain('<title>Failed: 6 failed in');
      expect(dom.match(/<script/g)).toBeNull();
      expect(dom.match(/class="check is-failed"/g)).toHaveLength(HOSTILE.length);
      expect(dom).toContain('&lt;script&gt;document.title="owned"&lt;/script&gt;');
      expect(dom).toMatch(/<rect class="bar failed"/);
    },
  );
});
