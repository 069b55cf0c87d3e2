import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../helpers/programs.ts';
import { emptyFolder } from '../helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const CATALOG = `id: crates
name: Crates API
version: 2
docs: { guide: { title: Guide } }
entries:
  - id: lid-locked
    match: { status: 409, code: lid_locked }
    category: conflict
    title: The lid of the crate is locked
    resolution: [Unlock the lid.]
    source: { doc: guide, section: Lids }
`;

/** The hook that the documentation shows. */
const [, HOOK = ''] =
  /`\.git\/hooks\/pre-commit`:\n\n```sh\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/catalogs.md'), 'utf8')) ??
  [];

describe.skipIf(!isInstalled('git'))('the pre-commit hook in the documentation (needs git)', () => {
  it('lets good catalogs pass, and stops a commit that renames an ID', () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${ROOT}/bin/errprobe.js" "$@"\n`);
    chmodSync(join(cwd, 'npx'), 0o755);
    const env = { PATH: `${cwd}:${process.env.PATH}`, HOME: cwd };
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    const git = (...argv: string[]) => execFileSync('git', [...who, ...argv], { cwd, env, stdio: 'pipe' });
    const commit = () => spawnSync('git', [...who, 'commit', '-qam', 'Change'], { cwd, env, encoding: 'utf8' });
    git('init', '-q', '-b', 'main');
    writeFileSync(join(cwd, '.git/hooks/pre-commit'), HOOK);
    chmodSync(join(cwd, '.git/hooks/pre-commit'), 0o755);
    mkdirSync(join(cwd, 'catalogs'));
    writeFileSync(join(cwd, 'catalogs/crates.yaml'), CATALOG);
    git('add', 'catalogs');
    expect(commit()).toMatchObject({ status: 0, stderr: expect.stringContaining('No problem in 1 catalog') });
    writeFileSync(join(cwd, 'catalogs/crates.yaml'), CATALOG.replace('id: lid-locked', 'id: locked'));
    const refused = commit();
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('the ID was lid-locked in HEAD');
  });
});
