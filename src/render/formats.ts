import type { CatalogDiff } from '../catalogs/diff.ts';
import type { LintReport } from '../catalogs/lint/report.ts';
import type { JsonDocument } from '../json/document.ts';
import type { JsonText } from '../json/text.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Report } from '../model/report.ts';
import type { TriageReport } from '../triage/report.ts';
import { version } from '../version.ts';
import type { PrettyOptions } from './error/pretty.ts';
import type { ColorLevel } from './style.ts';

/**
 * The renderers by format: a format is one file, and one line here. Each is loaded on first use.
 */

/** The report of checks, for files. `subtitle` says what was checked. */
export const CHECK_REPORTS = {
  junit: async (report) => (await import('./check/junit.ts')).renderJunit(report),
  json: async (report) => (await import('./json.ts')).renderJson(report),
  tap: async (report) => (await import('./check/tap.ts')).renderTap(report),
  markdown: async (report) => (await import('./check/markdown.ts')).renderMarkdown(report),
  html: async (report, subtitle) => (await import('./check/html.ts')).renderHtml(report, subtitle),
  // The job summary; annotations go to standard output.
  github: async (report) => (await import('./check/markdown.ts')).renderMarkdown(report),
} satisfies Record<string, (report: Report, subtitle: string) => Promise<string | JsonDocument>>;
export type CheckReportFormat = keyof typeof CHECK_REPORTS;

/** The report of `triage`. */
export const TRIAGE_REPORTS = {
  pretty: async (report, look) => (await import('./triage/pretty.ts')).renderTriage(report, look),
  json: async (report) => (await import('./json.ts')).renderJson(report),
  ndjson: async (report) => (await import('./triage/ndjson.ts')).renderTriageLines(report),
  csv: async (report) => (await import('./triage/csv.ts')).renderTriageCsv(report),
  markdown: async (report) => (await import('./triage/markdown.ts')).renderTriageMarkdown(report),
} satisfies Record<
  string,
  (report: TriageReport, look: Omit<PrettyOptions, 'verbose'>) => Promise<string | JsonText | JsonDocument>
>;
export type TriageFormat = keyof typeof TRIAGE_REPORTS;

/** The report of `catalog lint`. */
export const LINT_REPORTS = {
  pretty: async (report, look) => (await import('./catalog/lint/pretty.ts')).renderLint(report, look),
  json: async (report) => (await import('./json.ts')).renderJson(report),
  github: async (report) => (await import('./catalog/lint/github.ts')).renderLintAnnotations(report),
  sarif: async (report) => (await import('./catalog/lint/sarif.ts')).renderSarif(report, version),
} satisfies Record<
  string,
  (report: LintReport, look: { width: number; color: ColorLevel }) => Promise<string | JsonDocument>
>;
export type LintFormat = keyof typeof LINT_REPORTS;

/** The catalogs that `catalog export` prints; `baseUrl` is where their site is. */
export const CATALOG_EXPORTS = {
  json: async ([catalog]) => (await import('./catalog/export/json.ts')).renderCatalogJson(catalog),
  markdown: async (catalogs) => (await import('./catalog/export/markdown.ts')).renderCatalogMarkdown(catalogs),
  openapi: async ([catalog]) => (await import('./catalog/export/openapi.ts')).renderOpenApi(catalog),
  'problem-types': async (catalogs, baseUrl) =>
    (await import('./catalog/export/problem-types.ts')).renderProblemTypes(catalogs, baseUrl),
  embed: async ([catalog]) => (await import('./catalog/export/embed.ts')).renderEmbedded(catalog),
  csv: async (catalogs) => (await import('./catalog/export/csv.ts')).renderCatalogCsv(catalogs),
} satisfies Record<string, (catalogs: OneOrMore, baseUrl: string) => Promise<string | JsonDocument>>;
export type CatalogFormat = keyof typeof CATALOG_EXPORTS;
export type OneOrMore = [Catalog, ...Catalog[]];

/** The report of `catalog diff`. */
export const DIFF_REPORTS = {
  pretty: async (diff, look) => (await import('./catalog/diff/pretty.ts')).renderDiff(diff, look),
  markdown: async (diff) => (await import('./catalog/diff/markdown.ts')).renderDiffMarkdown(diff),
  json: async (diff) => (await import('./json.ts')).renderJson(diff),
} satisfies Record<
  string,
  (diff: CatalogDiff, look: { width: number; color: ColorLevel }) => Promise<string | JsonDocument>
>;
export type DiffFormat = keyof typeof DIFF_REPORTS;

/** The databases that `catalog export` writes for. */
export const DIALECTS = ['duckdb', 'postgres', 'clickhouse', 'spark', 'bigquery'] as const;
export type Dialect = (typeof DIALECTS)[number];
