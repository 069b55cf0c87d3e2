import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, run } from '../helpers/terminal.ts';

const YAML = `id: crates
name: Crates API
version: 2
docs: { page: Crates }
envelope: { code: /code, message: /message }
entries:
  - id: lid-open
    match: { status: 409, code: LID_OPEN }
    category: conflict
    title: The lid is open
    cause: Nobody closed it.
    source: { doc: page, section: Codes }
`;

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'crates.yaml'), YAML);
  writeFileSync(join(cwd, '.errproberc.yaml'), 'catalogs: [crates.yaml]\n');
  return cwd;
}

async function causeIn(cwd: string): Promise<string> {
  const input = 'HTTP/1.1 409 Conflict\ncontent-type: application/json\n\n{"code":"LID_OPEN","message":"x"}';
  const { stdout } = await run(['explain', '--format', 'json'], { cwd, input });
  return JSON.parse(stdout).results[0].diagnosis.cause;
}

const cacheOf = (cwd: string) => join(cwd, '.cache', 'errprobe', 'catalogs');

/** The only file in the cache. */
function kept(cwd: string): string {
  const names = readdirSync(cacheOf(cwd));
  expect(names).toHaveLength(1);
  return join(cacheOf(cwd), names[0] ?? '');
}

describe('the cache of compiled catalogs', () => {
  it('is read only by its user, and gives what the file gives', async () => {
    const cwd = folder();
    expect(await causeIn(cwd)).toBe('Nobody closed it.');
    expect(statSync(cacheOf(cwd)).mode & 0o777).toBe(0o700);
    expect(statSync(kept(cwd)).mode & 0o777).toBe(0o600);
    const before = statSync(kept(cwd)).mtimeMs;
    expect(await causeIn(cwd)).toBe('Nobody closed it.');
    expect(statSync(kept(cwd)).mtimeMs).toBe(before);
  });

  it('does not hide a change of the file', async () => {
    const cwd = folder();
    await causeIn(cwd);
    writeFileSync(join(cwd, 'crates.yaml'), YAML.replace('Nobody closed it.', 'The hinge broke.'));
    expect(await causeIn(cwd)).toBe('The hinge broke.');
  });

  it.each([
    ['changed', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('Nobody', 'Mallory'))],
    ['cut', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['readable by others', (file: string) => [writeFileSync(file, changed(file)), chmodSync(file, 0o644)]],
    [
      'a link',
      (file: string) => {
        writeFileSync(`${file}.elsewhere`, changed(file), { mode: 0o600 });
        unlinkSync(file);
        symlinkSync(`${file}.elsewhere`, file);
      },
    ],
  ])('compiles anew where the kept file is %s', async (_, spoil) => {
    const cwd = folder();
    await causeIn(cwd);
    spoil(kept(cwd));
    expect(await causeIn(cwd)).toBe('Nobody closed it.');
  });

  it('is not used where others can write to its folder', async () => {
    const cwd = folder();
    await causeIn(cwd);
    const file = kept(cwd);
    writeFileSync(file, changed(file));
    chmodSync(cacheOf(cwd), 0o777);
    expect(await causeIn(cwd)).toBe('Nobody closed it.');
  });

  it('is not needed', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, '.cache'), 'no folder');
    expect(await causeIn(cwd)).toBe('Nobody closed it.');
  });
});

/** The content of a kept file with another cause, and the hash of it. */
function changed(file: string): string {
  const json = readFileSync(file, 'utf8').slice(65).replace('Nobody', 'Mallory');
  return `${createHash('sha256').update(json).digest('hex')}\n${json}`;
}
