import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import { colorOption, formatOption, helpOf, noColorOption } from '../options.ts';

/** `history`: the calls that are kept. */
export function historyCommand(start: Start): Command {
  const command = new Command('history')
    .description('list the calls that are kept for explain --last and report')
    .addOption(formatOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((flags: OutputFlags & { format: 'pretty' | 'json' }) =>
      start(flags, async (terminal) => {
        const { runHistory } = await import('./run.ts');
        return runHistory(flags.format, terminal);
      }),
    );
  return helpOf(command, 'explain', ['errprobe history', 'errprobe explain --last 2']);
}
