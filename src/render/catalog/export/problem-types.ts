import { shownEntry } from '../../../catalogs/entry-report.ts';
import { exampleStatus } from '../../../catalogs/lint.ts';
import type { JsonDocument } from '../../../json/document.ts';
import type { Catalog } from '../../../model/catalog.ts';
import { renderJson } from '../../json.ts';
import { problemType } from '../../site/addresses.ts';

/**
 * Entries as a registry of problem types: the four items of RFC 9457, section 4.2, and what to do.
 *
 * @param baseUrl where `catalog site` is published
 */
export function renderProblemTypes(catalogs: Catalog[], baseUrl: string): JsonDocument {
  const problemTypes = catalogs.flatMap((catalog) =>
    catalog.entries
      .filter(({ match }) => match.failure === undefined && match.phase === undefined)
      .map((entry) => {
        const { id, title, cause, resolution, retry, source } = shownEntry({ catalog, entry });
        return {
          type: problemType(entry.match.code ?? [], id, baseUrl),
          title,
          // RFC 9457 calls it the recommended HTTP status code.
          status: entry.match.status === undefined ? null : exampleStatus(entry),
          reference: source.address ?? `${source.doc}, ${source.section}`,
          cause,
          resolution,
          retry,
        };
      }),
  );
  return renderJson({ problemTypes });
}
