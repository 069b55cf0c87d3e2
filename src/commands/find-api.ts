import type { Catalog } from '../catalog/catalog.ts';
import { UsageError } from '../errors.ts';
import { nearest } from '../nearest.ts';

/**
 * The catalog of an id.
 *
 * @param where what named it, for the message
 * @throws UsageError with the list and the nearest id when there is none
 */
export function findApi(id: string, catalogs: Catalog[], where: string): Catalog {
  const found = catalogs.find((catalog) => catalog.id === id.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(
    id,
    catalogs.map((catalog) => catalog.id),
  );
  const hint = near === null ? '' : `; did you mean ${near}?`;
  throw new UsageError(`${where}: there is no catalog for "${id}"${hint} Known are ${listOf(catalogs)}.`);
}

/** The ids of catalogs, for a message. */
export function listOf(catalogs: Catalog[]): string {
  return catalogs.map(({ id }) => id).join(', ');
}
