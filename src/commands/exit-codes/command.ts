import { Command } from 'commander';
import { EXITS } from '../../model/report.ts';
import type { Start } from '../command.ts';
import { helpOf } from '../options.ts';

/** `exit-codes`: explains the exit codes. */
export function exitCodesCommand(start: Start): Command {
  const command = new Command('exit-codes').description('list the exit codes').action(() =>
    start({}, async ({ out, effects, width }) => {
      const { wrap } = await import('../../render/text.ts');
      const most = effects.stdout.isTTY === true ? width('stdout') : Number.POSITIVE_INFINITY;
      const rows = EXITS.flatMap(({ code, name, when }) => {
        const head = `${String(code).padStart(3)}  ${name.padEnd(12)}  `;
        return wrap(when, most - head.length).map((line, i) => (i === 0 ? head : ' '.repeat(head.length)) + line);
      });
      await out.write(`${rows.join('\n')}\n`);
      return 0;
    }),
  );
  return helpOf(command, 'exit-codes', ['errprobe exit-codes', 'errprobe explain error.json --exit-status; echo $?']);
}
