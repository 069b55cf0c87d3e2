import { Command, Option } from 'commander';
import { UsageError } from '../../model/errors.ts';
import { lookup } from '../../text/lookup.ts';
import type { Start } from '../command.ts';
import { helpOf } from '../options.ts';
import { SCRIPTS } from './scripts.ts';

/** `completion`: the script with which a shell completes errprobe, which asks this command in turn. */
export function completionCommand(start: Start): Command {
  const shells = Object.keys(SCRIPTS);
  const command = new Command('completion')
    .description('print the script that completes errprobe in a shell')
    .argument('[shell...]', shells.join(', '))
    .usage(`<${shells.join('|')}>`)
    .addOption(new Option('--complete', 'the words so far come after --').hideHelp())
    .addOption(new Option('--empty', 'the last word is empty').hideHelp())
    .action((words: string[], flags: { complete?: true; empty?: true }) =>
      start({ color: false }, async (terminal) => {
        if (flags.complete) {
          const { complete } = await import('./complete.ts');
          const all = flags.empty ? [...words, ''] : words;
          await terminal.out.write(await complete(all, command.parent?.commands ?? [], terminal));
          return 0;
        }
        const [shell = ''] = words;
        const script = lookup(SCRIPTS, shell);
        if (words.length !== 1 || script === undefined) throw new UsageError(`for which shell? ${shells.join(', ')}`);
        await terminal.out.write(script);
        return 0;
      }),
    );
  return helpOf(command, 'config', [
    'source <(errprobe completion bash)',
    'errprobe completion zsh > ~/.zfunc/_errprobe',
  ]);
}
