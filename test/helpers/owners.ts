/** Each third-party package, and the files that may import it. */
export const OWNERS: Record<string, RegExp> = {
  commander: /^commands\/(program|help|index|options|(?:[a-z-]+\/){1,2}command|completion\/complete)\.ts$/,
  chalk: /^render\/style\.ts$/,
  ora: /^terminal\/spinner\.ts$/,
  got: /^http\/open\.ts$/,
  'tough-cookie': /^http\/cookies\.ts$/,
  'http-proxy-agent': /^http\/proxy\.ts$/,
  'https-proxy-agent': /^http\/proxy\.ts$/,
  'cosmiconfig/dist/Explorer.js': /^config\/cosmiconfig\.ts$/,
  yaml: /^schema\/(?:edit-)?yaml\.ts$/,
  'fast-xml-parser': /^input\/xml\.ts$/,
  htmlparser2: /^text\/(page|html-tree)\.ts$/,
  marked: /^catalogs\/import\/markdown\.ts$/,
  fzstd: /^input\/decompress\.ts$/,
  tinyglobby: /^input\/files\.ts$/,
  'ajv/dist/2020.js': /^checks\/json-schema\.ts$/,
  zod: /^(schema\/.*|.*schema\.ts)$/,
};
