/**
 * For `setupFiles` of Vitest: prints under a failed test why its request failed and what to do.
 *
 * @module errprobe/vitest
 * @example
 * import { defineConfig } from 'vitest/config';
 *
 * export default defineConfig({ test: { setupFiles: ['errprobe/vitest'] } });
 */
import { afterEach, beforeEach } from 'vitest';
import { Witness } from './witness.ts';

const witness = new Witness(globalThis);

beforeEach(() => witness.forget());
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await witness.explain(task.result.errors ?? []);
});
