import { completed } from '../src/catalogs/complete.ts';
import { lint } from '../src/catalogs/lint.ts';
import { catalogSchema } from '../src/catalogs/schema.ts';
import { validateSource } from '../src/schema/validate.ts';

/** The part of the bundler's API that is used. */
interface Bundler {
  emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown;
}

/**
 * Compiles `import catalog from '../src/catalog/x.yaml'` to a function that returns the catalog. It
 * is validated and linted at build time, so the program needs neither YAML nor the schema. A plugin
 * for Rolldown and for Vite, hence for Vitest.
 *
 * @param asFiles true to write each catalog to a file beside the chunks, which is read on demand
 */
export function catalogPlugin({ asFiles = false } = {}) {
  return {
    name: 'errprobe-catalog',
    transform: {
      filter: { id: /\.yaml$/ },
      handler(this: Bundler, yaml: string, file: string) {
        const result = validateSource(yaml, catalogSchema);
        const problems = result.ok
          ? lint(completed(result.value), { strict: true }).map(
              ({ entry, message }) => `${file}: ${entry ?? 'catalog'}: ${message}`,
            )
          : result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
        if (!result.ok || problems.length > 0) throw new Error(problems.join('\n'));
        const json = JSON.stringify(completed(result.value));
        if (asFiles) {
          const fileName = `catalogs/${result.value.id}.json`;
          this.emitFile({ type: 'asset', fileName, source: json });
          return {
            code: moduleOf(`readFileSync(new URL('../${fileName}', import.meta.url), 'utf8')`),
            moduleType: 'js',
            map: null,
          };
        }
        return { code: moduleOf(JSON.stringify(json)), moduleType: 'js', map: null };
      },
    },
  };
}

/** A module that parses a JSON text on first use. */
function moduleOf(text: string): string {
  return `import { readFileSync } from 'node:fs';
let catalog;
export default () => (catalog ??= JSON.parse(${text}));`;
}
