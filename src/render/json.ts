/** The report as one JSON document. */
export function renderJson(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
