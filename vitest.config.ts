import { defineConfig } from 'vitest/config';
import { catalogPlugin } from './build/catalogs.ts';

export default defineConfig({
  plugins: [catalogPlugin()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts', 'test/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
    // Loading the program for each file anew would double the time. No file mocks a module or leaves state behind.
    isolate: false,
  },
});
