import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import { colorOption, envFileOption, formatOption, helpOf, noColorOption, profileOption } from '../options.ts';

interface ApisFlags extends OutputFlags {
  profile?: string;
  format: 'pretty' | 'json';
}

/** `apis`: what is configured. */
export function apisCommand(start: Start): Command {
  const command = new Command('apis')
    .description('list the APIs that are configured, and whether their keys are there')
    .addOption(profileOption())
    .addOption(envFileOption())
    .addOption(formatOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((flags: ApisFlags) =>
      start(flags, async (terminal) => {
        const { runApis } = await import('./run.ts');
        return runApis(flags, terminal);
      }),
    );
  return helpOf(command, 'config', ['errprobe apis', 'errprobe apis --profile staging --format json']);
}
