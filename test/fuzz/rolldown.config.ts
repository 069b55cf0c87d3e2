import { defineConfig } from 'rolldown';
import { catalogPlugin } from '../../build/catalogs.ts';

/** Bundles the fuzzer as a program, to avoid the overhead of a test runner. */
export default defineConfig({
  input: { fuzz: 'test/fuzz/main.ts' },
  platform: 'node',
  external: [/^[a-z@](?!.*\.ts$)/],
  plugins: [catalogPlugin()],
  output: { dir: 'node_modules/.cache/errprobe-fuzz', format: 'esm', codeSplitting: false },
});
