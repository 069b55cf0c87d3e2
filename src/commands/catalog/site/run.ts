import { join, resolve } from 'node:path';
import type { Catalog } from '../../../model/catalog.ts';
import { UsageError } from '../../../model/errors.ts';
import { pageFile } from '../../../render/site/addresses.ts';
import { renderSite, SITE_FILE } from '../../../render/site/site.ts';
import { counted } from '../../../render/words.ts';
import { contentsOf, writeFolder } from '../../../terminal/output-folder.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { namedCatalogs } from '../named-catalogs.ts';

/** The command line of `catalog site`. */
export interface CatalogSiteArguments {
  /** IDs of catalogs, or their files; empty for all. */
  catalogs: string[];
  output: string;
  /** Where it will be published, without a slash at the end. */
  baseUrl?: string;
  title?: string;
  force?: boolean;
}

/** Writes catalogs as a website; returns the exit code. */
export async function runCatalogSite(args: CatalogSiteArguments, terminal: Terminal): Promise<number> {
  const { effects, secrets, out } = terminal;
  const { catalogs } = await namedCatalogs(args.catalogs, terminal);
  const files = renderSite(catalogs, { name: args.title ?? nameOf(catalogs), baseUrl: args.baseUrl ?? null });
  const folder = resolve(effects.cwd, args.output);
  const found = await contentsOf(folder, SITE_FILE);
  const before = found === null ? null : pagesOf(found.marker);
  if (found !== null && found.names.length > 0 && before === null && args.force !== true) {
    throw new UsageError(
      `the folder ${args.output} has files but no site of errprobe; choose another, or add --force to write into it`,
    );
  }
  const gone = (before ?? []).filter((file) => !files.has(file));
  const { signal, uuid } = effects;
  await writeFolder(folder, files, gone, { secrets, signal, uuid });
  const entries = catalogs.reduce((sum, catalog) => sum + catalog.entries.length, 0);
  await out.write(
    `${join(args.output, 'index.html')}: ${counted(entries, 'error')} of ${counted(catalogs.length, 'catalog')}\n`,
  );
  return 0;
}

function nameOf(catalogs: Catalog[]): string {
  const [only] = catalogs;
  return only === undefined || catalogs.length > 1 ? 'API errors' : `${only.name} errors`;
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The pages of a site, by its `errors.json`; null if that is none. */
function pagesOf(text: string): string[] | null {
  try {
    const { schema, catalogs, entries } = JSON.parse(text) as Record<string, unknown>;
    if (typeof schema !== 'string' || !schema.startsWith('errprobe/site@')) return null;
    const ids = [catalogs, entries].flatMap((list) => (Array.isArray(list) ? list : []).map((one) => String(one?.id)));
    // The file may be anybody's: only pages in the folder are ever deleted.
    return ids.filter((id) => id.split('/').length <= 2 && id.split('/').every((part) => ID.test(part))).map(pageFile);
  } catch {
    return null;
  }
}
