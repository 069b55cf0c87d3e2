import { relative, resolve } from 'node:path';
import { withEntry } from '../../../catalogs/add-entry.ts';
import { completed } from '../../../catalogs/complete.ts';
import { builtIn, knowledgeOf } from '../../../catalogs/index.ts';
import { lint } from '../../../catalogs/lint.ts';
import { catalogSchema } from '../../../catalogs/schema.ts';
import { entryOf, NOT_DOCUMENTED, type SeenError } from '../../../catalogs/starter.ts';
import { catalogFileOf, catalogFilesOf } from '../../../config/catalog-files.ts';
import { loadLayers } from '../../../config/load.ts';
import { diagnose } from '../../../diagnosis/diagnose.ts';
import { readTextFile } from '../../../input/read-source.ts';
import type { Catalog } from '../../../model/catalog.ts';
import { UsageError } from '../../../model/errors.ts';
import { savedResponse } from '../../../model/exchange.ts';
import { type Validated, validateSource } from '../../../schema/validate.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { replaceCatalog } from '../replace-file.ts';
import { readSeenError, type SeenArguments } from '../seen-error.ts';

/** The command line of `catalog add`. */
export interface CatalogAddArguments extends SeenArguments {
  /** The API whose catalog gets the entry. */
  api?: string;
  /** The file of the catalog, whether or not the config names it. */
  catalog?: string;
}

/** Adds an entry for a saved error to a user's catalog; returns the exit code. */
export async function runCatalogAdd(args: CatalogAddArguments, terminal: Terminal): Promise<number> {
  const { effects, out } = terminal;
  const { cwd, now, signal } = effects;
  const path = await fileFor(args, terminal);
  const shown = relative(cwd, path).startsWith('..') ? path : relative(cwd, path);
  const text = await readTextFile(shown, cwd, { signal, mayBeEmpty: true });
  const catalog = catalogIn(validateSource(text, catalogSchema), shown);
  const { seen } = await readSeenError(args, terminal, args.catalog === undefined ? args.api : undefined);
  const known = documentedAs(seen, catalog);
  if (known !== null) throw new UsageError(`${known} documents this error already`);
  const day = new Date(now()).toISOString().slice(0, 10);
  const source = { doc: Object.keys(catalog.docs)[0] ?? 'guide', section: `${NOT_DOCUMENTED}, seen on ${day}` };
  const ids = catalog.entries.map(({ id }) => id);
  const made = entryOf(seen, builtIn.http, source, ids);
  if (made === null) throw new UsageError('it has neither a status nor a code: give the status with --status');
  const { entry } = made;
  const longer = withEntry(text, entry);
  const result = validateSource(longer, catalogSchema);
  const after = catalogIn(result, shown);
  const [problem] = lint(after).filter((one) => one.entry === entry.id);
  if (problem !== undefined) throw new UsageError(`the entry would not be found: ${problem.message}`);
  await replaceCatalog(shown, text, longer, terminal);
  const { line } = result.ok ? result.locate(['entries', ids.length]) : { line: 1 };
  await out.write(
    `Added ${catalog.id}/${entry.id} at ${shown}:${line}.\nWrite there what causes it and what to do, and cite its source.\n`,
  );
  return 0;
}

/** The entry of the catalog that an error already has; null for an undocumented one. */
function documentedAs({ body, status }: SeenError, catalog: Catalog): string | null {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const exchange = { request: null, failure: null, response: savedResponse(text, status ?? undefined) };
  const { id, documented } = diagnose(exchange, knowledgeOf([catalog]), { now: 0, api: catalog.id });
  return documented ? id : null;
}

function catalogIn(result: Validated<Parameters<typeof completed>[0]>, path: string): Catalog {
  if (result.ok) return completed(result.value, () => builtIn.http);
  const lines = result.problems.map(({ at, message }) => `${path}:${at.line}:${at.column}: ${message}`);
  throw new UsageError(lines.join('\n'));
}

/** The file that gets the entry: the one named, that of the API, or the only one of the config. */
async function fileFor({ catalog, api }: CatalogAddArguments, { effects: { cwd, env } }: Terminal): Promise<string> {
  if (catalog !== undefined) return resolve(cwd, catalog);
  const layers = await loadLayers(cwd, env);
  if (api !== undefined) {
    const own = await catalogFileOf(api.toLowerCase(), layers);
    if (own === null)
      throw new UsageError(`--api: the config names no catalog file for ${api}; name one with --catalog`);
    return own;
  }
  const all = await Promise.all(
    layers.map(async (layer) => (await catalogFilesOf(layer)).map(({ path }) => resolve(layer.folder, path))),
  );
  const [only, ...others] = [...new Set(all.flat())];
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    only === undefined
      ? 'the config has no catalog of your own: name one with --catalog, or begin one with errprobe catalog new'
      : 'the config has several catalogs: name the API with --api, or the file with --catalog',
  );
}
