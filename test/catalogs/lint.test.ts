import { describe, expect, it } from 'vitest';
import { exampleStatus, lint } from '../../src/catalogs/lint.ts';
import type { Catalog, Entry } from '../../src/model/catalog.ts';

const entry = (changes: Partial<Entry>): Entry => ({
  id: 'gone',
  match: { status: [410] },
  category: 'not-found',
  title: 'Gone',
  cause: 'It is gone.',
  causes: [],
  resolution: ['Let it go.'],
  retry: { advice: 'never', reason: 'it is gone' },
  source: { doc: 'reference', section: '1' },
  example: { message: 'gone' },
  headers: {},
  see: [],
  ...changes,
});

const catalog = (entries: Entry[], changes: Partial<Catalog> = {}): Catalog => ({
  id: 'test',
  name: 'Test',
  version: 1,
  general: false,
  docs: { reference: { title: 'Test' } },
  hosts: [],
  requiredHeaders: [],
  pathIds: [],
  envelope: { message: '/message' },
  entries,
  ...changes,
});

describe('the lint', () => {
  it('is content with an entry that its example leads to', () => {
    expect(lint(catalog([entry({})]))).toEqual([]);
  });

  it.each([
    ['unique-id', [entry({}), entry({ match: { status: [404] } })]],
    ['source', [entry({ source: { doc: 'nowhere', section: '1' } })]],
    ['match', [entry({ match: { message: ['X'] } })]],
    ['example', [entry({ example: undefined })]],
    ['example-leads-elsewhere', [entry({ id: 'a' }), entry({ id: 'b', match: { status: [410], message: ['gone'] } })]],
  ])('reports %s', (rule, entries) => {
    expect(lint(catalog(entries), { strict: true }).map(({ rule }) => rule)).toContain(rule);
  });

  it('reports an entry that another one hides', () => {
    const hidden = entry({ id: 'hidden', match: { status: [410] } });
    expect(lint(catalog([entry({}), hidden]))).toMatchObject([{ rule: 'example-leads-elsewhere', entry: 'hidden' }]);
  });

  it('reports a mock that names an entry which does not exist', () => {
    const mock = { missingKey: 'gone', wrongKey: 'absent', notFound: 'gone', resources: [] };
    expect(lint(catalog([entry({})], { mock }))).toMatchObject([{ rule: 'mock', entry: null }]);
  });
});

describe('the status of an example', () => {
  it.each<[Partial<Entry>, number]>([
    [{ match: { status: [410, 404] } }, 410],
    [{ match: { status: ['5xx'] } }, 500],
    [{ match: { code: ['x'] }, category: 'not-found' }, 404],
    [{ match: { code: ['x'] }, category: 'unknown' }, 500],
  ])('of %j is %d', (changes, status) => {
    expect(exampleStatus(entry(changes))).toBe(status);
  });
});
