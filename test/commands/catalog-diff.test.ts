import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogDiffSchema } from '../../src/catalogs/diff-schema.ts';
import { emptyFolder, run } from '../helpers/terminal.ts';

const OLD = `id: crates
name: Crates API
docs: { guide: Guide }
entries:
  - id: lid-locked
    match: { status: 409, code: LID_LOCKED }
    category: conflict
    title: The lid is locked
    cause: The lid is locked.
    resolution: [Unlock it., Ask its owner.]
    source: { doc: guide, section: Lids }
  - id: lid-lost
    match: { status: 410, code: LID_LOST }
    category: not-found
    title: The lid is lost
    source: { doc: guide, section: Lids }
  - id: lid-stuck
    match: { code: LID_STUCK }
    category: conflict
    title: The lid is stuck
    source: { doc: guide, section: Lids }
`;

/** One entry is changed, one renamed, one removed, one added; the order is another. */
const NEW = `id: crates
name: Crates API
docs: { guide: Guide of 2026 }
entries:
  - id: lid-open
    match: { status: 409, code: [LID_OPEN, LID_AJAR] }
    category: conflict
    title: "The lid is | open"
    source: { doc: guide, section: Lids }
  - id: stuck
    match: { code: LID_STUCK }
    category: conflict
    title: The lid is stuck
    source: { doc: guide, section: Lids }
  - id: lid-locked
    match: { status: [409, 423], code: LID_LOCKED }
    category: conflict
    title: The lid is locked
    cause: Somebody locked the lid.
    resolution: [Unlock it., Ask who has the key.]
    retry: { advice: after-action, reason: the lid has to be unlocked first }
    source: { section: Lids, doc: guide }
`;

function diff(before: string, after: string, ...argv: string[]) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'old.yaml'), before);
  writeFileSync(join(cwd, 'new.yaml'), after);
  return run(['catalog', 'diff', 'old.yaml', 'new.yaml', ...argv], { cwd });
}

describe('catalog diff', () => {
  it('shows what was added, removed, renamed and changed', async () => {
    const { code, stdout } = await diff(OLD, NEW);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `crates: 1 added, 1 removed and 2 changed

~ catalog
    docs.guide
    - {"title":"Guide"}
    + {"title":"Guide of 2026"}

+ lid-open (409 LID_OPEN, LID_AJAR): The lid is | open

- lid-lost (410 LID_LOST): The lid is lost

~ stuck (was lid-stuck)

~ lid-locked
    match.status
    - 409
    + 409, 423
    cause
    - The lid is locked.
    + Somebody locked the lid.
    resolution
    - Ask its owner.
    + Ask who has the key.
    retry.advice
    + after-action
    retry.reason
    + the lid has to be unlocked first
`,
    });
  });

  it('prints Markdown for reviews', async () => {
    const { stdout } = await diff(OLD, NEW, '--format', 'markdown');
    expect(stdout).toContain('### `crates`: 1 added, 1 removed and 2 changed\n');
    expect(stdout).toContain('**Added**\n\n- `lid-open` `409 LID_OPEN, LID_AJAR` The lid is &#124; open\n');
    expect(stdout).toContain('| `cause` | The lid is locked. | Somebody locked the lid. |\n');
    expect(stdout).toContain('**Changed: `stuck`** (was `lid-stuck`)\n');
  });

  it('prints JSON', async () => {
    const { stdout } = await diff(OLD, NEW, '--format', 'json');
    expect(catalogDiffSchema.parse(JSON.parse(stdout))).toMatchObject({
      same: false,
      added: [{ id: 'lid-open' }],
      removed: [{ id: 'lid-lost' }],
      changed: [
        { id: 'stuck', renamedFrom: 'lid-stuck', fields: [] },
        {
          id: 'lid-locked',
          fields: expect.arrayContaining([{ field: 'retry.advice', before: null, after: 'after-action' }]),
        },
      ],
    });
  });

  it.each([
    ['that differ', NEW, ['--exit-code'], 1],
    ['that differ, without being asked', NEW, [], 0],
    ['that are the same but for comments', `# New\n${OLD}`, ['--exit-code'], 0],
    [
      'of which one was read later',
      `# New\n${OLD.replace('guide: Guide', 'guide: { title: Guide, date: 2026-02-01 }')}`,
      ['--exit-code'],
      0,
    ],
  ])('exits like diff for catalogs %s', async (_, after, argv, expected) => {
    const { code, stdout } = await diff(OLD, after, ...argv);
    expect({ code, same: stdout === 'No difference.\n' }).toEqual({ code: expected, same: after.startsWith('#') });
  });

  it('refuses what is no catalog, with its place', async () => {
    expect(await diff(OLD, OLD.replace('category: conflict', 'category: x'), '--exit-code')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: new\.yaml:7:15: /),
    });
  });
});

describe('documentation that is imported again in CI', () => {
  const PAGE = `# Errors

| Status | Code | Description |
| --- | --- | --- |
| 409 | \`lid_open\` | The lid is open. |
| 404 | \`no_crate\` | There is no such crate. |
`;

  it.each([
    ['did not change', PAGE, 0],
    ['says something else', PAGE.replace('The lid is open.', 'Somebody left the lid open.'), 1],
    ['has another error', `${PAGE}| 423 | \`lid_locked\` | The lid is locked. |\n`, 1],
  ])('differs from the catalog if it %s', async (_, page, expected) => {
    const cwd = emptyFolder();
    const importing = (now: string) =>
      run(['catalog', 'import', 'errors.md', '--id', 'crates', '-o', 'crates.yaml'], {
        cwd,
        now: () => Date.parse(now),
      });
    writeFileSync(join(cwd, 'errors.md'), PAGE);
    await importing('2026-02-01');
    copyFileSync(join(cwd, 'crates.yaml'), join(cwd, 'before.yaml'));
    writeFileSync(join(cwd, 'errors.md'), page);
    await importing('2026-03-01');
    const { code } = await run(['catalog', 'diff', 'before.yaml', 'crates.yaml', '--exit-code'], { cwd });
    expect(code).toBe(expected);
  });
});
