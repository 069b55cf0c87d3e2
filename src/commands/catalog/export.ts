import { matchGeneral } from '../../diagnosis/match/general.ts';
import { NOTHING } from '../../diagnosis/read/read-error.ts';
import { phrasesOfAll } from '../../diagnosis/status.ts';
import { UsageError } from '../../model/errors.ts';
import { renderSql } from '../../render/catalog/sql.ts';
import type { Dialect } from '../../render/formats.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findCatalog } from '../find-api.ts';
import { loadConfig } from '../loaded-config.ts';

/** The command line of `catalog export`. */
export interface CatalogExportArguments {
  /** Ids of catalogs; empty for all. */
  apis: string[];
  dialect: Dialect;
  table: string;
}

/** Prints catalogs as SQL statements; returns the exit code. */
export async function runCatalogExport(
  args: CatalogExportArguments,
  { effects, out, secrets }: Terminal,
): Promise<number> {
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,2}$/.test(args.table)) {
    throw new UsageError('--table takes a name of letters, digits and _, such as logs.errors');
  }
  const { knowledge, apis: known } = await loadConfig(effects, secrets);
  const { apis, http } = knowledge;
  const statuses = Array.from({ length: 300 }, (_, i) => i + 300).flatMap((status) => {
    const found = matchGeneral(knowledge, status, NOTHING, null, null);
    return found === null ? [] : [[status, found.entry] as [number, typeof found.entry]];
  });
  await out.write(
    renderSql({
      apis: args.apis.length === 0 ? apis : args.apis.map((id) => findCatalog(id, known, 'catalog export')),
      http,
      statuses,
      phrases: phrasesOfAll(),
      dialect: args.dialect,
      table: args.table,
    }),
  );
  return 0;
}
