import { Command, Option } from 'commander';
import type { Start } from '../command.ts';
import { helpOf, port } from '../options.ts';

/** `mock`: an API served from its catalog. */
export function mockCommand(start: Start): Command {
  const command = new Command('mock')
    .description('serve an API from its catalog on 127.0.0.1')
    .argument('<api>', 'the ID of a catalog')
    .addOption(new Option('--port <n>', 'the port').argParser(port).default(0, 'a free one'))
    .addOption(new Option('--script <steps>', 'its first responses: 429,expired-api-key,200').default('', 'none'))
    .action((api: string, flags: { port: number; script: string }) =>
      start({ color: false }, async (terminal) => {
        const { runMock } = await import('./run.ts');
        return runMock(api, flags, terminal);
      }),
    );
  return helpOf(command, 'call', [
    'errprobe mock victims --port 8080',
    'errprobe mock raptor-comply --script 429,429,200',
  ]);
}
