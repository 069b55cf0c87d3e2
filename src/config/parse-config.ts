import { ConfigError } from '../model/errors.ts';
import { validateSource } from '../schema/validate.ts';
import { type ConfigLayer, layerOf, shownPath } from './layer.ts';
import { configSchema } from './schema.ts';

/**
 * Parses a config file; for the parameters, see `layerOf`.
 *
 * @throws ConfigError with file, line and column when it is broken
 */
export function readLayer(text: string, path: string, cwd: string, project = true): ConfigLayer {
  const result = validateSource(text, configSchema, path.endsWith('package.json') ? ['errprobe'] : []);
  if (result.ok) return layerOf(result, path, cwd, project);
  const file = shownPath(path, cwd);
  const lines = result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
  throw new ConfigError(lines.join('\n'));
}
