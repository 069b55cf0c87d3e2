import type { Catalog } from '../../src/model/catalog.ts';
import type { Api } from '../../src/model/settings.ts';

/** A catalog as the API that it documents. */
export const apiOf = (catalog: Catalog): Api => ({ id: catalog.id, name: catalog.name, catalog });
