import { Command } from 'commander';
import type { OutputFlags, Start } from '../../command.ts';
import { apiOption, colorOption, formatOption, helpOf, noColorOption } from '../../options.ts';

interface CoverageFlags extends OutputFlags {
  api?: string;
  format: 'pretty' | 'json';
  exitCode?: boolean;
}

/** `catalog coverage`: compares a catalog with what occurs. */
export function coverageCommand(start: Start): Command {
  const command = new Command('coverage')
    .description('compare a catalog with logs: which documented errors occur, and which that occur are undocumented')
    .argument(
      '[files...]',
      'logs, JSON reports of check, counts of triage --partial (default: a log on standard input)',
    )
    .addOption(apiOption())
    .option('--exit-code', 'exit with 1 if undocumented errors were seen')
    .addOption(formatOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((files: string[], flags: CoverageFlags) =>
      start(flags, async (terminal) => {
        const { runCatalogCoverage } = await import('./run.ts');
        return runCatalogCoverage({ files, ...flags }, terminal);
      }),
    );
  return helpOf(command, 'catalogs', [
    'errprobe catalog coverage logs/*.log --api my-api',
    'errprobe check --report json=report.json; errprobe catalog coverage report.json --api my-api --exit-code',
  ]);
}
