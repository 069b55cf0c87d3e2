import { describe, expect, it } from 'vitest';
import { completed } from '../../../src/catalogs/complete.ts';
import { builtIn, knowledgeOf } from '../../../src/catalogs/index.ts';
import { linkedDocument } from '../../../src/catalogs/lint/anchors.ts';
import type { LinkedDocument } from '../../../src/catalogs/lint/finding.ts';
import { previousOf } from '../../../src/catalogs/lint/permanent.ts';
import { findingsIn } from '../../../src/catalogs/lint/report.ts';
import { catalogSchema } from '../../../src/catalogs/schema.ts';
import type { Catalog, WrittenCatalog } from '../../../src/model/catalog.ts';
import { validateSource } from '../../../src/schema/validate.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

/** An entry with all that an entry should have. */
const LOCKED = `
  - id: lid-locked
    match: { status: 409, code: lid_locked }
    category: conflict
    title: The lid of the crate is locked
    cause: Somebody locked the lid of the crate.
    resolution: [Unlock the lid.]
    source: { doc: guide, section: Lids }
    example: { code: lid_locked, message: locked }`;

const yamlOf = (entries: string, doc = '{ title: Guide }'): string => `id: crates
name: Crates API
version: 2
docs: { guide: ${doc} }
envelope: { code: /code, message: /message }
entries:${entries}
`;

interface Given {
  previous?: unknown;
  documents?: Record<string, LinkedDocument>;
}

/** The findings in a catalog of some entries: rule, line and entry. */
function found(entries: string, { previous, documents = {} }: Given = {}, doc?: string) {
  const result = validateSource(yamlOf(entries, doc), catalogSchema);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const catalog = completed(result.value, () => builtIn.http);
  return findingsIn(
    {
      catalog,
      written: result.value,
      previous: previous === undefined ? null : previousOf('HEAD', previous),
      knowledge: knowledgeOf([catalog]),
      now: NOW,
      documentAt: (address) => documents[address] ?? null,
    },
    result.locate,
  );
}

const entry = (id: string, match: string, more = ''): string =>
  `${LOCKED.replace('lid-locked', id)
    .replace(/match: .*/, `match: ${match}`)
    .replace(/\n {4}example.*/, '')}${more === '' ? '' : `\n    ${more}`}`;

const was = (...ids: string[]) => ({
  id: 'crates',
  entries: ids.map((id) => ({ id, match: { status: 409, code: id.replaceAll('-', '_') } })),
});

describe('the rules for catalogs', () => {
  it('are content with a good catalog', () => {
    expect(found(LOCKED, { previous: was('lid-locked') })).toEqual([]);
  });

  it.each<[what: string, rule: string, entries: string, given?: Given, doc?: string]>([
    ['an ID that two entries have', 'unique-id', LOCKED + entry('lid-locked', '{ status: 404 }')],
    ['a document that is not cited', 'source', LOCKED.replace('doc: guide', 'doc: page')],
    [
      'an ID that was renamed',
      'permanent-id',
      LOCKED.replace('id: lid-locked', 'id: locked'),
      { previous: was('lid-locked') },
    ],
    ['an entry that is gone', 'permanent-id', LOCKED, { previous: was('lid-locked', 'lid-open') }],
    ['a catalog with another ID', 'permanent-id', LOCKED, { previous: { id: 'boxes', entries: [] } }],
    ['two entries of one code', 'duplicate', LOCKED + entry('again', '{ status: 409, code: Lid_Locked }')],
    [
      'a code that an earlier entry takes',
      'shadowed',
      LOCKED + entry('both', '{ status: 409, code: [lid_locked, lid_open] }'),
    ],
    [
      'a wording that a longer one takes',
      'shadowed',
      entry('a', '{ status: 400, message: "no {x}" }') +
        entry('b', '{ status: 400, message: ["no lid", "no {thing}"] }') +
        entry('c', '{ status: 400, message: ["no {lid}", "no lid"] }'),
    ],
    [
      'an example of another error',
      'example',
      LOCKED + entry('open', '{ status: 409, code: lid_open }', 'example: { code: lid_locked, message: x }'),
    ],
    ['a file that is not there', 'dead-link', LOCKED, {}, '{ title: Guide, address: errors.md }'],
    [
      'a heading that is not there',
      'dead-link',
      LOCKED.replace('section: Lids', 'section: Lids, address: errors.md#lid'),
      { documents: { 'errors.md': linkedDocument('errors.md', '# Lids\n', null) } },
    ],
  ])('report %s as an error', (_, rule, entries, given, doc) => {
    const errors = found(entries, given, doc).filter(({ severity }) => severity === 'error');
    expect(errors.map((one) => one.rule)).toContain(rule);
    for (const { line } of errors) expect(line).toBeGreaterThan(0);
  });

  it.each<[what: string, rule: string, entries: string, doc?: string]>([
    [
      'a text that only repeats the status',
      'telling',
      `
  - id: bad-request
    match: { status: 400 }
    category: validation
    title: Bad request
    cause: The request was invalid.
    resolution: [Check the request.]
    source: { doc: guide, section: Statuses }`,
    ],
    ['a status of no standard', 'unknown-status', entry('odd', '{ status: [409, 487], code: odd_lid }')],
    ['entries without a resolution', 'missing-resolution', LOCKED.replace(/\n {4}resolution.*/, '')],
    [
      'an entry that was added and is not documented',
      'uncited',
      LOCKED.replace('section: Lids', 'section: "not documented, seen on 2026-03-01"'),
    ],
    ['a document that was read long ago', 'old-documentation', LOCKED, '{ title: Guide, date: 2025-02-27 }'],
  ])('warn of %s', (_, rule, entries, doc) => {
    expect(found(entries, {}, doc)).toMatchObject([{ rule, severity: 'warning' }]);
  });

  it('say where, and what to do', () => {
    const renamed = LOCKED.replace('id: lid-locked', 'id: locked');
    expect(found(renamed, { previous: was('lid-locked') })).toMatchObject([
      { entry: 'locked', line: 7, column: 9, message: 'the ID was lid-locked in HEAD; IDs are permanent, so keep it' },
    ]);
    const bare = (id: string) => entry(id, `{ code: ${id} }`).replace(/\n {4}resolution.*/, '');
    expect(found(LOCKED + ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(bare).join(''))).toMatchObject([
      { line: 15, message: expect.stringMatching(/^7 of 8 entries have no resolution.*: a, b, c, d, e and 2 more$/) },
    ]);
  });

  it('take an entry for one operation beside one for all', () => {
    const ofOne = entry('locked-here', '{ status: 409, code: lid_locked, operation: "POST /crates/{id}" }');
    expect(found(`${LOCKED}${ofOne}\n    example: { code: lid_locked, message: locked }`)).toEqual([]);
  });

  it('take a document of a year ago, and links that lead somewhere', () => {
    const linked = LOCKED.replace('section: Lids', 'section: Lids, address: "errors.md#lids"');
    const documents = { 'errors.md': linkedDocument('errors.md', '# Errors\n\n## Lids\n', null) };
    expect(found(linked, { documents }, '{ title: Guide, address: errors.md, date: 2025-03-02 }')).toEqual([]);
    expect(found(LOCKED, {}, '{ title: Guide, address: "https://example.com/x" }')).toEqual([]);
  });
});

describe('a linked document', () => {
  it.each<[path: string, text: string, values: unknown[] | null, has: string, lacks: string]>([
    ['a.md', '# The lid\n', null, 'the-lid', 'lid'],
    ['a.md', '# A\n\n## Lid\n\n## Lid\n', null, 'lid-1', 'box'],
    ['a.md', '<a id="own"></a>\n\n# A\n', null, 'own', 'other'],
    ['a.html', '<h2 id="lid-closed">Closed</h2>', null, 'lid-closed', 'closed'],
    ['a.json', '', [{ paths: { '/a': { get: {} } } }], '/paths/~1a/get', '/paths/~1b'],
  ])('%s has the parts that are named in it: %j', (path, text, values, has, lacks) => {
    const document = linkedDocument(path, text, values);
    expect([document.has(has), document.has(lacks)]).toEqual([true, false]);
  });
});

describe('the built-in catalogs', () => {
  const every = [...builtIn.apis, builtIn.http, builtIn.network, builtIn.gateways, ...builtIn.codes];

  it.each(every.map((catalog) => ({ id: catalog.id, catalog })))('$id keep every rule', ({ catalog }) => {
    const findings = findingsIn(
      {
        catalog,
        written: catalog as WrittenCatalog & Catalog,
        previous: null,
        knowledge: builtIn,
        now: NOW,
        documentAt: () => undefined,
      },
      () => ({ line: 1, column: 1 }),
    );
    expect(findings).toEqual([]);
  });
});
