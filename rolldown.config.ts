import { defineConfig } from 'rolldown';
import { catalogPlugin } from './src/catalog/plugin.ts';
import { schemaPlugin } from './src/schema/plugin.ts';

export default defineConfig({
  input: { cli: 'src/cli.ts', index: 'src/index.ts' },
  platform: 'node',
  external: /^[a-z@]/,
  plugins: [catalogPlugin(), schemaPlugin()],
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', cleanDir: true },
});
