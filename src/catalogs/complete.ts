import type { Catalog, Entry, WrittenCatalog, WrittenEntry } from '../model/catalog.ts';
import { wordsOf } from '../model/catalog-text.ts';
import type { Category } from '../model/words.ts';

/**
 * A catalog in which every entry has cause, resolution and retry advice. Texts that its document
 * does not have come from the general catalog of statuses, and are marked as general.
 *
 * @param http the catalog of statuses; asked for only if something is absent
 * @throws Error if a text is absent and there is no such catalog
 */
export function completed({ entries, ...rest }: WrittenCatalog, http?: () => Catalog): Catalog {
  return { ...rest, entries: entries.map((entry) => completedEntry(entry, http)) };
}

function completedEntry(entry: WrittenEntry, http?: () => Catalog): Entry {
  const { cause, resolution, retry } = entry;
  if (cause !== undefined && resolution !== undefined && retry !== undefined) {
    return { ...entry, cause, resolution, retry };
  }
  if (http === undefined) throw new Error(`the entry ${entry.id} has no cause, resolution or retry advice`);
  const known = generalFor(entry, http());
  return {
    ...entry,
    cause: cause ?? { general: wordsOf(known.cause) },
    resolution: resolution ?? known.resolution.map((step) => ({ general: wordsOf(step) })),
    retry: retry ?? { advice: known.retry.advice, reason: { general: wordsOf(known.retry.reason) } },
  };
}

/** The entry that speaks for each category where the status does not. */
const OF_CATEGORY: Partial<Record<Category, string>> = {
  authentication: 'unauthorized',
  permission: 'forbidden',
  'not-found': 'not-found',
  validation: 'bad-request',
  conflict: 'conflict',
  'rate-limit': 'too-many-requests',
  quota: 'quota-used-up',
  server: 'internal-server-error',
  maintenance: 'maintenance',
  gateway: 'bad-gateway',
  timeout: 'gateway-timeout',
};

/** The general entry: that of the status if both are about the same, else that of the category. */
function generalFor({ match, category }: WrittenEntry, http: Catalog): Entry {
  const ofStatus = http.entries.filter(
    (entry) => entry.match.message === undefined && entry.match.status?.some((one) => match.status?.includes(one)),
  );
  return (ofStatus.find((entry) => entry.category === category) ??
    http.entries.find(({ id }) => id === OF_CATEGORY[category]) ??
    ofStatus[0] ??
    http.entries.find(({ id }) => id === 'client-error')) as Entry;
}
