import { isBuiltin } from 'node:module';

/** What of the bundler is used: programs as ESTree, chunks of the output. */
interface Bundler {
  parse(code: string): { body: Node[] };
}
interface Node {
  type: string;
  start: number;
  end: number;
  source?: { value: string } | null;
  specifiers?: { type: string; local: { name: string }; imported?: { name: string } }[];
}
type Output = Record<string, { type: string; code?: string }>;

/**
 * Takes the modules of Node.js from the process in place of importing them. An import reads every export of a module, and
 * with it makes what few programs use: of `node:fs` alone that takes longer than all of `errprobe --version`.
 */
export function builtinsPlugin() {
  return {
    name: 'builtins',
    generateBundle(this: Bundler, _options: unknown, output: Output) {
      for (const chunk of Object.values(output)) {
        if (chunk.type !== 'chunk' || chunk.code === undefined) continue;
        for (const node of this.parse(chunk.code).body.toReversed()) {
          const source = node.source?.value;
          if (node.type !== 'ImportDeclaration' || source === undefined || !isBuiltin(source)) continue;
          chunk.code = `${chunk.code.slice(0, node.start)}${statement(source, node)}${chunk.code.slice(node.end)}`;
        }
      }
    },
  };
}

// A chunk may have a binding called `process` of its own.
function statement(source: string, { specifiers = [] }: Node): string {
  const builtin = `globalThis.process.getBuiltinModule(${JSON.stringify(source)})`;
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier');
  const names = named.map(({ local, imported }) => `${imported?.name ?? local.name}:${local.name}`);
  const parts = [
    ...whole.map(({ local }) => `${local.name}=${builtin}`),
    ...(names.length > 0 ? [`{${names.join()}}=${builtin}`] : []),
  ];
  return parts.length === 0 ? '' : `const ${parts.join()};`;
}
