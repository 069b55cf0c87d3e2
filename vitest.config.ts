import { defineConfig } from 'vitest/config';
import { catalogPlugin } from './build/catalogs.ts';

export default defineConfig({
  plugins: [catalogPlugin()],
  test: { include: ['test/**/*.test.ts'], globalSetup: ['test/build.ts'], testTimeout: 30_000 },
});
