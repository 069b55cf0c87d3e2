import { createRequire } from 'node:module';

const LAZY = '\0lazy:';

/**
 * Modules that are loaded on the first use of one of their exports instead of at the start, since most runs of a
 * command never use them: without that, `explain` takes 5 ms more processor time.
 */
const BUILT_IN = [
  ...['child_process', 'crypto', 'dns/promises', 'fs/promises', 'https', 'net', 'os', 'timers/promises', 'tty', 'v8'],
  'zlib',
];

/**
 * Packages that are loaded in the same way, with their exports unless a `require` tells. That of got for HTTP/2 loads
 * `node:http2` and opens a TLS socket to learn a class of Node.js, which is a fifth of the processor time of `call`.
 * chalk is for colours only, and yaml for files that are not JSON.
 */
const PACKAGES: Record<string, string[] | null> = {
  'http2-wrapper': ['auto', 'globalAgent'],
  chalk: ['Chalk'],
  yaml: null,
};

/** Replaces a module by an object that loads it when one of its exports is read. */
export function lazyPlugin() {
  return {
    name: 'lazy',
    resolveId(source: string, importer: string | undefined) {
      return exportsOf(source) === null || importer?.startsWith(LAZY) ? null : LAZY + source;
    },
    load(id: string) {
      const source = id.startsWith(LAZY) ? id.slice(LAZY.length) : null;
      const names = source === null ? null : exportsOf(source);
      if (names === null) return null;
      const getters = names.map((name) => `get ${name}() { return load().${name}; }`);
      const code = `let module_; const load = () => (module_ ??= require(${JSON.stringify(source)}));
module.exports = { ${getters.join(', ')} };`;
      return { code, moduleType: 'js' as const };
    },
    transform: {
      filter: { id: /node_modules\/@sindresorhus\/is\// },
      // got's package for its assertions. Node.js reads the data of languages with the first of them: 10 ms.
      handler: (code: string) =>
        code.replaceAll(
          /new Intl\.ListFormat\(([^()]*)\)/g,
          '{ format: (list) => new Intl.ListFormat($1).format(list) }',
        ),
    },
  };
}

/** The names that a lazy module exports; null for one that is loaded at the start. */
function exportsOf(source: string): string[] | null {
  const isBuiltIn = BUILT_IN.includes(source.replace(/^node:/, ''));
  if (!isBuiltIn && !Object.hasOwn(PACKAGES, source)) return null;
  return PACKAGES[source] ?? Object.keys(createRequire(import.meta.url)(source));
}
