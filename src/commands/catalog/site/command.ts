import { Command } from 'commander';
import type { Start } from '../../command.ts';
import { baseUrlOption, helpOf } from '../../options.ts';
import type { CatalogSiteArguments } from './run.ts';

/** `catalog site`: catalogs as a website. */
export function siteCommand(start: Start): Command {
  const command = new Command('site')
    .description('write catalogs as a website: indexes, search, and a page for each error')
    .argument('[catalogs...]', 'IDs of catalogs, or their files (default: all)')
    .requiredOption('-o, --output <folder>', 'the folder to write; a site that is there is updated')
    .addOption(baseUrlOption('the address where it will be published; pages are then problem types (RFC 9457)'))
    .option('--title <text>', 'the name of the site (default: that of the API)')
    .option('--force', 'write into a folder that has other files; they stay')
    .action((catalogs: string[], flags: Omit<CatalogSiteArguments, 'catalogs'>) =>
      start({ color: false }, async (terminal) => {
        const { runCatalogSite } = await import('./run.ts');
        return runCatalogSite({ catalogs, ...flags }, terminal);
      }),
    );
  return helpOf(command, 'site', [
    'errprobe catalog site -o public',
    'errprobe catalog site catalogs/orders.yaml -o public --base-url https://errors.example.com',
  ]);
}
