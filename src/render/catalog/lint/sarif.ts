import type { LintReport } from '../../../catalogs/lint/report.ts';
import { RULES, type RuleName, SUMMARIES } from '../../../catalogs/lint/rules.ts';
import type { JsonDocument } from '../../../json/document.ts';
import { renderJson } from '../../json.ts';

/** Findings as SARIF 2.1.0 (OASIS), which code scanning services read. */
export function renderSarif({ files }: LintReport, version: string): JsonDocument {
  const names = Object.keys(SUMMARIES) as RuleName[];
  const results = files.flatMap(({ path, findings }) =>
    findings.map(({ rule, severity, entry, line, column, message }) => ({
      ruleId: rule,
      ruleIndex: names.indexOf(rule),
      level: severity,
      message: { text: entry === null ? message : `${entry}: ${message}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(path.replaceAll('\\', '/')) },
            region: { startLine: line, startColumn: column },
          },
        },
      ],
    })),
  );
  return renderJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'errprobe',
            version,
            rules: names.map((id) => ({
              id,
              shortDescription: { text: SUMMARIES[id] },
              defaultConfiguration: { level: id === 'schema' ? 'error' : RULES[id].severity },
            })),
          },
        },
        results,
      },
    ],
  });
}
