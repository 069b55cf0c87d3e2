import { Command } from 'commander';
import type { Start } from '../command.ts';
import { helpOf } from '../options.ts';

/** `init`: writes a config. */
export function initCommand(start: Start): Command {
  const command = new Command('init')
    .description('write a config for an API, by asking')
    .argument('[api]', 'its name, or the ID of a catalog')
    .option('--base-url <url>', 'its base URL')
    .option('--auth <how>', 'how the key is sent: bearer, basic, header:<name>, query:<name> or none')
    .option('--env <variable>', 'the environment variable that holds the key')
    .option('--user', 'write your own config, which applies everywhere, not one for this folder')
    .option('-y, --yes', 'ask nothing, and take the defaults for what is not given')
    .action(
      (api: string | undefined, flags: { baseUrl?: string; auth?: string; env?: string; user?: true; yes?: true }) =>
        start({ color: false }, async (terminal) => {
          const { runInit } = await import('./run.ts');
          return runInit({ ...flags, api }, terminal);
        }),
    );
  return helpOf(command, 'config', [
    'errprobe init',
    'errprobe init shop --base-url https://shop.example/api --auth bearer --yes',
  ]);
}
