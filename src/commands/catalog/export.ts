import { matchGeneral } from '../../diagnosis/match/general.ts';
import { NOTHING } from '../../diagnosis/read/documented.ts';
import { phrasesOfAll } from '../../diagnosis/status.ts';
import { UsageError } from '../../model/errors.ts';
import { renderSql } from '../../render/catalog/sql.ts';
import { CATALOG_EXPORTS, type CatalogFormat, type Dialect, type OneOrMore } from '../../render/formats.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findCatalog } from '../find-api.ts';
import { loadConfig } from '../loaded-config.ts';
import { namedCatalogs } from './named-catalogs.ts';

/** The command line of `catalog export`. */
export interface CatalogExportArguments {
  /** IDs of catalogs, or their files; empty for all. */
  apis: string[];
  format: CatalogFormat | 'sql';
  dialect: Dialect;
  table: string;
  /** Where the site of the catalogs is published. */
  baseUrl?: string;
}

/** Formats of a document that describes one API. */
const OF_ONE: readonly string[] = ['json', 'openapi', 'embed'];

/** Prints catalogs in another format; returns the exit code. */
export async function runCatalogExport(args: CatalogExportArguments, terminal: Terminal): Promise<number> {
  const { format, apis, baseUrl } = args;
  if (format === 'sql') return await exportSql(args, terminal);
  const { catalogs, known } = await namedCatalogs(apis, terminal);
  if (OF_ONE.includes(format) && catalogs.length > 1) {
    const names = apis.length === 0 ? `; name it: ${known.join(', ')}` : '';
    throw new UsageError(`--format ${format} takes one catalog${names}`);
  }
  if (format === 'problem-types' && baseUrl === undefined) {
    throw new UsageError(
      '--format problem-types needs --base-url, the address of the site, as in https://errors.example.com',
    );
  }
  await terminal.out.write(await CATALOG_EXPORTS[format](catalogs as OneOrMore, baseUrl ?? ''));
  return 0;
}

/** Prints catalogs as SQL statements. */
async function exportSql(args: CatalogExportArguments, { effects, out, secrets }: Terminal): Promise<number> {
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,2}$/.test(args.table)) {
    throw new UsageError('--table takes a name of letters, digits and _, such as logs.errors');
  }
  const config = await loadConfig(effects, secrets);
  const { knowledge } = config;
  const { apis, http } = knowledge;
  const statuses = Array.from({ length: 300 }, (_, i) => i + 300).flatMap((status) => {
    const found = matchGeneral(knowledge, status, NOTHING, null, null);
    return found === null ? [] : [[status, found.entry] as [number, typeof found.entry]];
  });
  await out.write(
    renderSql({
      apis: args.apis.length === 0 ? apis : args.apis.map((id) => findCatalog(id, config, 'catalog export')),
      http,
      statuses,
      phrases: phrasesOfAll(),
      dialect: args.dialect,
      table: args.table,
    }),
  );
  return 0;
}
