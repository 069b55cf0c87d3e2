/** The formats that reports of checks are written in. */
export const REPORTS = ['junit', 'json', 'tap', 'markdown', 'html', 'github'] as const;
export type ReportFormat = (typeof REPORTS)[number];

/** How a report of `triage` is written. */
export const TRIAGE_FORMATS = ['pretty', 'json', 'ndjson', 'csv', 'markdown'] as const;
export type TriageFormat = (typeof TRIAGE_FORMATS)[number];

/** The databases that `catalog export` writes for. */
export const DIALECTS = ['duckdb', 'postgres', 'clickhouse', 'bigquery'] as const;
export type Dialect = (typeof DIALECTS)[number];
