import { Command } from 'commander';
import type { OutputFlags, Start } from '../../command.ts';
import { headersOf, helpOf, responseHeaderOption, statusOption } from '../../options.ts';

interface NewFlags extends OutputFlags {
  id: string;
  name?: string;
  output?: string;
  force?: boolean;
  status?: number;
  header?: string[];
}

/** `catalog new`: writes a catalog from one error. */
export function newCommand(start: Start): Command {
  const command = new Command('new')
    .description('write a catalog from one error: where its code and message stand, and an entry to complete')
    .argument('[error]', 'a file, - for standard input (default), or the text of the error')
    .requiredOption('--id <id>', 'the ID of the catalog: lower-case words joined by hyphens')
    .option('--name <name>', 'the name of the API (default: made of the ID)')
    .option('-o, --output <file>', 'the file to write (default: standard output)')
    .option('--force', 'replace the file if it exists')
    .addOption(statusOption())
    .addOption(responseHeaderOption())
    .action((input: string | undefined, { header, ...flags }: NewFlags) =>
      start({ color: false }, async (terminal) => {
        const { runCatalogNew } = await import('./run.ts');
        return runCatalogNew({ ...flags, input, headers: headersOf(header) }, terminal);
      }),
    );
  return helpOf(command, 'catalogs', [
    'curl -si https://api.example.com/x | errprobe catalog new --id my-api -o my-api.yaml',
    'errprobe catalog new error.json --status 409 --id my-api',
  ]);
}
