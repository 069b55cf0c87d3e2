import { defineConfig } from 'rolldown';
import { licencesPlugin } from './build/licences.ts';
import { catalogPlugin } from './src/catalog/plugin.ts';
import { schemaPlugin } from './src/schema/plugin.ts';

// Packages are bundled, too: to find and read their many files is most of what they cost at the start.
export default defineConfig({
  input: { cli: 'src/cli.ts', index: 'src/index.ts', 'triage-worker': 'src/commands/triage-worker.ts' },
  platform: 'node',
  // Only cosmiconfig's loader for config in TypeScript asks for it, and that is never run.
  external: ['typescript'],
  plugins: [catalogPlugin(), schemaPlugin(), licencesPlugin()],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
    // Names stay, so that the stack of a bug says where it is.
    minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
    codeSplitting: {
      // A chunk of its own for each little module that several commands share would cost more than it saves.
      groups: [
        { name: 'base', priority: 3, test: /src\/(?:errors|nearest|duration|version)\.ts/ },
        { name: 'look', priority: 2, test: /src\/(?:report|secrets)\.ts|src\/render\/(?:text|style|reports)\.ts/ },
        { name: 'core', priority: 1, test: /src\/(?:diagnosis|catalogs|catalog\/(?:template|pointer))/ },
        {
          name: 'shared',
          test: /src\/(?:config\/(?:load|resolve)|input\/(?:read-source|json-problem)|render\/(?:json|pretty)|commands\/(?:setting|find-api))\.ts/,
        },
      ],
    },
  },
});
