import type { JsonDocument } from '../../../json/document.ts';
import type { Catalog, Entry } from '../../../model/catalog.ts';
import { renderJson } from '../../json.ts';

/** A catalog for `errprobe/embed`: completed, and without what only the mock, reports and documentation need. */
export function renderEmbedded({ project: _, file: __, mock: ___, support: ____, ...catalog }: Catalog): JsonDocument {
  return renderJson({ ...catalog, entries: catalog.entries.map(embeddedEntry) });
}

function embeddedEntry({ example: _, sample: __, tools: ___, ...entry }: Entry): object {
  return entry;
}
