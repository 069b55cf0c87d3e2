import { JsonDocument } from '../json/document.ts';

/** The report as one JSON document. */
export function renderJson(report: object): JsonDocument {
  return new JsonDocument(report);
}
