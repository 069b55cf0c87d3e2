import { Command, InvalidArgumentError, Option } from 'commander';
import { CATEGORIES } from '../../model/words.ts';
import { CATALOG_EXPORTS, DIALECTS } from '../../render/formats.ts';
import type { OutputFlags, Start } from '../command.ts';
import { baseUrlOption, colorOption, formatOption, helpOf, noColorOption } from '../options.ts';
import { addCommand } from './add/command.ts';
import { coverageCommand } from './coverage/command.ts';
import { diffCommand } from './diff/command.ts';
import type { CatalogExportArguments } from './export.ts';
import type { CatalogImportArguments } from './import.ts';
import { lintCommand } from './lint/command.ts';
import { newCommand } from './new/command.ts';
import { siteCommand } from './site/command.ts';

/** `catalog`: work with catalogs. */
export function catalogCommand(start: Start): Command {
  const command = new Command('catalog').description('work with error catalogs');
  addExport(command, start);
  addBrowsing(command, start);
  addShow(command, start);
  addImport(command, start);
  const subs = [lintCommand, newCommand, addCommand, diffCommand, coverageCommand, siteCommand];
  for (const sub of subs) command.addCommand(sub(start));
  return helpOf(command, 'catalogs', [
    'errprobe catalog search quota exceeded',
    'errprobe catalog import errors.md --id my-api -o my-api.yaml',
  ]);
}

function addExport(catalog: Command, start: Start): void {
  const command = catalog
    .command('export')
    .description(
      'print catalogs as tables of a database, as JSON, Markdown, CSV, OpenAPI or problem types, or for a program',
    )
    .argument('[catalogs...]', 'IDs of catalogs, or their files (default: all; for sql, IDs of APIs)')
    .addOption(
      new Option('--format <format>', 'the output format')
        .choices(['sql', ...Object.keys(CATALOG_EXPORTS)])
        .default('sql'),
    )
    .addOption(new Option('--dialect <database>', 'sql: the database').choices(DIALECTS).default('duckdb'))
    .option('--table <name>', 'sql: the table with the columns api, status, code and message', 'errors')
    .addOption(baseUrlOption('problem-types: the address where the site of the catalogs is published'))
    .action((apis: string[], flags: Omit<CatalogExportArguments, 'apis'>) =>
      start({ color: false }, async (terminal) => {
        const { runCatalogExport } = await import('./export.ts');
        return runCatalogExport({ apis, ...flags }, terminal);
      }),
    );
  helpOf(command, 'catalogs', [
    'errprobe catalog export victims --format markdown',
    'errprobe catalog export --dialect postgres --table errors',
  ]);
}

function addBrowsing(command: Command, start: Start): void {
  const browse = (flags: BrowseFlags, words?: string[]) =>
    start({ color: false }, async (terminal) => {
      const { runCatalogBrowse } = await import('./browse.ts');
      return runCatalogBrowse({ ...flags, ...(words === undefined ? {} : { words }) }, terminal);
    });
  const list = command
    .command('list')
    .description('list the entries of all catalogs, or of one')
    .option('--api <id>', 'the ID of a catalog, such as http or that of an API')
    .addOption(categoryOption())
    .addOption(formatOption())
    .action((flags: BrowseFlags) => browse(flags));
  helpOf(list, 'catalogs', ['errprobe catalog list --api victims', 'errprobe catalog list --category rate-limit']);
  const search = command
    .command('search')
    .description('find entries by words in code, status, title, cause and resolution')
    .argument('<words...>', 'words that an entry has')
    .option('--api <id>', 'the ID of a catalog, such as http or that of an API')
    .addOption(categoryOption())
    .addOption(formatOption())
    .action((words: string[], flags: BrowseFlags) => browse(flags, words));
  helpOf(search, 'catalogs', ['errprobe catalog search rate limit', 'errprobe catalog search token --api oauth']);
}

function addShow(command: Command, start: Start): void {
  const show = command
    .command('show')
    .description('show all that a catalog says about an entry, and what of it is documented')
    .argument('<entry>', 'an ID (victims/key-locked), a code (KEY_LOCKED) or a status (429)')
    .option('--api <id>', 'the ID of the only catalog to look at')
    .addOption(formatOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((term: string, flags: OutputFlags & { api?: string; format: 'pretty' | 'json' }) =>
      start(flags, async (terminal) => {
        const { runCatalogShow } = await import('./browse.ts');
        return runCatalogShow({ term, ...flags }, terminal);
      }),
    );
  helpOf(show, 'catalogs', ['errprobe catalog show victims/key-locked', 'errprobe catalog show 429 --api victims']);
}

function addImport(command: Command, start: Start): void {
  const imported = command
    .command('import')
    .description('write a catalog from documentation of an API: pages, OpenAPI documents, models, registries of errors')
    .argument(
      '<files...>',
      'Markdown, MDX, reStructuredText, HTML, text, OpenAPI, Smithy, botocore, proto, JSON, YAML or CSV files; - for standard input',
    )
    .requiredOption('--id <id>', 'the ID of the catalog: lower-case words joined by hyphens')
    .option('--name <name>', 'the name of the API (default: the one in the documents, else the ID)')
    .option('--url <url>', 'where the documentation is published; entries link to it')
    .option('-o, --output <file>', 'the catalog to write; one that is there is updated, and what you wrote stays')
    .addOption(
      new Option('--map <roles>', 'which member of a registry is what: code=errorCode,cause=description')
        .argParser(mapOf)
        .default({}, 'guessed and shown'),
    )
    .addOption(new Option('--format <format>', 'the output format').choices(['yaml', 'json']).default('yaml'))
    .addHelpText('after', IMPORT_HELP)
    .action((files: string[], flags: ImportFlags) =>
      start({ color: false, quiet: flags.quiet ?? false }, async (terminal) => {
        const { runCatalogImport } = await import('./import.ts');
        return runCatalogImport({ files, ...flags }, terminal);
      }),
    );
  helpOf(imported, 'catalogs', [
    'errprobe catalog import errors.md --id my-api -o my-api.yaml',
    'errprobe catalog import openapi.yaml --id my-api -o my-api.yaml',
  ]);
}

interface BrowseFlags {
  api?: string;
  category?: string;
  format: 'pretty' | 'json';
}

const categoryOption = (): Option =>
  new Option('--category <category>', 'only entries of a category').choices(CATEGORIES);

interface ImportFlags extends Omit<CatalogImportArguments, 'files'> {
  quiet?: boolean;
}

const IMPORT_HELP = `
Many documentation platforms serve the source of a page at its address with .md at the end; it
reads better than text copied from a browser. Nothing is fetched: save the files first.`;

/** The roles that the option --map takes. */
const ROLES = ['code', 'status', 'title', 'cause', 'description', 'message', 'resolution', 'retry'];

/** `code=errorCode,cause=description` */
function mapOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  for (const [role = '', member] of pairs) {
    if (!ROLES.includes(role) || member === undefined || member === '') {
      throw new InvalidArgumentError(`write role=member, separated by commas; roles: ${ROLES.join(', ')}`);
    }
  }
  return Object.fromEntries(pairs);
}
