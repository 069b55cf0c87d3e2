import type { Catalog, CatalogText } from './catalog.ts';
import type { From } from './words.ts';

/** The text of a catalog's sentence, whatever its source. */
export function wordsOf(text: CatalogText): string {
  return typeof text === 'string' ? text : text.general;
}

/** The source of a catalog's sentence: nothing in a general catalog is documented by an API. */
export function fromOf(text: CatalogText, { general }: Pick<Catalog, 'general'>): From {
  return typeof text === 'string' && !general ? 'documented' : 'general';
}
