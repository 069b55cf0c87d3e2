import { Command } from 'commander';
import { DIFF_REPORTS, type DiffFormat } from '../../../render/formats.ts';
import type { OutputFlags, Start } from '../../command.ts';
import { colorOption, formatOption, helpOf, noColorOption } from '../../options.ts';

/** `catalog diff`: compares two catalogs. */
export function diffCommand(start: Start): Command {
  const command = new Command('diff')
    .description('compare two versions of a catalog: entries added, removed and changed')
    .argument('<old>', 'the file of the earlier version')
    .argument('<new>', 'the file of the later version')
    .option('--exit-code', 'exit with 1 if they differ, as git diff does')
    .addOption(formatOption(Object.keys(DIFF_REPORTS)))
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((before: string, after: string, flags: OutputFlags & { format: DiffFormat; exitCode?: boolean }) =>
      start(flags, async (terminal) => {
        const { runCatalogDiff } = await import('./run.ts');
        return runCatalogDiff({ before, after, ...flags }, terminal);
      }),
    );
  return helpOf(command, 'catalogs', [
    'errprobe catalog diff old.yaml new.yaml --format markdown',
    'git show main:orders.yaml | errprobe catalog diff /dev/stdin orders.yaml --exit-code',
  ]);
}
