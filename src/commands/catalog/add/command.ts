import { Command } from 'commander';
import type { OutputFlags, Start } from '../../command.ts';
import { apiOption, headersOf, helpOf, responseHeaderOption, statusOption } from '../../options.ts';

interface AddFlags extends OutputFlags {
  api?: string;
  catalog?: string;
  status?: number;
  header?: string[];
}

/** `catalog add`: adds an entry to a user's catalog. */
export function addCommand(start: Start): Command {
  const command = new Command('add')
    .description('add an entry for a saved error to a catalog of your own; comments and layout stay')
    .argument('[error]', 'a file, - for standard input (default), or the text of the error')
    .addOption(apiOption())
    .option('--catalog <file>', 'the file of the catalog (default: the one that the config names)')
    .addOption(statusOption())
    .addOption(responseHeaderOption())
    .action((input: string | undefined, { header, ...flags }: AddFlags) =>
      start({ color: false }, async (terminal) => {
        const { runCatalogAdd } = await import('./run.ts');
        return runCatalogAdd({ ...flags, input, headers: headersOf(header) }, terminal);
      }),
    );
  return helpOf(command, 'catalogs', [
    'errprobe catalog add error.json --api my-api',
    'curl -si https://api.example.com/x | errprobe catalog add --catalog my-api.yaml',
  ]);
}
