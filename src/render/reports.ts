/** The formats that reports of checks are written in. */
export const REPORTS = ['junit', 'json', 'tap', 'markdown', 'html', 'github'] as const;
export type ReportFormat = (typeof REPORTS)[number];
