import { JsonText } from '../../json/text.ts';
import type { TriageReport } from '../../triage/report.ts';

/** NDJSON: one JSON document per group, each on its own line. */
export function renderTriageLines({ groups }: TriageReport): JsonText {
  return new JsonText(groups.map((group) => `${JSON.stringify(group)}\n`).join(''));
}
