import { defineConfig } from 'rolldown';
import { builtinsPlugin } from './build/builtins.ts';
import { helpPlugin } from './build/help.ts';
import { licencesPlugin } from './build/licences.ts';
import { catalogPlugin } from './src/catalog/plugin.ts';
import { schemaPlugin } from './src/schema/plugin.ts';

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

// Packages are bundled, too: to find and read their many files is most of what they cost at the start.
export default defineConfig({
  input: { cli: 'src/cli.ts', index: 'src/index.ts', 'triage-worker': 'src/commands/triage-worker.ts' },
  platform: 'node',
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
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
    // Names stay, so that the stack of a bug says where it is.
    minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
    codeSplitting: {
      // To find and open a file costs more than to skip what is not needed in it: what all commands share is one chunk,
      // and what the library consists of is another.
      groups: [
        { name: 'version', priority: 3, test: /src\/version\.ts/ },
        {
          name: 'core',
          priority: 2,
          test: /src\/(?:diagnosis|catalogs|duration\.ts|nearest\.ts|catalog\/(?:template|pointer))/,
        },
        {
          name: 'main',
          priority: 1,
          test: new RegExp(
            [
              'src\\/(?:cli-|errors|report|secrets|secret-formats|sensitive-names|terminal\\/sink)',
              'src\\/config\\/(?:load|resolve)',
              'src\\/http\\/sensitive',
              'src\\/input\\/(?!decompress|follow|read-pieces|split|xml)',
              'src\\/render\\/(?:json|pretty|reports|style|text)\\.ts',
              'src\\/commands\\/(?:setting|find-api|explain|run-explain)\\.ts',
              'node_modules\\/(?:commander|chalk)\\/',
            ].join('|'),
          ),
        },
      ],
    },
  },
});
