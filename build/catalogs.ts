import { lint } from '../src/catalogs/lint.ts';
import { catalogSchema } from '../src/catalogs/schema.ts';
import { validateSource } from '../src/schema/validate.ts';

/** What of the bundler is used. */
interface Bundler {
  emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown;
}

/**
 * Compiles `import catalog from '../src/catalog/x.yaml'`, a function that returns the catalog: it is validated and linted, so that
 * nothing of YAML or of the schema is left to do when the program runs. A plugin for Rolldown and for Vite, hence for
 * Vitest.
 *
 * @param asFiles true to write each catalog to a file beside the chunks, which is read when it is asked for
 */
export function catalogPlugin({ asFiles = false } = {}) {
  return {
    name: 'errprobe-catalog',
    transform: {
      filter: { id: /\.yaml$/ },
      handler(this: Bundler, yaml: string, file: string) {
        const result = validateSource(yaml, catalogSchema);
        const problems = result.ok
          ? lint(result.value).map(({ entry, message }) => `${file}: ${entry ?? 'catalog'}: ${message}`)
          : result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
        if (!result.ok || problems.length > 0) throw new Error(problems.join('\n'));
        const json = JSON.stringify(result.value);
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

/** A module that parses a JSON text when it is first asked for. */
function moduleOf(text: string): string {
  return `import { readFileSync } from 'node:fs';
let catalog;
export default () => (catalog ??= JSON.parse(${text}));`;
}
