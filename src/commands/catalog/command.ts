import { Command, Option } from 'commander';
import { DIALECTS, type Dialect } from '../../render/formats.ts';
import type { Start } from '../command.ts';

/** `catalog`: work with catalogs. */
export function catalogCommand(start: Start): Command {
  const command = new Command('catalog').description('work with error catalogs');
  command
    .command('export')
    .description('print catalogs as tables, and a view that classifies a table of errors')
    .argument('[apis...]', 'IDs of catalogs (default: all)')
    .addOption(new Option('--format <format>', 'the output format').choices(['sql']).default('sql'))
    .addOption(new Option('--dialect <database>', 'the database').choices(DIALECTS).default('duckdb'))
    .option('--table <name>', 'the table with the columns api, status, code and message', 'errors')
    .action((apis: string[], flags: { dialect: Dialect; table: string }) =>
      start({ color: false }, async (terminal) => {
        const { runCatalogExport } = await import('./export.ts');
        return runCatalogExport({ apis, ...flags }, terminal);
      }),
    );
  return command;
}
