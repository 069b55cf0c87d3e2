import { lint } from '../lint.ts';
import type { LintRule, RuleFinding } from './finding.ts';
import { deadLinks } from './links.ts';
import { duplicates, shadowed, strayExamples } from './matching.ts';
import { lostIds } from './permanent.ts';
import { missingResolutions, oldDocuments, saysLittle, uncited, unknownStatuses } from './texts.ts';

/** A rule of those that already apply when a catalog is loaded. */
const loaded = (rule: ReturnType<typeof lint>[number]['rule'], summary: string): LintRule => ({
  severity: 'error',
  summary,
  find: ({ catalog }) =>
    lint(catalog)
      .filter((problem) => problem.rule === rule)
      .map(
        ({ entry, index, message }): RuleFinding => ({
          entry,
          path: index === null ? [] : ['entries', index, ...(PLACES[rule] ?? [])],
          message,
        }),
      ),
});

/** The member of an entry that a rule is about. */
const PLACES: Record<string, string[]> = { 'unique-id': ['id'], source: ['source'], match: ['match'] };

/** The rules of `catalog lint` for a file that has the form of a catalog. */
export const RULES = {
  'unique-id': loaded('unique-id', 'Every entry has an ID of its own.'),
  'permanent-id': { severity: 'error', summary: 'No ID of an earlier version is lost.', find: lostIds },
  source: loaded('source', 'Every entry cites a document of the catalog.'),
  match: loaded('match', 'Every entry asks for something by which an error can be found.'),
  mock: loaded('mock', 'The mock names entries that exist.'),
  duplicate: { severity: 'error', summary: 'No two entries ask for the same.', find: duplicates },
  shadowed: { severity: 'error', summary: 'Every entry and every code can match an error.', find: shadowed },
  example: { severity: 'error', summary: 'Every example is diagnosed as its entry.', find: strayExamples },
  'dead-link': { severity: 'error', summary: 'Links into files beside the catalog lead somewhere.', find: deadLinks },
  telling: { severity: 'warning', summary: 'Every entry says more than its status.', find: saysLittle },
  uncited: { severity: 'warning', summary: 'Every entry cites a section of a document.', find: uncited },
  'unknown-status': { severity: 'warning', summary: 'Every status is known.', find: unknownStatuses },
  'missing-resolution': {
    severity: 'warning',
    summary: 'Every entry says what to do.',
    find: missingResolutions,
  },
  'old-documentation': {
    severity: 'warning',
    summary: 'Every document was read within the last year.',
    find: oldDocuments,
  },
} satisfies Record<string, LintRule>;

/** The name of a rule; `schema` for a file that does not have the form of a catalog. */
export type RuleName = keyof typeof RULES | 'schema';

/** The requirement of each rule. */
export const SUMMARIES: Record<RuleName, string> = {
  schema: 'The file is YAML or JSON in the form of a catalog.',
  ...(Object.fromEntries(Object.entries(RULES).map(([name, { summary }]) => [name, summary])) as Record<
    keyof typeof RULES,
    string
  >),
};
