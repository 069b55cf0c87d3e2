declare module '*.yaml' {
  const catalog: () => import('../model/catalog.ts').Catalog;
  export default catalog;
}
