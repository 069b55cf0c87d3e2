import { isBuiltin } from 'node:module';

const IMPORTED = '\0imported:';
const REQUIRED = '\0required:';
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * Takes the modules of Node.js from the process in place of importing them. An import reads every export of a module, and
 * with it makes what few programs use: of `node:fs` alone that takes longer than all of `errprobe --version`.
 */
export function builtinsPlugin() {
  return {
    name: 'builtins',
    resolveId(source: string, importer: string | undefined, { kind }: { kind: string }) {
      // The bundler's own code comes before all others.
      if (!isBuiltin(source) || importer?.includes('rolldown/runtime')) return null;
      return `${kind === 'require-call' ? REQUIRED : IMPORTED}${source}`;
    },
    async load(id: string) {
      const builtin = (source: string) => `process.getBuiltinModule(${JSON.stringify(source)})`;
      if (id.startsWith(REQUIRED)) return `module.exports = ${builtin(id.slice(REQUIRED.length))};`;
      if (!id.startsWith(IMPORTED)) return null;
      const source = id.slice(IMPORTED.length);
      const names = Object.keys((await import(source)) as object).filter(
        (name) => name !== 'default' && IDENTIFIER.test(name),
      );
      const code = [
        `const builtin = ${builtin(source)};`,
        ...names.map((name) => `export const ${name} = builtin.${name};`),
        'export default builtin;',
      ];
      return { code: code.join('\n'), moduleSideEffects: false };
    },
  };
}
