import { dirname, resolve } from 'node:path';
import { completed } from '../../catalogs/complete.ts';
import { catalogOf, type ImportedCatalog, type SourceRead } from '../../catalogs/import/import.ts';
import { type Again, importAgain } from '../../catalogs/import/merge-again.ts';
import type { OpenDocument } from '../../catalogs/import/refs.ts';
import { NothingToImport, readSource, type SourceFile } from '../../catalogs/import/source.ts';
import { type CatalogFile, fileOf } from '../../catalogs/import/written.ts';
import { builtIn } from '../../catalogs/index.ts';
import { lint } from '../../catalogs/lint.ts';
import { catalogSchema } from '../../catalogs/schema.ts';
import { LARGEST_DOCUMENT, readRegularFile } from '../../config/regular-file.ts';
import { filesOf } from '../../input/files.ts';
import { jsonProblem } from '../../input/json-problem.ts';
import { readStdin, readTextFile } from '../../input/read-source.ts';
import { placeWithin } from '../../input/within.ts';
import type { Catalog } from '../../model/catalog.ts';
import { UsageError } from '../../model/errors.ts';
import { type ImportReport, renderImport } from '../../render/catalog/import.ts';
import { renderJson } from '../../render/json.ts';
import { editYaml, printYaml } from '../../schema/edit-yaml.ts';
import { parseDocuments, parseSource } from '../../schema/yaml.ts';
import { openOutput, writeRedacted } from '../../terminal/file.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** The command line of `catalog import`. */
export interface CatalogImportArguments {
  files: string[];
  id: string;
  name?: string;
  /** Where the documentation is published. */
  url?: string;
  output?: string;
  map: Record<string, string>;
  format: 'yaml' | 'json';
}

/** Imports documents to a catalog; returns the exit code. */
export async function runCatalogImport(args: CatalogImportArguments, terminal: Terminal): Promise<number> {
  const { effects, out, err, quiet } = terminal;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(args.id))
    throw new UsageError('--id takes lower-case words joined by hyphens, such as my-api');
  const paths = args.files.includes('-') ? args.files : await filesOf(args.files, effects.cwd);
  const sources = await Promise.all(paths.map((path) => sourceFile(path, terminal)));
  const date = new Date(effects.now()).toISOString().slice(0, 10);
  const { file, report } = importOf(args, sources, date, effects.cwd);
  const catalog = checked(file, report);
  if (args.output !== undefined && args.output !== '-') {
    await writeCatalog(args.output, file, report, terminal);
  } else if (args.format === 'json') await out.write(renderJson({ catalog, report }));
  else await out.write(printYaml(file));
  if (args.output !== undefined && args.output !== '-' && args.format === 'json')
    await out.write(renderJson({ catalog, report }));
  if (!quiet && args.format !== 'json') await err.write(renderImport(report, terminal.width('stderr')));
  return 0;
}

/** A file with its values, if it is JSON or YAML. */
async function sourceFile(path: string, { effects }: Terminal): Promise<SourceFile> {
  const reading = { signal: effects.signal, mayBeEmpty: true, most: LARGEST_DOCUMENT };
  const text = path === '-' ? await readStdin(effects.stdin, reading) : await readTextFile(path, effects.cwd, reading);
  if (text.trim() === '') throw new UsageError(`${path}:1:1: it is empty`);
  return { path: path === '-' ? 'standard input' : path, text, values: valuesOf(path, text) };
}

/** The values of a JSON or YAML file; null for any other file. */
function valuesOf(path: string, text: string): unknown[] | null {
  const isNamed = /\.(?:json|ya?ml)$/i.test(path);
  if (!isNamed && !/^\s*(?:[{[]|(?:openapi|swagger)\s*:)/.test(text)) return null;
  try {
    return [JSON.parse(text)];
  } catch {
    const values = /\.json$/i.test(path) ? null : parseDocuments(text);
    if (values?.some((value) => typeof value === 'object')) return values;
    if (!isNamed) return null;
    const [problem] = parseSource(text).errors;
    const { line, column } = problem?.at ?? placeIn(jsonProblem(text));
    throw new UsageError(`${path}:${line}:${column}: ${problem?.message ?? 'it is not valid JSON'}`);
  }
}

/** The place that a problem of JSON names in words. */
function placeIn(problem: string | null): { line: number; column: number } {
  const [, line = 1, column = 1] = /line (\d+), column (\d+)/.exec(problem ?? '') ?? [];
  return { line: Number(line), column: Number(column) };
}

function importOf(
  args: CatalogImportArguments,
  sources: SourceFile[],
  date: string,
  cwd: string,
): { file: CatalogFile; report: ImportReport } {
  const docs: CatalogFile['docs'] = {};
  const reads: SourceRead[] = [];
  const report: ImportReport = {
    id: args.id,
    sources: [],
    entries: 0,
    with: { cause: 0, resolution: 0, retry: 0, example: 0 },
    check: [],
    again: null,
    output: null,
  };
  const opened = new Map<string, unknown>();
  for (const source of sources) {
    const { path } = source;
    try {
      const { kind, read } = readSource(source, openerBeside(path, cwd, opened), args.map);
      const key = keyOf(path, docs);
      const address = args.url ?? (path === 'standard input' ? undefined : path);
      docs[key] = { title: read.title?.trim() || path, ...(address === undefined ? {} : { address }), date };
      for (const claim of read.claims) {
        claim.doc = key;
        // Text that was copied has no anchors.
        if (kind === 'text' || kind === 'registry') claim.anchor = null;
      }
      reads.push(read);
      const left = read.left.map(({ what, why }) => ({ what, why }));
      report.sources.push({ path, kind, claims: read.claims.length, notes: read.notes, left });
      for (const { what, why, isForPerson } of read.left)
        if (isForPerson) report.check.push({ entry: null, why: `${path}, ${what}: ${why}` });
      if (kind === 'text')
        report.check.push({
          entry: null,
          why: `${path} is text without tables or headings: compare what was read with it`,
        });
    } catch (error) {
      if (!(error instanceof NothingToImport)) throw error;
      if (sources.length === 1) throw new UsageError(`${path}:1:1: ${error.message}`);
      report.sources.push({ path, kind: null, claims: 0, notes: [], left: [{ what: path, why: error.message }] });
    }
  }
  if (reads.length === 0) throw new UsageError(`no errors were found in ${sources.length} files`);
  const imported: ImportedCatalog = catalogOf(reads, builtIn.http);
  return { file: fileOf(args.id, args.name, docs, imported), report };
}

/**
 * Opens files that a `$ref` of a document names, each once. Whoever wrote the document must not choose what of this
 * machine is copied into a catalog: only files at or below its folder, or the working directory, are opened.
 */
function openerBeside(document: string, cwd: string, opened: Map<string, unknown>): OpenDocument {
  const folders = [cwd, dirname(resolve(cwd, document))];
  return (ref, from) => {
    if (/^[a-z][a-z\d+.-]+:/i.test(ref)) return undefined;
    const place = placeWithin(resolve(cwd, dirname(from), ref), folders);
    if (typeof place === 'string') return place === 'outside' ? place : undefined;
    const { real } = place;
    if (!opened.has(real)) {
      try {
        const text = readRegularFile(real, LARGEST_DOCUMENT) ?? '';
        opened.set(real, /\.json$/i.test(real) ? JSON.parse(text) : parseDocuments(text)?.[0]);
      } catch {
        opened.set(real, undefined);
      }
    }
    const value = opened.get(real);
    return value === undefined ? undefined : { value, path: real };
  };
}

/**
 * Leaves out entries that the format of catalogs does not allow: one odd place of a document costs only itself.
 *
 * @throws UsageError if nothing is left
 */
function leaveOutBroken(file: CatalogFile, report: ImportReport): void {
  const issues = catalogSchema.safeParse(file).error?.issues ?? [];
  const broken = new Map(issues.map(({ path, message }) => [path[0] === 'entries' ? Number(path[1]) : -1, message]));
  for (const [i, message] of broken)
    report.check.push({ entry: file.entries[i]?.id ?? null, why: `it was left out: ${message}` });
  file.entries = file.entries.filter((_, i) => !broken.has(i));
  if (issues.length > 0 && !catalogSchema.safeParse(file).success)
    throw new UsageError('what was read makes no catalog; import the documents one at a time to find the odd one');
}

function keyOf(path: string, docs: CatalogFile['docs']): string {
  const name = path.split(/[\\/]/).at(-1) ?? 'page';
  const key =
    name
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'page';
  for (let n = 1; ; n++) {
    const free = n === 1 ? key : `${key}-${n}`;
    if (docs[free] === undefined) return free;
  }
}

/** The catalog as errprobe will read it. Examples that would lead to another entry are left out. */
function checked(file: CatalogFile, report: ImportReport): Catalog {
  leaveOutBroken(file, report);
  const read = (): Catalog => completed(catalogSchema.parse(file), () => builtIn.http);
  const astray = lint(read()).filter(({ rule }) => rule === 'example-leads-elsewhere');
  for (const { entry, message } of astray) {
    const found = file.entries.find(({ id }) => id === entry);
    if (found !== undefined) delete found.example;
    report.check.push({ entry, why: `its example was left out: ${message}` });
  }
  const { entries } = file;
  const having = (member: string) => entries.filter((entry) => entry[member] !== undefined).length;
  report.entries = entries.length;
  report.with = {
    cause: entries.filter(({ cause, causes }) => cause !== undefined || causes !== undefined).length,
    resolution: having('resolution'),
    retry: having('retry'),
    example: having('example'),
  };
  for (const { id, category, cause, causes } of entries) {
    if (category === 'unknown') report.check.push({ entry: id, why: 'its category is not clear' });
    else if (cause === undefined && causes === undefined)
      report.check.push({ entry: id, why: 'no document says what it means' });
  }
  return read();
}

/**
 * The catalog that was imported last; null if nothing was.
 *
 * @throws UsageError for a file that is something else
 */
function lastImport(path: string, shown: string): CatalogFile | null {
  const json = readRegularFile(path, LARGEST_DOCUMENT);
  if (json === null) return null;
  const { value } = parseSource(json);
  if (catalogSchema.safeParse(value).success) return value as CatalogFile;
  throw new UsageError(
    `${shown}:1:1: it is not what an import writes; delete it, and compare what is imported by hand`,
  );
}

/** The file beside a catalog that keeps what was imported last. */
const baseOf = (output: string): string => `${output.replace(/\.(?:ya?ml|json)$/, '')}.imported.json`;

/** Writes a catalog, or merges it into the one that is there, with its comments. */
async function writeCatalog(
  output: string,
  file: CatalogFile,
  report: ImportReport,
  terminal: Terminal,
): Promise<void> {
  const { cwd, now: _, ...effects } = terminal.effects;
  const { secrets, out, err } = terminal;
  const existing = readRegularFile(resolve(cwd, output));
  let text = printYaml(file);
  let base = file;
  if (existing !== null && existing.trim() !== '') {
    const mine = parseSource(existing);
    const [problem] = mine.errors;
    if (problem !== undefined)
      throw new UsageError(`${output}:${problem.at.line}:${problem.at.column}: ${problem.message}`);
    const valid = catalogSchema.safeParse(mine.value);
    if (!valid.success)
      throw new UsageError(`${output}:1:1: it is not a catalog; choose another file, or correct it first`);
    const last = lastImport(resolve(cwd, baseOf(output)), baseOf(output));
    const again: Again = importAgain(mine.value as CatalogFile, last, file);
    text = editYaml(existing, again.edits);
    base = again.base;
    report.again = { added: again.added, updated: again.updated, kept: again.kept, vanished: again.vanished };
  }
  const opened = await openOutput(output, { cwd, secrets, out, err, signal: effects.signal, sleep: effects.sleep });
  await opened.write(text);
  await writeRedacted(baseOf(output), `${JSON.stringify(base, null, 1)}\n`, cwd, secrets);
  report.output = output;
}
