import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { completed } from '../src/catalogs/complete.ts';
import { lint } from '../src/catalogs/lint.ts';
import { catalogSchema } from '../src/catalogs/schema.ts';
import { serviceSchema } from '../src/catalogs/service-schema.ts';
import type { WrittenCatalog } from '../src/model/catalog.ts';
import { validateSource } from '../src/schema/validate.ts';

/** The part of the bundler's API that is used. */
interface Bundler {
  addWatchFile(file: string): unknown;
}

/** Where the services are, from the catalog that joins their entries. */
const SERVICES = '../../services';

/**
 * Compiles `import catalog from '../src/catalog/x.yaml'` to a function that returns the catalog. It
 * is validated and linted at build time, so the program needs neither YAML nor the schema. The catalog
 * `services` gets the entries of all files in `src/services/`. A plugin for Rolldown and for Vite, hence
 * for Vitest.
 */
export function catalogPlugin() {
  return {
    name: 'errprobe-catalog',
    transform: {
      filter: { id: /\.yaml$/ },
      handler(this: Bundler, yaml: string, file: string) {
        const source = validated(yaml, file, catalogSchema);
        if (source.id === 'services')
          for (const path of servicesBeside(file)) {
            this.addWatchFile(path);
            addEntries(source, path);
          }
        const catalog = completed(source);
        const problems = lint(catalog, { strict: true }).map(
          ({ entry, message }) => `${file}: ${entry ?? 'catalog'}: ${message}`,
        );
        if (problems.length > 0) throw new Error(problems.join('\n'));
        return { code: moduleOf(JSON.stringify(catalog)), moduleType: 'js', map: null };
      },
    },
  };
}

function validated<T>(yaml: string, file: string, schema: z.ZodType<T>): T {
  const result = validateSource(yaml, schema);
  if (result.ok) return result.value;
  throw new Error(result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`).join('\n'));
}

function servicesBeside(file: string): string[] {
  const folder = join(file, '..', SERVICES);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** Adds the entries of a service to the catalog of all services. */
function addEntries(catalog: WrittenCatalog, path: string): void {
  const { id, docs, entries } = validated(readFileSync(path, 'utf8'), path, serviceSchema);
  catalog.entries.push(...entries);
  if (docs !== undefined) catalog.docs[id] = docs;
}

/** A module that parses the JSON of a catalog on first use. */
function moduleOf(json: string): string {
  return `let catalog;
export default () => (catalog ??= JSON.parse(${JSON.stringify(json)}));`;
}
