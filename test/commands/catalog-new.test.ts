import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import { templateOf } from '../../src/catalogs/starter.ts';
import { validateSource } from '../../src/schema/validate.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const BODY = '{"error":{"code":"LID_OPEN","message":"The lid of crate 7 is open","request_id":"req_1"}}';
const RESPONSE = `HTTP/1.1 409 Conflict\ncontent-type: application/json\n\n${BODY}`;

function parsed(text: string) {
  const result = validateSource(text, catalogSchema);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

describe('catalog new', () => {
  it('reads the envelope out of a response, and writes a catalog that is valid', async () => {
    const { code, stdout, stderr } = await run(['catalog', 'new', '--id', 'crates'], { input: RESPONSE });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(parsed(stdout)).toMatchObject({
      id: 'crates',
      name: 'Crates API',
      version: 2,
      envelope: { code: '/error/code', message: '/error/message', requestId: '/error/request_id' },
      entries: [{ id: 'lid-open', match: { status: [409], code: ['LID_OPEN'] }, category: 'conflict' }],
    });
    expect(stdout).toContain('# auth: { header: Authorization, value: "Bearer {key}", env: CRATES_API_KEY }\n');
    expect(stdout).toContain('    # cause: ');
  });

  it.each<[what: string, argv: string[], input: string | undefined]>([
    ['a file', ['error.json', '--status', '409'], undefined],
    ['an argument', [BODY], undefined],
    ['standard input', ['-'], RESPONSE],
  ])('takes %s', async (_, argv, input) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'error.json'), BODY);
    const given = input === undefined ? { cwd } : { cwd, input };
    const { stdout } = await run(['catalog', 'new', ...argv, '--id', 'crates'], given);
    expect(parsed(stdout).envelope).toMatchObject({ code: '/error/code', message: '/error/message' });
  });

  it.each<[string, string, object]>([
    ['problem details', '{"type":"https://e.com/p/lid-open","title":"Lid open","status":409,"detail":"Open"}', {}],
    ['a list of errors', '{"errors":[{"code":"LID_OPEN","detail":"The lid is open"}]}', { code: '/errors/0/code' }],
    ['a number as code', '{"code":1403,"msg":"lid is open"}', { code: '/code', message: '/msg' }],
    ['a message alone', '{"message":"The lid of 7 is open"}', { message: '/message' }],
  ])('writes a catalog from %s that explains the very error', async (_, body, envelope) => {
    const cwd = emptyFolder();
    const input = `HTTP/1.1 409 Conflict\ncontent-type: application/json\n\n${body}`;
    await run(['catalog', 'new', '--id', 'crates', '-o', 'crates.yaml'], { cwd, input });
    expect(parsed(readFileSync(join(cwd, 'crates.yaml'), 'utf8')).envelope).toMatchObject(envelope);
    writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');
    const lint = await run(['catalog', 'lint', '--format', 'json'], { cwd });
    expect({ ...JSON.parse(lint.stdout), files: [] }).toMatchObject({ errors: 0 });
    const { stdout } = await run(['explain', '--api', 'crates', '--format', 'json'], { cwd, input });
    expect(JSON.parse(stdout).results[0].diagnosis).toMatchObject({ api: 'crates', documented: true });
  });

  it('replaces no file unless it is told to', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'crates.yaml'), 'mine');
    const argv = ['catalog', 'new', BODY, '--id', 'crates', '-o', 'crates.yaml', '--status', '409'];
    const refused = await run(argv, { cwd });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('crates.yaml exists') });
    expect(readFileSync(join(cwd, 'crates.yaml'), 'utf8')).toBe('mine');
    expect(await run([...argv, '--force'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(join(cwd, 'crates.yaml'), 'utf8')).toContain('id: lid-open');
  });

  it.each([
    ['nothing to recognize it by', ['{"message":"x"}'], 'neither a status nor a code'],
    ['a code without a body', ['KEY_LOCKED'], 'it is no error of an API'],
    ['an ID of another form', [BODY, '--id', 'My API'], '--id takes lower-case words'],
  ])('says what is missing of %s', async (_, argv, expected) => {
    const { code, stderr } = await run(['catalog', 'new', '--id', 'crates', ...argv]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(expected) });
  });

  it('keeps secrets out of the catalog', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const { stdout } = await run(['catalog', 'new', '--id', 'crates', '--status', '401'], {
      input: `{"code":"BAD_TOKEN","message":"the token ${token} is wrong"}`,
    });
    expect(stdout).toContain('BAD_TOKEN');
    expect(stdout).not.toContain(token);
  });
});

describe('a message as a template', () => {
  it.each([
    ['Crate 7 is open', 'Crate {value} is open'],
    ['No crate "left-7" in depot d4', 'No crate "{value}" in depot {value2}'],
    ['6f1e2d3c-0b1a-4c5d-8e9f-001122334455 is gone', '{value} is gone'],
    ['The lid is open', 'The lid is open'],
  ])('of %j is %j', (message, template) => {
    expect(templateOf(message)).toBe(template);
  });
});

const CATALOG = `# Ours.
id: crates
name: Crates API
docs: { guide: Guide }
envelope: { code: /error/code, message: /error/message }
entries:
  # The lids.
  - id: lid-locked
    match: { status: 409, code: LID_LOCKED }
    category: conflict
    title: "Locked"   # short
    source: { doc: guide, section: Lids }

  - id: lid-lost
    match: { status: 409, code: LID_LOST }
    category: conflict
    title: The lid of the crate was lost, and this is a long title that no tool should wrap, ever, at any column
    source: { doc: guide, section: Lids }

# The end.
support: { contact: null, include: [] }
`;

function folder(text = CATALOG): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'crates.yaml'), text);
  writeFileSync(join(cwd, 'error.txt'), RESPONSE);
  writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');
  return cwd;
}

describe('catalog add', () => {
  it('adds an entry after the last, and changes nothing else', async () => {
    const cwd = folder();
    const { code, stdout } = await run(['catalog', 'add', 'error.txt', '--api', 'crates'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'Added crates/lid-open at crates.yaml:20.\nWrite there what causes it and what to do, and cite its source.\n',
    });
    const text = readFileSync(join(cwd, 'crates.yaml'), 'utf8');
    const [before = '', after = ''] = CATALOG.split('\n# The end.');
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(`\n# The end.${after}`)).toBe(true);
    expect(parsed(text).entries[2]).toMatchObject({
      id: 'lid-open',
      match: { status: [409], code: ['LID_OPEN'] },
      source: { doc: 'guide', section: 'not documented, seen on 2026-03-01' },
      sample: { error: { code: 'LID_OPEN' } },
    });
    const { stdout: explained } = await run(['explain', 'error.txt', '--format', 'json'], { cwd });
    expect(JSON.parse(explained).results[0].diagnosis).toMatchObject({ id: 'crates/lid-open' });
    const again = await run(['catalog', 'add', 'error.txt'], { cwd });
    expect(again).toMatchObject({ code: 2, stderr: 'error: crates/lid-open documents this error already\n' });
  });

  it.each([
    [
      'a list in flow style',
      `${CATALOG.slice(0, CATALOG.indexOf('entries:'))}entries: [{ id: lid-locked, match: { status: 409, code: LID_LOCKED }, category: conflict, title: Locked, source: { doc: guide, section: Lids } }]\n`,
    ],
    [
      'JSON',
      JSON.stringify({
        id: 'crates',
        name: 'C',
        docs: { guide: 'G' },
        envelope: { code: '/error/code' },
        entries: [
          { id: 'a', match: { code: 'A' }, category: 'conflict', title: 'A', source: { doc: 'guide', section: 'S' } },
        ],
      }),
    ],
    ['a list without indentation', CATALOG.slice(0, CATALOG.indexOf('\n# The end')).replaceAll(/^ {2}/gm, '')],
  ])('adds to %s', async (_, text) => {
    const cwd = folder(text);
    expect(await run(['catalog', 'add', 'error.txt'], { cwd })).toMatchObject({ code: 0 });
    const { entries } = parsed(readFileSync(join(cwd, 'crates.yaml'), 'utf8'));
    expect(entries.at(-1)).toMatchObject({ id: 'lid-open' });
    expect(entries.length).toBe(parsed(text).entries.length + 1);
  });

  it('names an entry without a code by its message, which tells it from others of its status', async () => {
    const cwd = folder();
    const input = '{"error":{"message":"Crate 7 is too full"}}';
    const { stdout } = await run(['catalog', 'add', '--catalog', 'crates.yaml', '--status', '409'], { cwd, input });
    expect(stdout).toMatch(/^Added crates\/crate-7-is-too-full at /);
    const { entries } = parsed(readFileSync(join(cwd, 'crates.yaml'), 'utf8'));
    expect(entries.at(-1)?.match).toEqual({ status: [409], message: ['Crate {value} is too full'] });
  });

  it.each([
    ['add', ['--catalog', 'crates.yaml'], '{"error":'],
    ['add', ['--catalog', 'crates.yaml'], '['],
    ['new', ['--id', 'boxes'], '['],
  ])('refuses a body that is deeper than a catalog may be: %s', async (command, argv, open) => {
    const body = `${open.repeat(10_000)}1${(open === '[' ? ']' : '}').repeat(10_000)}`;
    const { code, stderr } = await run(['catalog', command, body, '--status', '409', ...argv], { cwd: folder() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('levels deep') });
  });

  it.each([
    ['an API without a file', ['--api', 'victims'], '--api: the config names no catalog file for victims'],
    ['a file that is not there', ['--catalog', 'x.yaml'], 'cannot read x.yaml: there is no such file'],
  ])('says that it cannot add to %s', async (_, argv, expected) => {
    const { code, stderr } = await run(['catalog', 'add', 'error.txt', ...argv], { cwd: folder() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(expected) });
  });
});

describe('a catalog that holds a secret', () => {
  it.each([
    ['add', ['catalog', 'add', 'error.txt', '--api', 'crates']],
    ['lint --fix', ['catalog', 'lint', '--fix']],
  ])('is not rewritten by %s, which would change it', async (_, argv) => {
    const text = CATALOG.replace('title: "Locked"', `title: "Locked for ghp_${'a1B2'.repeat(9)}"`);
    const cwd = folder(text);
    const { code, stderr } = await run(argv, { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: crates.yaml:11: a secret, or what looks like one, is in it: remove it first\n',
    });
    expect(readFileSync(join(cwd, 'crates.yaml'), 'utf8')).toBe(text);
  });
});

describe('a key that an error repeats', () => {
  const key = 'key"of\\the/crates+7';
  const auth = 'auth: { header: X-Key, value: "{key}", env: CRATES_API_KEY }\n';
  const body = JSON.stringify({ error: { code: 'BAD_KEY', message: `the key ${key} is wrong` }, sent: key });

  it.each([
    ['catalog add', ['catalog', 'add', '--api', 'crates', '--status', '401', body]],
    ['catalog new', ['catalog', 'new', '--id', 'boxes', '--status', '401', '-o', 'boxes.yaml', body]],
    ['the command that explain ends with', ['explain', '--api', 'crates', '--status', '401', body]],
  ])('is not in what %s writes', async (_, argv) => {
    const cwd = folder(CATALOG.replace('docs:', `${auth}docs:`));
    const { code, stdout, stderr } = await run(argv, { cwd, env: { CRATES_API_KEY: key } });
    expect(code).toBe(0);
    const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).flatMap((one) =>
      one.isFile() ? [readFileSync(join(one.parentPath, one.name), 'utf8')] : [],
    );
    const written = [stdout, stderr, ...files].join('\n');
    expect(written).toContain('BAD_KEY');
    for (const form of [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)])
      expect(written).not.toContain(form);
  });
});

describe('explain', () => {
  it('ends with the command that adds an undocumented error to the catalog of its API', async () => {
    const cwd = folder();
    const { stdout } = await run(['explain', 'error.txt', '--api', 'crates'], { cwd });
    expect(stdout).toMatch(/\n {2}Add {4}errprobe catalog add error\.txt --api crates\n$/);
    const json = await run(['explain', 'error.txt', '--api', 'crates', '--format', 'json'], { cwd });
    const { add } = JSON.parse(json.stdout).results[0];
    expect(add).toBe('errprobe catalog add error.txt --api crates');
    expect(await run(add.split(' ').slice(1), { cwd })).toMatchObject({ code: 0 });
    expect((await run(['explain', 'error.txt', '--api', 'crates'], { cwd })).stdout).not.toContain('catalog add');
  });

  it.each([
    ['of an API whose catalog is built in', ['error.txt', '--api', 'victims']],
    ['of no API', ['{"code":"X_Y","message":"x"}']],
  ])('has no such command for an error %s', async (_, argv) => {
    expect((await run(['explain', ...argv], { cwd: folder() })).stdout).not.toContain('catalog add');
  });
});
