import { stringifyIndented } from '../json/stringify.ts';
import { JsonText } from '../json/text.ts';

/** The report as one JSON document. */
export function renderJson(report: object): JsonText {
  return new JsonText(`${stringifyIndented(report)}\n`);
}
