import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogSchema } from '../../src/catalogs/schema.ts';
import { upgraded } from '../../src/catalogs/upgrade.ts';
import { validateSource } from '../../src/schema/validate.ts';

const YAML = `# Our crates
id: crates   # permanent
name: >-
  Crates
  API # no comment
# where it is written
docs:
  guide: Crates, "Errors"   # the old one
  faq: 'It''s: here'
  terms: |- # legal
    Terms

  site: { title: Site, date: 2026-01-01 }
entries:

  - { id: a, match: { code: A }, category: validation, title: A, source: { doc: guide, section: A } } # first
`;

describe('the upgrade of a catalog file', () => {
  it('changes the version and the documents, and nothing else', () => {
    expect(upgraded(YAML)).toBe(
      YAML.replace('# no comment\n', '# no comment\nversion: 2\n')
        .replace('Crates, "Errors"', '{"title":"Crates, \\"Errors\\""}')
        .replace('|- # legal\n    Terms\n', '{"title":"Terms"} # legal\n')
        .replace("'It''s: here'", '{"title":"It\'s: here"}'),
    );
  });

  it.each([
    ['a version that is written', 'version: 1 # old\nid: a\nname: A\n', 'version: 2 # old\nid: a\nname: A\n'],
    [
      'JSON',
      '{"id": "a", "name": "A", "docs": {"d": "D"}}',
      '{"id": "a", "name": "A", "version": 2, "docs": {"d": {"title":"D"}}}',
    ],
    ['a name at the end of the file', 'id: a\nname: A', 'id: a\nname: A\nversion: 2'],
  ])('knows %s', (_, before, after) => {
    expect(upgraded(before)).toBe(after);
  });

  it.each([['version: 2\nid: a\nname: A\n'], ['{'], ['just text']])('leaves %j alone', (text) => {
    expect(upgraded(text)).toBeNull();
  });

  it.each(['raptor-comply', 'elder-protection', 'cryptocomply', 'victims'])('keeps what %s says', (id) => {
    const yaml = readFileSync(new URL(`../../fixtures/version-1/${id}.yaml`, import.meta.url), 'utf8');
    const read = (text: string) => {
      const result = validateSource(text, catalogSchema);
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      return result.value;
    };
    const text = upgraded(yaml) ?? '';
    expect(read(text)).toEqual({ ...read(yaml), version: 2 });
    expect(
      text
        .split('\n')
        .filter((line) => !yaml.includes(line))
        .every((line) => /version: 2|title/.test(line)),
    ).toBe(true);
  });
});
