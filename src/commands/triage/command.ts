import { Command, Option } from 'commander';
import { UsageError } from '../../model/errors.ts';
import { TRIAGE_REPORTS, type TriageFormat } from '../../render/formats.ts';
import { GROUPINGS, type Grouping } from '../../triage/report.ts';
import type { OutputFlags, Start } from '../command.ts';
import { apiOption, colorOption, formatOption, helpOf, jobsOption, noColorOption, whole } from '../options.ts';
import type { TriageArguments } from './run.ts';

interface TriageFlags extends OutputFlags {
  api?: string;
  by: Grouping;
  top?: number;
  since?: string;
  until?: string;
  statusField?: string;
  bodyField?: string;
  timeField?: string;
  format: TriageFormat;
  follow?: boolean;
  partial?: string;
  merge?: boolean;
  jobs: number;
}

/** `triage`: the errors in logs, counted. */
export function triageCommand(start: Start): Command {
  const command = new Command('triage')
    .description('count the errors in logs: which, how many, since when, who has to act; opens no connection')
    .argument('[files...]', 'log files with one record per line, plain, gzip or zstd (default: standard input)')
    .addOption(apiOption())
    .optionsGroup('Selection:')
    .addOption(new Option('--by <what>', 'how to group errors').choices(GROUPINGS).default('diagnosis'))
    .option('--top <n>', 'how many groups to show (default: 10 for pretty, otherwise all)', whole)
    .option('--since <time>', 'only lines since a date, or since 30m, 2h or 7d ago')
    .option('--until <time>', 'only lines up to that time')
    .optionsGroup('Input:')
    .option('--status-field <pointer>', 'JSON Pointer to the status in a record')
    .option('--body-field <pointer>', 'JSON Pointer to the body in a record')
    .option('--time-field <pointer>', 'JSON Pointer to the time in a record')
    .addOption(formatOption(Object.keys(TRIAGE_REPORTS)))
    .option('--follow', 'keep reading as the file grows, until Ctrl-C')
    .optionsGroup('Output:')
    .option('--partial <file>', 'write the counts as a line of JSON for --merge; - for standard output, and no report')
    .option('--merge', 'combine what --partial wrote: files with a line for each part, or standard input')
    .addOption(jobsOption('the number of reader threads', 1))
    .option('--quiet', 'hide progress')
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((files: string[], flags: TriageFlags) => {
      const args = triageArguments(files, flags);
      return start(flags, async (terminal) => {
        const { runTriage } = await import('./run.ts');
        return runTriage(args, terminal);
      });
    });
  return helpOf(command, 'triage', [
    'errprobe triage app.log',
    'kubectl logs deploy/api | errprobe triage --by endpoint --since 2h',
  ]);
}

/** @throws UsageError for a field that is not a JSON Pointer */
function triageArguments(files: string[], flags: TriageFlags): TriageArguments {
  const { statusField: status, bodyField: body, timeField: time } = flags;
  for (const [name, pointer] of Object.entries({ status, body, time })) {
    if (pointer === undefined || pointer.startsWith('/')) continue;
    throw new UsageError(
      `--${name}-field takes a JSON Pointer, which begins with a slash; try /${pointer.replaceAll('.', '/')}`,
    );
  }
  return {
    ...flags,
    files,
    merge: flags.merge === true,
    follow: flags.follow === true,
    top: flags.top ?? null,
    fields: { status, body, time },
  };
}
