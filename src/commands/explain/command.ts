import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import {
  apiOption,
  colorOption,
  formatOption,
  headersOf,
  lastOption,
  noColorOption,
  responseHeaderOption,
  statusOption,
} from '../options.ts';

interface ExplainFlags extends OutputFlags {
  last?: number | true;
  api?: string;
  status?: number;
  header?: string[];
  format: 'pretty' | 'json';
  exitStatus?: boolean;
}

/** `explain`: explains a saved error. */
export function explainCommand(start: Start): Command {
  return new Command('explain')
    .description('explain a saved error, a status or a code; opens no connection')
    .argument('[input]', 'a file, - for standard input, a status (429), a code (KEY_LOCKED) or the ID of an entry')
    .addOption(lastOption())
    .addOption(apiOption())
    .addOption(statusOption())
    .addOption(responseHeaderOption())
    .addOption(formatOption())
    .option('--exit-status', 'exit with the code for the error class instead of 0')
    .option('-v, --verbose', 'show what led to the diagnosis')
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((input: string | undefined, flags: ExplainFlags) =>
      start(flags, async (terminal) => {
        const { runExplain } = await import('./run.ts');
        return runExplain({ ...flags, input, headers: headersOf(flags.header) }, terminal);
      }),
    );
}
