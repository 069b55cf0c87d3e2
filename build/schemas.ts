import * as z from 'zod';
import { coverageSchema } from '../src/catalogs/coverage-schema.ts';
import { catalogDiffSchema } from '../src/catalogs/diff-schema.ts';
import { entryListSchema, entryReportSchema } from '../src/catalogs/entry-report-schema.ts';
import { lintReportSchema } from '../src/catalogs/lint/report-schema.ts';
import { catalogSchema } from '../src/catalogs/schema.ts';
import { checksSchema } from '../src/checks/schema.ts';
import { configSchema } from '../src/config/schema.ts';
import { apiListSchema, knownApiListSchema } from '../src/render/apis-schema.ts';
import { reportSchema } from '../src/render/error/schema.ts';
import { siteSchema } from '../src/render/site/schema.ts';
import { partialSchema, triageSchema } from '../src/triage/schema.ts';

/**
 * The JSON Schemas that ship with the package, by file name: for editors, and for programs that
 * read the reports.
 */
export function jsonSchemas(): Record<string, unknown> {
  const input = { io: 'input', unrepresentable: 'any' } as const;
  return {
    'apis.json': z.toJSONSchema(apiListSchema),
    'catalog.json': z.toJSONSchema(catalogSchema, input),
    'catalog-coverage.json': z.toJSONSchema(coverageSchema),
    'catalog-diff.json': z.toJSONSchema(catalogDiffSchema),
    'catalog-entries.json': z.toJSONSchema(entryReportSchema),
    'catalog-list.json': z.toJSONSchema(entryListSchema),
    'catalog-lint.json': z.toJSONSchema(lintReportSchema),
    'catalog-site.json': z.toJSONSchema(siteSchema),
    'checks.json': z.toJSONSchema(checksSchema, input),
    'config.json': z.toJSONSchema(configSchema, input),
    'known-apis.json': z.toJSONSchema(knownApiListSchema),
    'report.json': z.toJSONSchema(reportSchema),
    'triage.json': z.toJSONSchema(triageSchema),
    'triage-partial.json': z.toJSONSchema(partialSchema),
  };
}

/** Writes the JSON Schemas beside the bundle. */
export function schemaPlugin() {
  return {
    name: 'errprobe-schema',
    generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown }) {
      for (const [name, schema] of Object.entries(jsonSchemas())) {
        this.emitFile({ type: 'asset', fileName: `schema/${name}`, source: `${JSON.stringify(schema, null, 2)}\n` });
      }
    },
  };
}
