import type { Catalog } from '../model/catalog.ts';

/** The catalog of a well-known API, for a browser: `import stripe from 'errprobe/known/stripe.json'`. */
declare const catalog: Catalog;
export default catalog;
