import { defineConfig } from 'rolldown';
import { catalogPlugin } from '../../build/catalogs.ts';

/** The fuzzer as a program, so that it runs without the costs of a test runner. */
export default defineConfig({
  input: { fuzz: 'test/fuzz/main.ts' },
  platform: 'node',
  external: [/^[a-z@](?!.*\.ts$)/],
  plugins: [catalogPlugin()],
  output: { dir: 'node_modules/.cache/errprobe-fuzz', format: 'esm', codeSplitting: false },
});
