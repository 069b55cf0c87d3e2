import { Command } from 'commander';
import type { Start } from '../command.ts';
import {
  apiOption,
  formatOption,
  headersOf,
  helpOf,
  lastErrorOption,
  lastOption,
  responseHeaderOption,
  statusOption,
} from '../options.ts';

interface ReportFlags {
  last?: number | true;
  api?: string;
  status?: number;
  header?: string[];
  format: 'pretty' | 'json';
  output?: string;
}

/** `report`: a support ticket. */
export function reportCommand(start: Start): Command {
  const command = new Command('report')
    .description('write a support ticket from the last call or a saved error')
    .argument('[input]', 'a file that explain can read, or - for standard input (default: the last call)')
    .addOption(lastOption())
    .addOption(lastErrorOption())
    .addOption(apiOption())
    .addOption(statusOption())
    .addOption(responseHeaderOption())
    .addOption(formatOption())
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'write the ticket to a file')
    .action((input: string | undefined, flags: ReportFlags) =>
      start({ color: false }, async (terminal) => {
        const { runReport } = await import('./run.ts');
        return runReport({ ...flags, input, headers: headersOf(flags.header) }, terminal);
      }),
    );
  return helpOf(command, 'explain', ['errprobe report -o ticket.md', 'errprobe report error.json --format json']);
}
