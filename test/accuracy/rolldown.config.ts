import { defineConfig } from 'rolldown';
import { catalogPlugin } from '../../build/catalogs.ts';

/** The scorer and the measurement of its speed as programs, so that they run without the costs of a test runner. */
export default defineConfig({
  input: { accuracy: 'test/accuracy/main.ts', speed: 'test/accuracy/speed.ts' },
  platform: 'node',
  external: [/^[a-z@](?!.*\.ts$)/],
  plugins: [catalogPlugin()],
  output: { dir: 'node_modules/.cache/errprobe-accuracy', format: 'esm' },
});
