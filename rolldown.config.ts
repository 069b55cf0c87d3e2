import { defineConfig } from 'rolldown';
import { licencesPlugin } from './build/licences.ts';
import { catalogPlugin } from './src/catalog/plugin.ts';
import { schemaPlugin } from './src/schema/plugin.ts';

// Packages are bundled, too: to find and read their many files is most of what they cost at the start.
export default defineConfig({
  input: { cli: 'src/cli.ts', index: 'src/index.ts' },
  platform: 'node',
  // Only cosmiconfig's loader for config in TypeScript asks for it, and that is never run.
  external: ['typescript'],
  plugins: [catalogPlugin(), schemaPlugin(), licencesPlugin()],
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', cleanDir: true },
});
