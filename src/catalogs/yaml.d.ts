declare module '*.yaml' {
  const catalog: () => import('../catalog/catalog.ts').Catalog;
  export default catalog;
}
