import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Python for which .ci/run installs packages. */
export const PYTHON = fileURLToPath(new URL('.venv/bin/python', import.meta.url));

/** True if that Python has a package; tests that need a missing one are skipped. */
export function hasPackage(name: string): boolean {
  const code = `import importlib.util as u; exit(u.find_spec('${name}') is None)`;
  return existsSync(PYTHON) && spawnSync(PYTHON, ['-c', code]).status === 0;
}

/**
 * Options of Java that start Spark in half the time: optimizing for a few seconds takes more than it saves.
 */
export const SPARK_ENV = {
  PYSPARK_SUBMIT_ARGS: "--driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell",
  SPARK_LOCAL_IP: '127.0.0.1',
};
