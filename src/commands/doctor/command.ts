import { Command } from 'commander';
import type { OutputFlags, Start } from '../command.ts';
import {
  allowEnvOption,
  colorOption,
  envFileOption,
  formatOption,
  helpOf,
  noColorOption,
  pathOption,
  profileOption,
  timeoutOption,
} from '../options.ts';

interface DoctorFlags extends OutputFlags {
  allowEnv?: string[];
  profile?: string;
  online?: boolean;
  path?: string;
  timeout?: number;
  format: 'pretty' | 'json';
}

/** `doctor`: finds problems before anything is sent. */
export function doctorCommand(start: Start): Command {
  const command = new Command('doctor')
    .description('look for problems in config, keys and addresses; connects only with --online')
    .argument('[api]', 'the ID of a catalog (default: all APIs in use)')
    .optionsGroup('Request:')
    .option('--online', 'resolve the host, connect, check the certificate, and send two GET requests')
    .addOption(pathOption())
    .addOption(profileOption())
    .addOption(envFileOption())
    .addOption(timeoutOption('step', '10s'))
    .addOption(formatOption())
    .addOption(colorOption())
    .addOption(noColorOption())
    .addOption(allowEnvOption())
    .action((api: string | undefined, flags: DoctorFlags) =>
      start(flags, async (terminal) => {
        const { runDoctor } = await import('./run.ts');
        const args = { ...flags, api, online: flags.online === true, timeoutMs: flags.timeout };
        return runDoctor(args, terminal);
      }),
    );
  return helpOf(command, 'config', ['errprobe doctor', 'errprobe doctor raptor-comply --online']);
}
