import { Command } from 'commander';
import { LINT_REPORTS, type LintFormat } from '../../../render/formats.ts';
import type { OutputFlags, Start } from '../../command.ts';
import { colorOption, formatOption, helpOf, noColorOption } from '../../options.ts';

interface LintFlags extends OutputFlags {
  previous?: string;
  since?: string;
  fix?: boolean;
  strict?: boolean;
  format: LintFormat;
}

/** `catalog lint`: checks catalogs. */
export function lintCommand(start: Start): Command {
  const command = new Command('lint')
    .description('check catalogs: form, permanent IDs, entries that never match, texts that say little, dead links')
    .argument('[files...]', 'catalog files or globs (default: those of the config)')
    .option('--since <revision>', 'compare IDs with this revision of git (default: HEAD)')
    .option('--previous <file>', 'compare IDs with a file instead')
    .option('--fix', 'upgrade files to version 2 of the format; comments stay')
    .option('--strict', 'exit with 1 for warnings, too')
    .addOption(formatOption(Object.keys(LINT_REPORTS)))
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((files: string[], flags: LintFlags) =>
      start(flags, async (terminal) => {
        const { runCatalogLint } = await import('./run.ts');
        return runCatalogLint({ files, ...flags }, terminal);
      }),
    );
  return helpOf(command, 'catalogs', [
    'errprobe catalog lint catalogs/*.yaml --since origin/main',
    'errprobe catalog lint --strict --format sarif > lint.sarif',
  ]);
}
