import { catalogSchema } from '../schema/catalog.ts';
import { validateSource } from '../schema/validate.ts';
import { lint } from './lint.ts';

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Compiles `import catalog from './x.yaml'`, a function that returns the catalog: it is validated, linted and inlined, so that nothing of YAML or
 * of the schema is left to do when the program runs. A plugin for Rolldown and for Vite, hence for Vitest.
 */
export function catalogPlugin() {
  return {
    name: 'errprobe-catalog',
    transform: {
      filter: { id: /\.yaml$/ },
      handler(yaml: string, file: string) {
        const result = validateSource(yaml, catalogSchema);
        const problems = result.ok
          ? lint(result.value).map(({ entry, message }) => `${file}: ${entry ?? 'catalog'}: ${message}`)
          : result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`);
        if (!result.ok || problems.length > 0) throw new Error(problems.join('\n'));
        // JSON.parse of a string loads faster than the same object as source, and only a catalog that is asked for is
        // parsed. What is not ASCII is escaped: one such character would double the memory of the whole source.
        const text = JSON.stringify(JSON.stringify(result.value)).replaceAll(/[^\x20-\x7e]/g, escaped);
        const code = `let catalog;\nexport default () => (catalog ??= JSON.parse(${text}));`;
        return { code, moduleType: 'js', map: null };
      },
    },
  };
}
