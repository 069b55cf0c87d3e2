import type { Catalog, CatalogText } from './catalog.ts';
import type { From } from './words.ts';

/** The sentence of a catalog, whoever says it. */
export function wordsOf(text: CatalogText): string {
  return typeof text === 'string' ? text : text.general;
}

/** Who says a sentence of a catalog: in a general catalog, nothing is an API's word. */
export function fromOf(text: CatalogText, { general }: Pick<Catalog, 'general'>): From {
  return typeof text === 'string' && !general ? 'documented' : 'general';
}
