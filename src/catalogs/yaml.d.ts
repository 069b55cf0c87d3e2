declare module '*.yaml' {
  const catalog: () => import('../model/catalog.ts').Catalog;
  export default catalog;
}

/** The files in `known/`; `build/catalogs.ts` makes this module of them. */
declare module '#known-catalogs' {
  export const apis: import('../model/catalog.ts').KnownApi[];
  /** The ids of the APIs that have an entry of a name, by the name as `folded` makes it. */
  export const names: () => Record<string, string[]>;
  export const catalogs: Record<string, () => import('../model/catalog.ts').Catalog>;
}
