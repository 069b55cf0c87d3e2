import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Catalog } from '../../model/catalog.ts';
import { UsageError } from '../../model/errors.ts';
import { noApi } from '../../text/nearest.ts';

/**
 * All catalogs, those of APIs first, or the one that the user names.
 *
 * @throws UsageError if there is no such catalog
 */
export function catalogsOf(api: string | undefined, { apis, http, network, gateways, codes }: Knowledge): Catalog[] {
  const all = [...apis, http, network, gateways, ...codes];
  if (api === undefined) return all;
  const named = all.find(({ id }) => id === api.toLowerCase());
  if (named !== undefined) return [named];
  throw new UsageError(
    noApi(
      api,
      all.map(({ id }) => id),
    ),
  );
}
