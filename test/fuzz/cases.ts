import * as fc from 'fast-check';
import { CHECK_REPORTS, TRIAGE_REPORTS } from '../../src/render/formats.ts';
import { GROUPINGS } from '../../src/triage/report.ts';
import { importCases, upkeepCases } from './catalog-kinds.ts';
import { commandWords } from './command-words.ts';
import { type Corpus, SERVER } from './corpus.ts';
import { mutate, mutations } from './mutations.ts';
import { mcpCases, mockCases, setupCases, severalCases } from './session-kinds.ts';

/** A case: a command line, and everything that it reads. */
export interface Case {
  /** `read` is `explain` without a command line, which is much faster. */
  kind: keyof typeof WEIGHTS;
  argv: string[];
  /** Standard input; undefined for a terminal. */
  input?: Buffer | undefined;
  /** Files in the working directory. */
  files: Record<string, Buffer>;
  /** The server's response; for a mock, what is sent to it. */
  answer?: Buffer | undefined;
  tty: boolean;
  /** The clock: milliseconds between two readings, which may be negative. */
  tick: number;
}

/**
 * The number of cases of each kind per hundred; cases without a connection are a hundred times as
 * fast.
 */
const WEIGHTS = {
  read: 56,
  explain: 6,
  report: 3,
  triage: 8,
  merge: 3,
  call: 4,
  check: 4,
  config: 2,
  catalog: 1,
  kept: 1,
  words: 3,
  import: 3,
  upkeep: 2,
  several: 2,
  setup: 2,
  mcp: 1,
  mock: 1,
};

const COMMON = { tty: fc.boolean(), tick: fc.constantFrom(0, 0, 0, 1, 1000, -1000) };

/** Generates all cases; every part of one shrinks. */
export function cases(corpus: Corpus): fc.Arbitrary<Case> {
  const some = (samples: readonly string[], most = 4) =>
    fc.tuple(fc.constantFrom(...samples), mutations(most)).map(([text, changes]) => mutate(text, changes, corpus.all));
  const sample = (samples: readonly string[]) => fc.constantFrom(...samples).map((text) => Buffer.from(text));
  const saved = fc.oneof(...corpus.saved.map((form) => some(form)));
  const format = fc.constantFrom([], ['--format', 'json'], ['-v'].slice(0, 0));
  const options = fc
    .subarray([
      ['--status', '429'],
      ['-H', 'Retry-After: 1e9'],
      ['--exit-status'],
      ['-v'],
      ['--api', 'victims'],
      ['--color'],
    ])
    .map((all) => all.flat());
  const kinds: Record<keyof typeof WEIGHTS, fc.Arbitrary<Partial<Case>>> = {
    read: fc.record({ input: saved }),
    explain: fc.record({
      input: saved,
      argv: fc.tuple(format, options).map(([a, b]) => ['explain', '-', ...a, ...b]),
    }),
    report: fc.record({ input: saved, argv: format.map((a) => ['report', '-', ...a]) }),
    triage: fc.record({
      input: fc.array(some(corpus.lines, 2), { minLength: 1, maxLength: 6 }).map(joined),
      argv: fc
        .tuple(
          fc.constantFrom(...Object.keys(TRIAGE_REPORTS)),
          fc.constantFrom(...GROUPINGS),
          fc.constantFrom([], ['--partial', 'p.json'], ['--since', '2026-01-01']),
        )
        .map(([as, by, more]) => ['triage', '--format', as, '--by', by, ...more]),
    }),
    merge: fc.record({
      files: fc.record({ 'p.json': some(corpus.partials), 'q.json': sample(corpus.partials) }),
      argv: fc
        .constantFrom(...Object.keys(TRIAGE_REPORTS))
        .map((as) => ['triage', '--merge', 'p.json', 'q.json', '--format', as]),
    }),
    call: fc.record({
      answer: some(corpus.answers),
      argv: fc
        .tuple(
          fc.constantFrom('GET', 'POST'),
          format,
          fc.subarray([
            ['--retry', '1'],
            ['--har', 'o.har'],
            ['--report', 'o.md'],
            ['-i'],
            ['-v'],
            ['--quiet'],
            ['--api', 'victims'],
          ]),
        )
        .map(([method, as, more]) => ['call', method, `${SERVER}/a`, '--timeout', '2s', ...as, ...more.flat()]),
    }),
    check: fc
      .record({
        yaml: fc.boolean(),
        changed: fc.boolean(),
        files: fc.record({
          'c.yaml': fc.oneof(some(corpus.checks, 2), sample(corpus.checks.slice(0, 1))),
          'c.http': some(corpus.httpFiles, 2),
        }),
        answer: fc.oneof(some(corpus.answers, 2), sample(corpus.answers)),
        format,
        reports: fc.subarray(Object.keys(CHECK_REPORTS).filter((name) => name !== 'github')),
      })
      .map(({ yaml, files, answer, format: as, reports }) => ({
        files,
        answer,
        argv: [
          ...['check', yaml ? 'c.yaml' : 'c.http', '--timeout', '2s', '--jobs', '2', ...as],
          ...reports.flatMap((name) => ['--report', `${name}=out.${name}`]),
        ],
      })),
    config: fc.record({
      files: fc.record({ '.errproberc.yaml': some(corpus.configs, 3) }),
      answer: sample(corpus.answers),
      argv: fc.constantFrom(
        ['explain', '429'],
        ['doctor'],
        ['doctor', '--format', 'json'],
        ['call', 'GET', '/a', '--dry-run', '--format', 'json'],
        ['call', 'GET', '/a', '--curl'],
        ['call', 'GET', '/a', '--timeout', '2s'],
        ['triage', '--format', 'json'],
      ),
      input: sample(corpus.lines),
    }),
    catalog: fc.record({
      files: fc.record({
        'c.yaml': some(corpus.catalogs, 2),
        '.errproberc.yaml': fc.constant(Buffer.from('catalogs: [c.yaml]\n')),
      }),
      input: sample(corpus.saved.flat()),
      argv: fc.constantFrom(
        ['explain', '-'],
        ['explain', '404', '--api', 'victims'],
        ['catalog', 'export'],
        ['call', 'GET', '/x', '--mock', '--api', 'victims', '--format', 'json'],
        ['check', '--mock', '--api', 'victims'],
      ),
    }),
    kept: fc.record({
      files: fc.record({ 'state/errprobe/calls/2026-03-01T12-00-00-000Z-abcdef.json': some(corpus.kept) }),
      argv: fc.constantFrom(
        ['explain', '--last'],
        ['report'],
        ['explain', '--last', '--format', 'json'],
        ['report', '--last', '2'],
      ),
    }),
    words: fc.record({
      argv: commandWords(corpus),
      input: sample(corpus.saved.flat()),
      answer: sample(corpus.answers),
    }),
    import: importCases(corpus),
    upkeep: upkeepCases(corpus),
    several: severalCases(corpus),
    setup: setupCases(corpus),
    mcp: mcpCases(corpus),
    mock: mockCases(corpus),
  };
  return fc.oneof(
    ...Object.entries(kinds).map(([kind, given]) => ({
      weight: WEIGHTS[kind as keyof typeof WEIGHTS],
      arbitrary: fc
        .tuple(given, fc.record(COMMON))
        .map(([own, common]): Case => ({ argv: [], files: {}, ...common, ...own, kind: kind as Case['kind'] })),
    })),
  );
}

const joined = (lines: Buffer[]): Buffer => Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
