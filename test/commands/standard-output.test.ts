import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../helpers/server.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const api = () =>
  serve((_, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no item"}'));

const LINE = '{"status":500,"url":"/x","time":"2026-03-01T12:00:00Z"}\n';

describe('a file called -', () => {
  it.each<[argv: string[], begins: RegExp]>([
    [['call', 'URL', '--har', '-'], /^\{\s+"log": \{/],
    [['call', 'URL', '--report', '-'], /^## 404 no item\n/],
    [['check', '--report', 'junit=-'], /^<\?xml /],
    [['check', '--report', 'markdown=-'], /^## ❌ errprobe: /],
    [['triage', '--partial', '-', 'log'], /^\{"schema":"errprobe\/triage-partial@1"/],
    [['report', '-o', '-', 'error.json'], /^## 404 /],
  ])('is standard output, which nothing else goes to: %j', async (argv, begins) => {
    const { url } = await api();
    const cwd = emptyFolder();
    const files = {
      log: LINE,
      'error.json': '{"status":404,"message":"no item"}',
      'errprobe.checks.yaml': JSON.stringify({ checks: [{ name: 'a', request: `GET ${url}/` }] }),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const said = argv.map((word) => word.replace('URL', url));
    const { stdout, stderr } = await run(said, { cwd, input: '' });
    expect(stderr).not.toMatch(/^error:/m);
    expect(stdout).toMatch(begins);
    // A body or a report of another kind would follow.
    expect(stdout.match(/no item"\}$|passed|Act {4}/)).toBeNull();
    expect(readdirSync(cwd).filter((name) => name === '-')).toEqual([]);
  });
});

describe('text that came in another encoding', () => {
  it('is read in the diagnosis as its charset says, and passed on byte for byte', async () => {
    const body = Buffer.from('{"error":"bad","message":"Gr\u00f6\u00dfe ist ung\u00fcltig"}', 'latin1');
    const { url } = await serve((_, response) =>
      response.writeHead(400, { 'content-type': 'application/json; charset=iso-8859-1' }).end(body),
    );
    const { stderr, stdout } = await run(['call', url, '-o', 'x']);
    expect(stderr).toContain('400 Bad Request  Größe ist ungültig');
    // The helper decodes standard output as UTF-8.
    expect(stdout).toBe(body.toString('utf8'));
    const shown = await run(['call', url], { tty: true });
    expect(shown.stdout).toContain('"Größe ist ungültig"');
    const json = await run(['call', url, '--format', 'json']);
    expect(JSON.parse(json.stdout).results[0].diagnosis.message).toBe('Größe ist ungültig');
  });

  it('has the line breaks of Windows nowhere as characters', async () => {
    const page = ['<html>', '<head><title>502 Bad Gateway</title></head>', '<h1>502 Bad Gateway</h1>', 'nginx', ''];
    for (const [type, body] of [
      ['text/html', page.join('\r\n')],
      ['text/plain', 'the first line\r\nthe second line\r\n'],
      ['application/json', '{\r\n  "message": "one\\r\\ntwo"\r\n}\r\n'],
    ] as const) {
      const { url } = await serve((_, response) => response.writeHead(502, { 'content-type': type }).end(body));
      const shown = await run(['call', url, '-i', '-v'], { tty: true });
      expect(shown.stdout + shown.stderr).not.toMatch(/\\x0d|\\r(?!\\n)|\r(?!\n)/);
      const piped = await run(['call', url]);
      expect(piped.stdout).toBe(body);
      expect(piped.stderr).not.toMatch(/\\x0d|\r/);
    }
  });
});

describe('a plain key in the config of a project', () => {
  const KEY = 'k-2718281828459045';

  it.each([
    ['a built-in API', 'raptor-comply', 'RAPTOR_COMPLY_API_KEY'],
    ['an API of its own', 'my-api', 'MY_API_KEY'],
  ])('gets a warning that names the variable to use: %s', async (_, id, variable) => {
    const { url } = await serve((_, response) => response.end('[]'));
    const cwd = emptyFolder();
    const config = `apis:\n  ${id}:\n    baseUrl: ${url}\n    auth: bearer\n    key: ${KEY}\n`;
    writeFileSync(join(cwd, '.errproberc.yaml'), config);
    writeFileSync(join(cwd, 'errprobe.checks.yaml'), 'checks: [{ name: a, request: GET /x }]');
    const HOME = emptyFolder();
    for (const argv of [
      ['call', '/x', '--api', id],
      ['check', '--api', id],
    ]) {
      const { code, stdout, stderr } = await run(argv, { cwd, env: { HOME } });
      expect({ argv, code }).toEqual({ argv, code: 0 });
      expect(stderr).toContain(`.errproberc.yaml:5: the key of ${id} is in a file of the project`);
      expect(stderr).toContain(`set ${variable} instead, and write key: { env: ${variable} }`);
      expect(stdout + stderr).not.toContain(KEY);
      expect((await run([...argv, '--quiet'], { cwd, env: { HOME } })).stderr).not.toContain('warning');
    }
    const { stdout } = await run(['doctor', id], { cwd, env: { HOME } });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`set ${variable} instead`);
    expect(stdout).not.toContain(KEY);
  });

  it('gets none in the own config of the user', async () => {
    const { url } = await serve((_, response) => response.end('[]'));
    const HOME = emptyFolder();
    mkdirSync(join(HOME, '.config', 'errprobe'), { recursive: true });
    writeFileSync(
      join(HOME, '.config', 'errprobe', 'config.yaml'),
      `apis: { mine: { baseUrl: "${url}", auth: bearer, key: ${KEY} } }`,
    );
    const { code, stderr } = await run(['call', '/x', '--api', 'mine'], { cwd: emptyFolder(), env: { HOME } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

it('the doctor says how to begin where nothing is configured', async () => {
  const { code, stdout } = await run(['doctor']);
  const text = stdout.replaceAll(/\s+/g, ' ');
  expect(code).toBe(0);
  expect(text).toContain('config none found; run errprobe init to write one, or set the variable of a key below');
  expect(text).toContain('victims: key not in use: VICTIMS_API_KEY is not set');
});

describe('the file of a cookie jar', () => {
  const OLD = 'oldsession-2718281828';
  const NEW = 'newsession-3141592653';

  it('is the only place that has its cookies', async () => {
    const { url } = await serve((request, response) => {
      const headers = { 'content-type': 'application/json', 'set-cookie': `sid=${NEW}; Path=/; HttpOnly` };
      response.writeHead(401, headers).end(JSON.stringify({ message: `who is ${request.headers.cookie}?` }));
    });
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'jar.txt'), `127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\t${OLD}\n`, { mode: 0o600 });
    const jar = ['-b', 'jar.txt', '-c', 'new.txt'];
    let text = '';
    for (const more of [
      ['-v'],
      ['--format', 'json', '--har', 'a.har', '--report', 'ticket.md'],
      ['--dry-run'],
      ['--curl'],
      ['--curl', '--format', 'json'],
    ]) {
      const ran = await run(['call', url, ...jar, ...more], { cwd });
      text += ran.stderr + (more[0] === '-v' ? '' : ran.stdout);
    }
    text += (await run(['explain', '--last', '-v'], { cwd })).stdout;
    text += (await run(['report'], { cwd })).stdout;
    text += readFileSync(join(cwd, 'a.har'), 'utf8') + readFileSync(join(cwd, 'ticket.md'), 'utf8');
    expect(text).not.toMatch(new RegExp(`${OLD}|${NEW}`));
    const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter((entry) =>
      new RegExp(`${OLD}|${NEW}`).test(readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    );
    expect(holding.map(({ name }) => name).sort()).toEqual(['jar.txt', 'new.txt']);
    expect(readFileSync(join(cwd, 'new.txt'), 'utf8')).toContain(
      `#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\t${NEW}`,
    );
  });
});
