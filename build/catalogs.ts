import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { completed } from '../src/catalogs/complete.ts';
import { folded } from '../src/catalogs/folded.ts';
import { lint } from '../src/catalogs/lint.ts';
import { catalogSchema } from '../src/catalogs/schema.ts';
import { serviceSchema } from '../src/catalogs/service-schema.ts';
import { parsed } from '../src/input/parsed.ts';
import type { Catalog, KnownApi, WrittenCatalog } from '../src/model/catalog.ts';
import { savedResponse } from '../src/model/exchange.ts';
import { validateSource } from '../src/schema/validate.ts';

/** The part of the bundler's API that is used. */
interface Bundler {
  addWatchFile(file: string): unknown;
  emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown;
}

/** Where the services are, from the catalog that joins their entries. */
const SERVICES = '../../services';

/** The module that knows the catalogs of well-known APIs, and the folder of their files. */
const KNOWN = '#known-catalogs';

/** The module that reads the files of catalogs. */
const FROM_FILE = '#catalog-file';
const KNOWN_FOLDER = fileURLToPath(new URL('../src/catalogs/known/', import.meta.url));

/**
 * Compiles `import catalog from '../src/catalog/x.yaml'` to a function that returns the catalog. It
 * is validated and linted at build time, so the program needs neither YAML nor the schema. The catalog
 * `services` gets the entries of all files in `src/services/`. The files in `src/catalogs/known/` become one
 * module: an index of them, and a function for each. A plugin for Rolldown and for Vite, hence for Vitest.
 *
 * @param known where the catalogs of well-known APIs go. `inside`: into the bundle. `in-files`: to files of their own, and
 *   all other catalogs, too, which are read on first use, since texts in a chunk would have to be read with it at every
 *   start. `left-out`: the bundle imports the module, and `imports` in package.json says what it is in Node.js and in a
 *   browser
 */
export function catalogPlugin({ known = 'inside' }: { known?: 'inside' | 'in-files' | 'left-out' } = {}) {
  const inFiles = known === 'in-files';
  return {
    name: 'errprobe-catalog',
    // Before Vite looks into package.json.
    enforce: 'pre' as const,
    resolveId: {
      filter: { id: /^#(?:known-catalogs|catalog-file)$/ },
      handler: (id: string) => (id === KNOWN && known === 'left-out' ? { id, external: true as const } : `\0${id}`),
    },
    load: {
      filter: { id: /known-catalogs$|catalog-file$/ },
      handler(this: Bundler, id: string) {
        if (id === `\0${FROM_FILE}`) return { code: FROM_FILE_CODE, moduleType: 'js' as const };
        if (id !== `\0${KNOWN}`) return null;
        const paths = yamlFilesIn(KNOWN_FOLDER);
        for (const path of paths) this.addWatchFile(path);
        const catalogs = paths.map((path) => {
          const yaml = readFileSync(path, 'utf8');
          return once(path + yaml, () => checked(validated(yaml, path, catalogSchema), path));
        });
        const names = namesIn(catalogs);
        if (inFiles) {
          for (const [name, value] of [['names', names] as const, ...catalogs.map((one) => [one.id, one] as const)])
            this.emitFile(catalogFile(name, value));
          for (const [fileName, source] of Object.entries(forLibrary(catalogs)))
            this.emitFile({ type: 'asset', fileName, source });
        }
        return { code: knownModule(catalogs, names, inFiles), moduleType: 'js' as const };
      },
    },
    transform: {
      filter: { id: /\.yaml$/ },
      handler(this: Bundler, yaml: string, file: string) {
        const source = validated(yaml, file, catalogSchema);
        if (source.id === 'services')
          for (const path of yamlFilesIn(join(file, '..', SERVICES))) {
            this.addWatchFile(path);
            addEntries(source, path);
          }
        const catalog = checked(source, file);
        if (inFiles) this.emitFile(catalogFile(catalog.id, catalog));
        const made = inFiles ? `fromFile(${JSON.stringify(catalog.id)})` : lazily(catalog);
        const code = `${inFiles ? READER : ''}\nexport default ${made};`;
        return { code, moduleType: 'js' as const, map: null };
      },
    },
  };
}

/** @throws Error with all that the lint objects to */
function checked(source: WrittenCatalog, file: string): Catalog {
  const catalog = completed(source, () => general('http'));
  const problems = lint(catalog, { strict: true, read: (body) => parsed(savedResponse(body)) });
  if (problems.length === 0) return catalog;
  throw new Error(problems.map(({ entry, message }) => `${file}: ${entry ?? 'catalog'}: ${message}`).join('\n'));
}

/** A general catalog, from which texts are taken that the document of an API does not have. */
function general(id: string): Catalog {
  const path = join(KNOWN_FOLDER, '..', 'general', `${id}.yaml`);
  const yaml = readFileSync(path, 'utf8');
  return once(path + yaml, () => completed(validated(yaml, path, catalogSchema)));
}

/** The catalogs made so far: the program and the library, in two module formats, have the same ones. */
const made = new Map<string, Catalog>();

function once(key: string, make: () => Catalog): Catalog {
  const catalog = made.get(key) ?? make();
  made.set(key, catalog);
  return catalog;
}

function validated<T>(yaml: string, file: string, schema: z.ZodType<T>): T {
  const result = validateSource(yaml, schema);
  if (result.ok) return result.value;
  throw new Error(result.problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`).join('\n'));
}

function yamlFilesIn(folder: string): string[] {
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

function knownModule(catalogs: Catalog[], names: object, inFiles: boolean): string {
  const made = (name: string, value: object) => (inFiles ? `fromFile(${JSON.stringify(name)})` : lazily(value));
  return [
    inFiles ? READER : '',
    `export const apis = ${asciiJson(catalogs.map(indexed))};`,
    `export const names = ${made('names', names)};`,
    `export const catalogs = {${catalogs.map((one) => `${JSON.stringify(one.id)}: ${made(one.id, one)}`).join(',\n')}};`,
  ].join('\n');
}

/**
 * The same module for the library, by file. CommonJS can read a file of JSON on first use, in Node.js and in whatever a
 * bundler makes of it; ES modules cannot. Browsers are spared more than a megabyte.
 */
function forLibrary(catalogs: Catalog[]): Record<string, string> {
  const read = (name: string) => `() => require(${JSON.stringify(`./known/${name}.json`)})`;
  return {
    'known.cjs': [
      `exports.apis = ${asciiJson(catalogs.map(indexed))};`,
      `exports.names = ${read('names')};`,
      `exports.catalogs = {${catalogs.map(({ id }) => `${JSON.stringify(id)}: ${read(id)}`).join(',\n')}};\n`,
    ].join('\n'),
    'no-known.js': 'export const apis = [];\nexport const names = () => ({});\nexport const catalogs = {};\n',
    'no-known.cjs': 'exports.apis = [];\nexports.names = () => ({});\nexports.catalogs = {};\n',
  };
}

/** Imports the function that reads a file of a catalog beside the chunks on first use. */
const READER = `import { fromFile } from '${FROM_FILE}';`;

const FROM_FILE_CODE = `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
export const fromFile = (name) => {
  let made;
  return () => (made ??= JSON.parse(readFileSync(join(__dirname, '..', 'known', name + '.json'), 'latin1')));
};`;

const catalogFile = (id: string, value: object) =>
  ({ type: 'asset', fileName: `known/${id}.json`, source: asciiJson(value) }) as const;

/** What is known of a catalog without parsing it. */
function indexed({ id, name, hosts, baseUrl, auth, signed, envelopes = [], entries }: Catalog): KnownApi {
  const aliases: Record<string, string[]> = {};
  for (const entry of entries)
    for (const alias of entry.aliases ?? []) aliases[alias] = [...(aliases[alias] ?? []), entry.id];
  return { id, name, hosts, baseUrl, auth, signed, envelopes, aliases, entries: entries.length };
}

/** The catalogs that have an entry of a name. */
function namesIn(catalogs: Catalog[]): Record<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { id, entries } of catalogs) {
    const own = entries.flatMap(({ id, match }) => [id, ...(match.code ?? []), ...(match.subcode ?? [])]);
    for (const name of new Set(own.map(folded))) names.set(name, [...(names.get(name) ?? []), id]);
  }
  return Object.fromEntries(names);
}

/** A function that parses the JSON of a value on first use. */
const lazily = (value: unknown): string =>
  `((made) => () => (made ??= JSON.parse(${asciiJson(JSON.stringify(value))})))()`;

/** JSON in ASCII: one other character would make a source take twice the memory. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
