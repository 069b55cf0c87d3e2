const WRAPPER = 'http2-wrapper';
const LAZY = '\0lazy-http2';

/**
 * Loads got's package for HTTP/2 on its first use instead of at the start: it loads `node:http2`
 * and opens a TLS socket to learn a class of Node.js, which is a fifth of the processor time of `call`.
 */
export function lazyHttp2Plugin() {
  return {
    name: 'lazy-http2',
    resolveId(source: string, importer: string | undefined) {
      return source === WRAPPER && importer !== LAZY ? LAZY : null;
    },
    load(id: string) {
      if (id !== LAZY) return null;
      const load = `require(${JSON.stringify(WRAPPER)})`;
      return `module.exports = { get auto() { return ${load}.auto; }, get globalAgent() { return ${load}.globalAgent; } };`;
    },
  };
}
