import { defineConfig } from 'rolldown';
import { builtinsPlugin } from './build/builtins.ts';
import { catalogPlugin } from './build/catalogs.ts';
import { helpPlugin } from './build/help.ts';
import { licencesPlugin } from './build/licences.ts';
import { schemaPlugin } from './build/schemas.ts';

/** commander starts other programs for subcommands that are programs of their own; there are none here. */
function lazyChildProcess() {
  const eager = "const childProcess = require('node:child_process');";
  return {
    name: 'lazy-child-process',
    transform(code: string, id: string) {
      if (!/commander\/lib\/command\.js$/.test(id)) return null;
      if (!code.includes(eager)) throw new Error('commander loads node:child_process in another way than before');
      return code.replace(
        eager,
        "const childProcess = { spawn: (...args) => require('node:child_process').spawn(...args) };",
      );
    },
  };
}

const platform = 'node' as const;
// Names stay, so that the stack of a bug says where it is.
const minify = { mangle: false, compress: true, codegen: { removeWhitespace: true } };

/** The program. Packages are bundled, too: to find and read their many files is most of what they cost at the start. */
export const program = defineConfig({
  input: { cli: 'src/cli.ts', 'triage-worker': 'src/commands/triage/worker.ts' },
  platform,
  // Only cosmiconfig's loader for config in TypeScript asks for it, and that is never run.
  external: ['typescript'],
  plugins: [
    builtinsPlugin(),
    catalogPlugin({ asFiles: true }),
    helpPlugin(),
    schemaPlugin(),
    licencesPlugin(),
    lazyChildProcess(),
  ],
  // What all commands share is one chunk: some of it is imported when it is used, all the same.
  checks: { ineffectiveDynamicImport: false },
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
    minify,
    codeSplitting: {
      // To find and open a file costs more than to skip what is not needed in it.
      groups: [
        { name: 'start', priority: 2, test: /src\/(?:version|terminal\/own-folder)\.ts/ },
        {
          name: 'main',
          priority: 1,
          test: new RegExp(
            [
              'src\\/(?:model|json|text|diagnosis)\\/',
              'src\\/catalogs\\/(?!schema|lint)',
              'src\\/secrets\\/(?!byte-redactor)',
              'src\\/terminal\\/(?:sink|outputs)',
              'src\\/config\\/(?:load|resolve)',
              'src\\/http\\/sensitive',
              'src\\/input\\/(?!decompress|files|follow|read-pieces|split|xml)',
              'src\\/render\\/(?:[a-z]+|error\\/(?:mark|pretty))\\.ts',
              'src\\/commands\\/(?:program|options|index|setting|find-api|explain\\/.*|[a-z-]+\\/command)\\.ts',
              'node_modules\\/(?:commander|chalk)\\/',
            ].join('|'),
          ),
        },
      ],
    },
  },
});

/** The library: one file that holds all it needs, so that others can bundle it. */
export const library = defineConfig({
  input: { index: 'src/index.ts' },
  platform,
  plugins: [catalogPlugin()],
  output: { dir: 'dist', format: 'esm', minify },
});

export default [program, library];
