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

interface AuditFlags extends OutputFlags {
  allowEnv?: string[];
  path?: string;
  profile?: string;
  timeout?: number;
  format: 'pretty' | 'json';
  mock?: boolean;
}

/** `audit`: compares the documented errors of an API with its actual responses. */
export function auditCommand(start: Start): Command {
  const command = new Command('audit')
    .description('provoke the documented errors that are harmless to provoke, and compare the responses')
    .argument('<api>', 'the ID of a catalog')
    .optionsGroup('Request:')
    .addOption(pathOption())
    .addOption(profileOption())
    .addOption(envFileOption())
    .addOption(timeoutOption())
    .option('--mock', 'use the built-in mock')
    .addOption(formatOption())
    .optionsGroup('Output:')
    .option('--quiet', 'do not announce the requests')
    .addOption(colorOption())
    .addOption(noColorOption())
    .addOption(allowEnvOption())
    .action((api: string, flags: AuditFlags) =>
      start(flags, async (terminal) => {
        const { runAudit } = await import('./run.ts');
        const args = { ...flags, timeoutMs: flags.timeout ?? null, mock: flags.mock === true };
        return runAudit(api, args, terminal);
      }),
    );
  return helpOf(command, 'checks', [
    'errprobe audit victims --mock',
    'errprobe audit raptor-comply --path /cyber-assets',
  ]);
}
