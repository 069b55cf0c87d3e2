import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { terminalSafe, visible } from '../../src/render/text.ts';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

/** Cursor, title, link (OSC 8), C1, DEL, bidi marks, zero-width characters, separators. */
const HOSTILE =
  'a\u001b[2Jb\u001b]0;t\u0007c\u001b]8;;http://evil.example\u001b\\d\u009b31me\u009df\u007fg\u202eh\u2066i\u200bj\u2060k\ufeffl\u0008m\u0000n\u2028o\u0085p\rq';

/** Everything that controls a terminal or deceives the reader, except errprobe's own colours. */
const RAW =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\u001b(?!\[[\d;]*m)|\r(?!\n)/;

const BODY = JSON.stringify({
  error: { code: HOSTILE, message: HOSTILE, request_id: HOSTILE },
  errors: [{ field: HOSTILE, message: HOSTILE }],
  [HOSTILE]: HOSTILE,
});

describe('no output for a terminal has a raw control character of', () => {
  const expectNone = (text: string) => {
    expect(text.length).toBeGreaterThan(0);
    expect(RAW.exec(text)?.[0]).toBeUndefined();
  };

  it.each([
    ['explain', '-v'],
    ['explain', '--format', 'json'],
    ['report', '-'],
    ['report', '-', '--format', 'json'],
    ...['pretty', 'json', 'ndjson', 'csv', 'markdown'].map((format) => ['triage', '--format', format]),
  ])('a saved error: %s %s %s', async (...words) => {
    const argv = words.filter((word) => word !== undefined);
    for (const input of [BODY, `HTTP/1.1 400 Bad\r\nx-a: ${HOSTILE.replaceAll(/[\r\n\0]/g, '')}\r\n\r\n${HOSTILE}`]) {
      const { stdout, stderr } = await run(argv, { input, tty: true, env: { FORCE_COLOR: '1' } });
      expectNone(stdout + stderr);
    }
  });

  it.each([
    ['text/plain', HOSTILE],
    ['text/event-stream', `event: ${HOSTILE}\ndata: ${BODY}\n${HOSTILE}: a\n\n`],
    ['application/x-ndjson', `${BODY}\n${HOSTILE}\n`],
    ['application/json', BODY],
    ['application/json', `${BODY}\n${HOSTILE}`],
    ['text/html', `<p ${HOSTILE}="${HOSTILE}">${HOSTILE}</p><!-- ${HOSTILE} --><${HOSTILE}>`],
    ['application/xml', `<a b='${HOSTILE}'><c>${HOSTILE}</c></a>`],
    [`image/${HOSTILE.replaceAll(/[\0\r\n]|[^\0-\xff]/g, '')}`, HOSTILE],
  ])('a body of the type %s', async (type, body) => {
    const { url } = await serve((_, response) => {
      response.setHeader('x-hostile', '\u009b31m');
      try {
        response.setHeader('content-type', type);
      } catch {
        response.setHeader('content-type', 'image/x');
      }
      response.end(body);
    });
    const { stdout, stderr } = await run(['call', 'GET', url, '-v', '-i'], { tty: true, env: { TERM: 'xterm' } });
    expectNone(stdout + stderr);
  });

  it('a server: call and check, with every report', async () => {
    const { url } = await serve((_, response) => response.writeHead(400).end(BODY));
    const cwd = emptyFolder();
    for (const words of [
      ['-v', '--include'],
      ['--format', 'json'],
      ['--report', 'a.md'],
      ['--har', 'a.har'],
    ]) {
      const { stdout, stderr } = await run(['call', 'GET', url, ...words], { cwd, tty: true });
      expectNone(stdout + stderr);
    }
    const checks = [{ name: HOSTILE, request: `GET ${url}`, tags: [HOSTILE], expect: { json: { '/a': HOSTILE } } }];
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), JSON.stringify({ checks }));
    const formats = ['junit', 'json', 'tap', 'markdown', 'html', 'github'];
    const reports = formats.flatMap((format) => ['--report', format === 'github' ? format : `${format}=-`]);
    for (const words of [['-v'], ['--format', 'json'], reports]) {
      // A spinner moves the cursor on stderr.
      expectNone((await run(['check', ...words], { cwd, tty: true })).stdout);
    }
  });

  it('a file of the project or an argument', async () => {
    const cwd = emptyFolder();
    for (const [name, text] of [
      ['.errproberc.yaml', JSON.stringify({ [HOSTILE]: 1 })],
      ['.errproberc.yaml', `apis: { ${JSON.stringify(HOSTILE)}: { key: a } }`],
      ['.errproberc.yaml', `a: [\u001b[2J`],
    ] as const) {
      writeFileSync(join(cwd, name), text);
      for (const argv of [['explain', '429'], ['doctor'], ['doctor', '--format', 'json']]) {
        const { stdout, stderr } = await run(argv, { cwd, tty: true });
        expectNone(stdout + stderr);
      }
    }
    for (const argv of [
      ['explain', HOSTILE],
      ['check', HOSTILE],
      ['call', HOSTILE, '/'],
      ['call', 'GET', HOSTILE, '--api', HOSTILE],
      [HOSTILE],
      ['explain', `--${HOSTILE}`],
    ]) {
      const { stdout, stderr } = await run(argv, { tty: true });
      expectNone(stdout + stderr);
    }
    expect(readFileSync(join(cwd, '.errproberc.yaml'), 'utf8')).toContain('\u001b');
  });
});

it('shows every character that nobody would see, and keeps its value in JSON', () => {
  const invisible = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\ufff9-\ufffb]/u;
  for (let code = 0; code < 0x110000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const text = String.fromCodePoint(code);
    // An emoji ends in one of these.
    if (!invisible.test(text) || /[\ufe0e\ufe0f]/.test(text)) continue;
    expect(visible(`a${text}b`)).toMatch(/^a(?:\\[xu][\da-f]+)+b$/);
    expect(JSON.parse(terminalSafe(JSON.stringify(text)))).toBe(text);
  }
});
