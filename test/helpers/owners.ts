/** Each third-party package, and the one file or folder that imports it. */
export const OWNERS: Record<string, string> = {
  commander: 'cli',
  chalk: 'render/style.ts',
  ora: 'terminal/spinner.ts',
  got: 'http/send.ts',
  'http-proxy-agent': 'http/proxy.ts',
  'https-proxy-agent': 'http/proxy.ts',
  'cosmiconfig/dist/Explorer.js': 'config/cosmiconfig.ts',
  yaml: 'catalog/yaml.ts',
  'fast-xml-parser': 'input/xml.ts',
  fzstd: 'input/decompress.ts',
  tinyglobby: 'files.ts',
  'ajv/dist/2020.js': 'checks/json-schema.ts',
  zod: 'schema/',
};
