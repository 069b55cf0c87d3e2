import type { Catalog } from '../catalog/catalog.ts';
import type { Answerer } from './answered-by.ts';
import type { ErrorBody } from './diagnosis.ts';
import { type EntryMatch, matchEntry } from './match-entry.ts';
import { NOTHING } from './read-error.ts';

/** What a diagnosis draws on beside the exchange. */
export interface Knowledge {
  /** The APIs' catalogs. */
  apis: Catalog[];
  /** What is known of statuses, of network failures, of who stands before an API, and of codes of standards. */
  http: Catalog;
  network: Catalog;
  gateways: Catalog;
  codes: Catalog[];
}

/** An entry that fits, and the catalog that it stands in. */
export type Found = EntryMatch & { catalog: Catalog };

/** What general knowledge has: who answered first, then codes of standards, then the status. */
export function matchGeneral(
  { gateways, codes, http }: Knowledge,
  status: number | null,
  error: ErrorBody,
  answerer: Answerer | null,
  soft: boolean,
): Found | null {
  return (
    matchAnswerer(gateways, status, error, answerer) ??
    matchCode(codes, error) ??
    // A success is an error only where the body says so.
    (status === null || (status < 300 && !soft) ? null : matchStatus(http, status))
  );
}

function matchAnswerer(
  catalog: Catalog,
  status: number | null,
  error: ErrorBody,
  answerer: Answerer | null,
): Found | null {
  if (answerer === null) return null;
  const own = catalog.entries.filter(({ match }) =>
    match.answerer?.some((name) => name === answerer.name || name === answerer.kind),
  );
  const match = matchEntry({ ...catalog, entries: own }, status, { ...NOTHING, message: error.message });
  return match === null ? null : { ...match, confidence: 'general', catalog };
}

/** The subcode says more than the code; a code that is gone for good is not to be judged by its status. */
function matchCode(catalogs: Catalog[], { envelope, code, subcode }: ErrorBody): Found | null {
  for (const wanted of [subcode, code]) {
    if (wanted === null) continue;
    for (const catalog of catalogs) {
      const entry = catalog.entries.find(
        ({ match }) =>
          match.envelope?.includes(envelope) === true && match.code?.toLowerCase() === wanted.toLowerCase(),
      );
      if (entry !== undefined)
        return { catalog, entry, byCode: true, template: null, values: {}, confidence: 'general' };
    }
  }
  return null;
}

function matchStatus(http: Catalog, status: number): Found | null {
  const match = matchEntry(http, status, NOTHING);
  return match === null ? null : { ...match, confidence: 'general', catalog: http };
}
