import { completed } from '../catalogs/complete.ts';
import { builtIn } from '../catalogs/index.ts';
import { lint } from '../catalogs/lint.ts';
import { catalogSchema } from '../catalogs/schema.ts';
import type { Catalog } from '../model/catalog.ts';
import { ConfigError } from '../model/errors.ts';
import { validateSource } from '../schema/validate.ts';

/**
 * A catalog from the text of its file: validated, completed and linted.
 *
 * @throws ConfigError with file, line and column when it is broken
 */
export function compiledCatalog(text: string, path: string): Catalog {
  const result = validateSource(text, catalogSchema);
  if (!result.ok) {
    throw new ConfigError(
      result.problems.map(({ at, message }) => `${path}:${at.line}:${at.column}: ${message}`).join('\n'),
    );
  }
  const catalog = completed(result.value, () => builtIn.http);
  const problems = lint(catalog).map(({ entry, index, message }) => {
    const { line, column } = result.locate(index === null ? [] : ['entries', index]);
    return `${path}:${line}:${column}: ${entry ?? 'catalog'}: ${message}`;
  });
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return catalog;
}
