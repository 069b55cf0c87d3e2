import { Command } from 'commander';
import { EXITS } from '../../model/report.ts';
import type { Start } from '../command.ts';
import { helpOf } from '../options.ts';

/** `exit-codes`: explains the exit codes. */
export function exitCodesCommand(start: Start): Command {
  const command = new Command('exit-codes').description('list the exit codes').action(() =>
    start({}, async ({ out }) => {
      const rows = EXITS.map(({ code, name, when }) => `${String(code).padStart(3)}  ${name.padEnd(12)}  ${when}`);
      await out.write(`${rows.join('\n')}\n`);
      return 0;
    }),
  );
  return helpOf(command, 'exit-codes', ['errprobe exit-codes', 'errprobe explain error.json --exit-status; echo $?']);
}
