import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import {
  apiOption,
  colorOption,
  formatOption,
  headersOf,
  helpOf,
  lastErrorOption,
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
  brief?: boolean;
  clipboard?: boolean;
}

/** `explain`: explains a saved error. */
export function explainCommand(start: Start): Command {
  const command = new Command('explain')
    .description('explain a saved error, a status or a code; opens no connection')
    .argument('[input...]', 'files or folders, - for standard input, a status (429), a code (KEY_LOCKED) or a text')
    .addOption(lastOption())
    .addOption(lastErrorOption())
    .addOption(apiOption())
    .addOption(statusOption())
    .addOption(responseHeaderOption())
    .addOption(formatOption())
    .optionsGroup('Input:')
    .option('--clipboard', 'read the error from the clipboard')
    .optionsGroup('Output:')
    .option('--brief', 'print one line: status, code, cause and retry advice')
    .option('--exit-status', 'exit with the code for the error class instead of 0')
    .option('-v, --verbose', 'show what led to the diagnosis')
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((inputs: string[], flags: ExplainFlags) =>
      start(flags, async (terminal) => {
        const { runExplain } = await import('./run.ts');
        return runExplain({ ...flags, inputs, headers: headersOf(flags.header) }, terminal);
      }),
    );
  return helpOf(command, 'explain', [
    'errprobe explain error.json',
    'curl -si https://api.example.com/x | errprobe explain',
  ]);
}
