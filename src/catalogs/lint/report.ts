import { type Exit, exitOf } from '../../model/report.ts';
import type { Linted, Severity } from './finding.ts';
import { RULES, type RuleName } from './rules.ts';

/** A problem in a catalog, with its place; lines and columns count from 1. */
export interface LintFinding {
  rule: RuleName;
  severity: Severity;
  /** The ID of the entry; null for the catalog as a whole. */
  entry: string | null;
  line: number;
  column: number;
  message: string;
}

/** A file, and what rules found in it. */
export interface LintedFile {
  path: string;
  /** The ID of the catalog; null for a file that is none. */
  catalog: string | null;
  entries: number;
  /** The version that IDs were compared with; null if there is none. */
  comparedWith: string | null;
  /** True if `--fix` changed the file. */
  fixed: boolean;
  findings: LintFinding[];
}

/** The document that `catalog lint --format json` prints. Version 1; fields are only added within it. */
export interface LintReport {
  schema: 'errprobe/catalog-lint@1';
  command: 'catalog lint';
  ok: boolean;
  exit: Exit;
  errors: number;
  warnings: number;
  files: LintedFile[];
}

/** Applies all rules to a catalog; the findings are ordered by position. */
export function findingsIn(
  linted: Linted,
  locate: (path: PropertyKey[]) => { line: number; column: number },
): LintFinding[] {
  const found = Object.entries(RULES).flatMap(([rule, { severity, find }]) =>
    find(linted).map(({ entry, path, message }): LintFinding => {
      const { line, column } = locate(path);
      return { rule: rule as RuleName, severity, entry, line, column, message };
    }),
  );
  return found.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/**
 * The report on files.
 *
 * @param strict true if warnings fail, too
 */
export function lintReport(files: LintedFile[], strict: boolean): LintReport {
  const all = files.flatMap(({ findings }) => findings);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.length - errors;
  const ok = errors === 0 && (!strict || warnings === 0);
  return {
    schema: 'errprobe/catalog-lint@1',
    command: 'catalog lint',
    ok,
    exit: exitOf(ok ? 'ok' : 'failed'),
    errors,
    warnings,
    files,
  };
}
