import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintReportSchema } from '../../src/catalogs/lint/report-schema.ts';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const CATALOG = `# The crates of the depot.
id: crates
name: Crates API
version: 2
docs: { guide: { title: Guide, date: 2026-01-01 } }
envelope: { code: /code, message: /message }
entries:
  - id: lid-locked
    match: { status: 409, code: lid_locked }
    category: conflict
    title: The lid of the crate is locked
    resolution: [Unlock the lid.]
    source: { doc: guide, section: Lids }
`;

const RENAMED = CATALOG.replace('id: lid-locked', 'id: locked');

function folder(text: string): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'crates.yaml'), text);
  writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');
  return cwd;
}

const lint = async (text: string, ...argv: string[]) => await run(['catalog', 'lint', ...argv], { cwd: folder(text) });

describe('catalog lint', () => {
  it('checks the catalogs of the config', async () => {
    expect(await lint(CATALOG)).toMatchObject({ code: 0, stdout: 'No problem in 1 catalog with 1 entry.\n' });
  });

  it('fails for errors of the form, each with its line and column', async () => {
    const { code, stdout } = await lint(CATALOG.replace('category: conflict', 'category: conflit'), 'crates.yaml');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^crates\.yaml\n {2}10:15 {2}error {4}entries “lid-locked”\.category: write one of/);
    expect(stdout).toContain('(schema)\n');
    expect(stdout).toMatch(/\n1 error in 1 catalog with 0 entries\.\n$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each([
    [[], 0],
    [['--strict'], 1],
  ])('lets warnings pass, but not with %j', async (argv, expected) => {
    const { code, stdout } = await lint(CATALOG.replace('2026-01-01', '2024-01-01'), ...argv);
    expect({ code, warns: stdout.includes('5:38  warning  “Guide” was read on 2024-01-01') }).toEqual({
      code: expected,
      warns: true,
    });
  });

  it('compares IDs with a previous file', async () => {
    const cwd = folder(RENAMED);
    writeFileSync(join(cwd, 'old.yaml'), CATALOG);
    const { code, stdout } = await run(['catalog', 'lint', 'crates.yaml', '--previous', 'old.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('8:9  error    locked: the ID was lid-locked in old.yaml;');
    expect(stdout).toContain('IDs compared with old.yaml.');
  });

  it.skipIf(!isInstalled('git'))('compares IDs with git (needs git)', async () => {
    const cwd = folder(CATALOG);
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    const git = (...argv: string[]) => execFileSync('git', [...who, ...argv], { cwd, stdio: 'ignore' });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'Add the catalog');
    writeFileSync(join(cwd, 'crates.yaml'), RENAMED);
    const env = { PATH: process.env.PATH ?? '', HOME: cwd };
    const seen = async (...argv: string[]) => (await run(['catalog', 'lint', ...argv], { cwd, env })).stdout;
    expect(await seen()).toContain('the ID was lid-locked in HEAD;');
    git('commit', '-qam', 'Rename an entry');
    expect(await seen()).toContain('No problem in 1 catalog with 1 entry; IDs compared with HEAD.');
    expect(await seen('--since', 'HEAD~1')).toContain('the ID was lid-locked in HEAD~1;');
    const { code, stderr } = await run(['catalog', 'lint', '--since', 'no-such'], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: --since: git knows no revision no-such here\n' });
  });

  it('prints JSON, annotations for GitHub, and SARIF', async () => {
    const broken = CATALOG.replace('doc: guide', 'doc: page');
    const json = await lint(broken, '--format', 'json');
    const report = lintReportSchema.parse(JSON.parse(json.stdout));
    expect(report).toMatchObject({ ok: false, exit: { code: 1 }, errors: 1, warnings: 0 });
    expect(report.files[0]).toMatchObject({
      path: 'crates.yaml',
      catalog: 'crates',
      findings: [{ rule: 'source', severity: 'error', entry: 'lid-locked', line: 13, column: 13 }],
    });
    const github = await lint(broken, '--format', 'github');
    expect(github.stdout).toMatch(/^::error file=crates\.yaml,line=13,col=13,title=source::lid-locked: docs has no/);
    const sarif = JSON.parse((await lint(broken, '--format', 'sarif')).stdout);
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'errprobe' } } }] });
    const [{ ruleId, ruleIndex, level, locations }] = sarif.runs[0].results;
    expect([ruleId, level, sarif.runs[0].tool.driver.rules[ruleIndex].id]).toEqual(['source', 'error', 'source']);
    expect(locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'crates.yaml' },
      region: { startLine: 13, startColumn: 13 },
    });
  });

  it.each([
    ['a file that is not there', ['nowhere.yaml'], 'cannot read nowhere.yaml: there is no such file'],
    ['a glob of nothing', ['*.yml'], 'no file matches *.yml'],
    ['several files and one previous', ['crates.yaml', 'x.yaml', '--previous', 'o.yaml'], '--previous compares'],
  ])('cannot work with %s', async (_, argv, expected) => {
    const { code, stderr } = await lint(CATALOG, ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });

  it('asks for a file where the config has no catalogs', async () => {
    const { code, stderr } = await run(['catalog', 'lint']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: name a catalog file: the config has no catalogs of your own\n',
    });
  });

  it('upgrades a file of version 1 with --fix, and keeps its comments', async () => {
    const cwd = folder(
      CATALOG.replace('version: 2\n', '').replace('{ title: Guide, date: 2026-01-01 }', 'Guide # ours\n'),
    );
    const file = join(cwd, 'crates.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('docs: { guide: Guide # ours\n }', 'docs:\n  guide: Guide # ours'),
    );
    const { code, stdout } = await run(['catalog', 'lint', '--fix'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'crates.yaml\n  upgraded to version 2\n\nNo problem in 1 catalog with 1 entry.\n',
    });
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# The crates of the depot\.\n/);
    expect(text).toMatch(/\nversion: 2\n/);
    expect(text).toMatch(/guide: \{.*\} # ours\n/);
    expect((await run(['catalog', 'lint', '--fix'], { cwd })).stdout).toBe('No problem in 1 catalog with 1 entry.\n');
  });

  it('leaves the file as it is', async () => {
    const cwd = folder(CATALOG);
    await run(['catalog', 'lint'], { cwd });
    expect(readFileSync(join(cwd, 'crates.yaml'), 'utf8')).toBe(CATALOG);
  });
});
