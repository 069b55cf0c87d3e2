import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coverageSchema } from '../../src/catalogs/coverage-schema.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const CATALOG = `id: crates
name: Crates API
docs: { guide: Guide }
hosts: [crates.example.com]
envelope: { code: /code, message: /message }
entries:
  - { id: lid-locked, match: { status: 409, code: LID_LOCKED }, category: conflict, title: The lid is locked, source: { doc: guide, section: A } }
  - { id: lid-lost, match: { status: 410, code: LID_LOST }, category: not-found, title: The lid is lost, source: { doc: guide, section: A } }
  - { id: lid-stuck, match: { status: 409, code: LID_STUCK }, category: conflict, title: The lid is stuck, source: { doc: guide, section: A } }
`;

const line = (time: string, status: number, body: unknown) =>
  JSON.stringify({ time: `2026-02-0${time}T10:00:00Z`, level: 'error', status, body: JSON.stringify(body) });

/** Two documented errors, twice one that is not, and a gateway's page. */
const LOG = [
  line('1', 409, { code: 'LID_LOCKED', message: 'locked' }),
  line('2', 409, { code: 'LID_AJAR', message: 'The lid is ajar' }),
  line('3', 409, { code: 'LID_LOCKED', message: 'locked' }),
  line('4', 409, { code: 'LID_AJAR', message: 'The lid is ajar' }),
  line(
    '5',
    502,
    '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
  ),
  JSON.stringify({ time: '2026-02-06T10:00:00Z', level: 'info', status: 200 }),
].join('\n');

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'crates.yaml'), CATALOG);
  writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');
  writeFileSync(join(cwd, 'app.log'), LOG);
  return cwd;
}

async function covered(argv: string[], given: Parameters<typeof run>[1] = {}) {
  const result = await run(['catalog', 'coverage', ...argv, '--format', 'json'], { cwd: folder(), ...given });
  return { code: result.code, report: coverageSchema.parse(JSON.parse(result.stdout)) };
}

const EXPECTED = {
  catalog: { id: 'crates', entries: 3 },
  errors: 5,
  elsewhere: 1,
  seen: [{ id: 'crates/lid-locked', count: 2, first: '2026-02-01T10:00:00.000Z', last: '2026-02-03T10:00:00.000Z' }],
  unseen: [{ id: 'crates/lid-lost' }, { id: 'crates/lid-stuck' }],
  undocumented: [{ status: 409, code: 'LID_AJAR', message: 'The lid is ajar', count: 2 }],
};

describe('catalog coverage', () => {
  it.each<[string, string[], Parameters<typeof run>[1]]>([
    ['a log of the API', ['app.log', '--api', 'crates'], {}],
    ['a log, for the only catalog of the config', ['app.log'], {}],
    ['a glob', ['*.log'], {}],
    ['standard input', ['--api', 'crates'], { input: LOG }],
  ])('compares the catalog with %s', async (_, argv, given) => {
    const { code, report } = await covered(argv, given);
    expect(code).toBe(0);
    expect(report).toMatchObject(EXPECTED);
  });

  it('adds up the counts of several inputs, also those that triage counted', async () => {
    const cwd = folder();
    await run(['triage', 'app.log', '--partial', 'counts.json'], { cwd });
    const { report } = await covered(['app.log', 'counts.json', '--api', 'crates'], { cwd });
    expect(report).toMatchObject({ errors: 10, seen: [{ count: 4 }], undocumented: [{ count: 4 }] });
  });

  it('reads the report of checks', async () => {
    const cwd = folder();
    const env = { CRATES_API_KEY: 'key-of-the-crates', HOME: cwd };
    writeFileSync(
      join(cwd, 'checks.yaml'),
      'api: crates\nchecks:\n  - { name: lost, request: GET /lids, mock: lid-lost, expect: { error: crates/lid-lost } }\n',
    );
    writeFileSync(
      join(cwd, 'crates.yaml'),
      CATALOG.replace(
        'hosts:',
        'baseUrl: https://crates.example.com\nauth: { header: X-Key, value: "{key}", env: CRATES_API_KEY }\nhosts:',
      ),
    );
    await run(['check', 'checks.yaml', '--mock', '--report', 'json=report.json'], { cwd, env });
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toContain('crates/lid-lost');
    const { report } = await covered(['report.json', '--api', 'crates'], { cwd, env });
    expect(report).toMatchObject({ seen: [{ id: 'crates/lid-lost', count: 1 }], undocumented: [] });
  });

  it.each([
    ['that is cut', '{"schema":"errprobe/report@1","results":[{', 2],
    ['with anything in place of a list', '{"schema":"errprobe/report@1","results":{"a":1}}', 0],
    [
      'with anything in place of a result',
      '{"schema":"errprobe/report@1","results":[null,{"diagnosis":[],"attempts":{}}]}',
      0,
    ],
  ])('reads a report %s', async (_, text, expected) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'report.json'), text);
    const { code } = await run(['catalog', 'coverage', 'report.json', '--api', 'crates'], { cwd });
    expect(code).toBe(expected);
  });

  it.each([0.5, 1e21, -1, 'x'])('takes no status of %s from a report', async (status) => {
    const cwd = folder();
    const diagnosis = { id: 'http/not-found', status, category: 'not-found', title: 'Not found' };
    const text = JSON.stringify({ schema: 'errprobe/report@1', results: [{ diagnosis }] });
    writeFileSync(join(cwd, 'report.json'), text);
    const argv = ['catalog', 'coverage', 'report.json', '--api', 'crates', '--format', 'json'];
    const { stdout } = await run(argv, { cwd });
    expect(JSON.parse(stdout).undocumented).toMatchObject([{ id: 'http/not-found', status: null }]);
  });

  it('fails with --exit-code if undocumented errors were seen', async () => {
    expect(await covered(['app.log', '--exit-code'])).toMatchObject({ code: 1, report: { ok: false } });
  });

  it('prints a table that fits the terminal', async () => {
    const { stdout } = await run(['catalog', 'coverage', 'app.log'], { cwd: folder() });
    expect(stdout).toBe(`Crates API: 1 of 3 documented errors seen; 1 kind of error undocumented.
5 errors from 2026-02-01 to 2026-02-05; 1 of them from elsewhere.

Not documented
  2  409  LID_AJAR  The lid is ajar  2026-02-04

Documented and seen
  2  crates/lid-locked  The lid is locked  2026-02-03

Documented, never seen
  crates/lid-lost, crates/lid-stuck
`);
  });

  it.each([
    ['a file that is not there', ['x.log', '--api', 'crates'], 'cannot read x.log'],
    ['no API that could be meant', ['app.log', '--api', 'boxes'], 'there is no API "boxes"'],
  ])('says that there is %s', async (_, argv, expected) => {
    const { code, stderr } = await run(['catalog', 'coverage', ...argv], { cwd: folder() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(expected) });
  });
});
