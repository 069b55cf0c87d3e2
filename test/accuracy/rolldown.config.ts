import { defineConfig } from 'rolldown';
import { catalogPlugin } from '../../build/catalogs.ts';

/** The scorer as a program, so that it runs without the costs of a test runner. */
export default defineConfig({
  input: { accuracy: 'test/accuracy/main.ts' },
  platform: 'node',
  external: [/^[a-z@](?!.*\.ts$)/],
  plugins: [catalogPlugin()],
  output: { dir: 'node_modules/.cache/errprobe-accuracy', format: 'esm', codeSplitting: false },
});
