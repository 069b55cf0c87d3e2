import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { builtIn } from '../../../catalogs/index.ts';
import { entryOf, starterText } from '../../../catalogs/starter.ts';
import { keyVariable } from '../../../config/apis.ts';
import { UsageError } from '../../../model/errors.ts';
import { openOutput } from '../../../terminal/file.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { shellCommand } from '../../../text/shell.ts';
import { readSeenError, type SeenArguments } from '../seen-error.ts';

/** The command line of `catalog new`. */
export interface CatalogNewArguments extends SeenArguments {
  id: string;
  name?: string;
  output?: string;
  /** True to replace a file that exists. */
  force?: boolean;
}

/** Writes a catalog with the entry and the envelope of one error; returns the exit code. */
export async function runCatalogNew(args: CatalogNewArguments, terminal: Terminal): Promise<number> {
  const { effects, out, err, secrets } = terminal;
  const { cwd, signal, sleep } = effects;
  const { id, output } = args;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
    throw new UsageError('--id takes lower-case words joined by hyphens, such as my-api');
  const isFile = output !== undefined && output !== '-';
  if (isFile && args.force !== true && existsSync(resolve(cwd, output)))
    throw new UsageError(`${output} exists: errprobe catalog add adds an entry to it, and --force replaces it`);
  const { seen } = await readSeenError(args, terminal);
  const made = entryOf(seen, builtIn.http, { doc: 'guide', section: 'Errors' });
  if (made === null) throw new UsageError('it has neither a status nor a code: give the status with --status');
  const text = starterText({
    id,
    name: args.name ?? nameOf(id),
    seen: made,
    variable: keyVariable(id),
    origin: seen.url !== null && URL.canParse(seen.url) ? new URL(seen.url).origin : null,
  });
  const file = await openOutput(output ?? '-', { cwd, secrets, out, err, signal, sleep });
  await file.write(text);
  if (!isFile) return 0;
  const check = shellCommand({ program: ['errprobe', 'catalog', 'lint'], positionals: [output], options: [] });
  await err.write(
    `Wrote ${output}. Add causes and resolutions, name it below catalogs: in .errproberc.yaml,\nand check it: ${check}\n`,
  );
  return 0;
}

/** `my-shop` as `My Shop API`. */
function nameOf(id: string): string {
  const words = id.split('-').map((word) => (word === 'api' ? 'API' : word.charAt(0).toUpperCase() + word.slice(1)));
  return words.at(-1) === 'API' ? words.join(' ') : `${words.join(' ')} API`;
}
