import * as fc from 'fast-check';
import { CATALOG_EXPORTS, DIALECTS, DIFF_REPORTS, LINT_REPORTS } from '../../src/render/formats.ts';
import type { Case } from './cases.ts';
import type { Corpus } from './corpus.ts';
import { mutate, mutations } from './mutations.ts';

/** The documents that are opened only by a `$ref` of another. */
const BESIDE = 'd.json';

/** A file to import, and the one that it refers to. */
export function importCases(corpus: Corpus): fc.Arbitrary<Partial<Case>> {
  const { documents } = corpus;
  const names = Object.keys(documents);
  return fc
    .record({
      name: fc.constantFrom(...names),
      changes: mutations(3),
      again: fc.boolean(),
      options: fc.subarray([
        ['--format', 'json'],
        ['--map', 'code=code,cause=description'],
        ['--url', 'https://e.example/a'],
      ]),
    })
    .map(({ name, changes, again, options }) => {
      const changed = mutate(documents[name] ?? '', changes, corpus.all);
      const files = { [BESIDE]: Buffer.from(documents[BESIDE] ?? ''), [name]: changed };
      const old: Record<string, Buffer> = again
        ? { 'o.yaml': mutate(corpus.catalogs[0] ?? '', changes, corpus.all) }
        : {};
      const output = again ? ['-o', 'o.yaml'] : [];
      return {
        files: { ...files, ...old },
        argv: ['catalog', 'import', name, '--id', 'victims', ...output, ...options.flat()],
      };
    });
}

/** What is done with catalogs of one's own. */
export function upkeepCases(corpus: Corpus): fc.Arbitrary<Partial<Case>> {
  const some = (samples: readonly string[], most = 2) =>
    fc.tuple(fc.constantFrom(...samples), mutations(most)).map(([text, changes]) => mutate(text, changes, corpus.all));
  const formats = (command: string[], of: object, rest: string[] = []) =>
    Object.keys(of).map((name) => [...command, '--format', name, ...rest]);
  return fc.record({
    files: fc.record({
      'c.yaml': some(corpus.catalogs),
      'old.yaml': fc.oneof(
        some(corpus.catalogs, 1),
        fc.constantFrom(...corpus.catalogs).map((text) => Buffer.from(text)),
      ),
      'app.log': some(corpus.lines),
      'p.json': some([...corpus.partials, ...corpus.kept]),
      '.errproberc.yaml': fc.constant(Buffer.from('catalogs: [c.yaml]\n')),
    }),
    input: some(corpus.saved.flat()),
    argv: fc.constantFrom(
      ...formats(['catalog', 'export', 'c.yaml'], CATALOG_EXPORTS, ['--base-url', 'https://e.example']),
      ...DIALECTS.map((name) => ['catalog', 'export', 'victims', '--dialect', name]),
      ...formats(['catalog', 'lint', '--previous', 'old.yaml', 'c.yaml'], LINT_REPORTS),
      ['catalog', 'lint', '--previous', 'old.yaml', 'c.yaml', '--fix', '--strict'],
      ...formats(['catalog', 'diff', 'old.yaml', 'c.yaml'], DIFF_REPORTS),
      ['catalog', 'site', 'c.yaml', '-o', 'site', '--base-url', 'https://e.example/a'],
      ...formats(['catalog', 'coverage', 'app.log', 'p.json', '--api', 'victims'], { json: 1, pretty: 1 }),
      ['catalog', 'coverage', '--api', 'victims'],
      ['catalog', 'add', '-', '--catalog', 'c.yaml'],
      ['catalog', 'add', '-', '--catalog', 'c.yaml', '--status', '418'],
      ['catalog', 'new', '-', '--id', 'a-b'],
      ...formats(['catalog', 'show', 'victims/key-locked'], { json: 1, pretty: 1 }),
      ...formats(['catalog', 'list', '--api', 'victims'], { json: 1, pretty: 1 }),
      ...formats(['catalog', 'search', 'key', 'locked', '--api', 'victims'], { json: 1, pretty: 1 }),
    ),
  });
}
