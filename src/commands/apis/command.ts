import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import { colorOption, envFileOption, formatOption, helpOf, noColorOption, profileOption } from '../options.ts';

interface ApisFlags extends OutputFlags {
  profile?: string;
  known?: boolean;
  format: 'pretty' | 'json';
}

/** `apis`: what is configured. */
export function apisCommand(start: Start): Command {
  const command = new Command('apis')
    .description('list the APIs that are configured, and whether their keys are there')
    .option('--known', 'list the well-known APIs instead, of which errprobe has a catalog')
    .addOption(profileOption())
    .addOption(envFileOption())
    .addOption(formatOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .action((flags: ApisFlags) =>
      start(flags, async (terminal) => {
        const { runApis, runKnownApis } = await import('./run.ts');
        return flags.known === true ? runKnownApis(flags, terminal) : runApis(flags, terminal);
      }),
    );
  return helpOf(command, 'config', [
    'errprobe apis',
    'errprobe apis --profile staging --format json',
    'errprobe apis --known',
  ]);
}
