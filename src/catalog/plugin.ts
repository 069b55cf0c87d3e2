import { catalogSchema } from '../schema/catalog.ts';
import { validateSource } from '../schema/validate.ts';
import { lint } from './lint.ts';

/**
 * Compiles `import catalog from './x.yaml'`: the catalog is validated, linted and inlined, so that nothing of YAML or
 * of the schema is left to do when the program runs. A plugin for Rolldown and for Vite, hence for Vitest.
 */
export function catalogPlugin() {
  return {
    name: 'errprobe-catalog',
    transform: {
      filter: { id: /\.yaml$/ },
      handler(text: string, file: string) {
        const result = validateSource(text, catalogSchema);
        const problems = result.ok
          ? lint(result.value).map(({ entry, message }) => `${file}: ${entry ?? 'catalog'}: ${message}`)
          : result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
        if (!result.ok || problems.length > 0) throw new Error(problems.join('\n'));
        // JSON.parse of a string loads faster than the same object as source.
        const code = `export default JSON.parse(${JSON.stringify(JSON.stringify(result.value))});`;
        return { code, moduleType: 'js', map: null };
      },
    },
  };
}
