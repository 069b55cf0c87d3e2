import { Command } from 'commander';
import type { Start } from '../command.ts';
import { helpOf } from '../options.ts';
import type { McpArguments } from './run.ts';

/** `mcp`: the diagnosis for assistants. */
export function mcpCommand(start: Start): Command {
  const command = new Command('mcp')
    .description('serve explain, catalog search and triage to assistants (Model Context Protocol over stdio)')
    .option('--allow-call', 'let the assistant send requests, to the APIs of the config only')
    .option('--allow-folder <folder>', 'let the assistant read logs below this folder')
    .action((flags: McpArguments) =>
      start({ color: false }, async (terminal) => {
        const { runMcp } = await import('./run.ts');
        return runMcp(flags, terminal);
      }),
    );
  return helpOf(command, 'mcp', ['errprobe mcp', 'errprobe mcp --allow-call --allow-folder logs']);
}
