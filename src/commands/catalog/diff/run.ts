import { type Compared, diffCatalogs } from '../../../catalogs/diff.ts';
import { catalogSchema } from '../../../catalogs/schema.ts';
import { readTextFile } from '../../../input/read-source.ts';
import type { Effects } from '../../../model/effects.ts';
import { UsageError } from '../../../model/errors.ts';
import { DIFF_REPORTS, type DiffFormat } from '../../../render/formats.ts';
import { validateSource } from '../../../schema/validate.ts';
import type { Terminal } from '../../../terminal/terminal.ts';

/** The command line of `catalog diff`. */
export interface CatalogDiffArguments {
  before: string;
  after: string;
  format: DiffFormat;
  /** True to exit with 1 if they differ. */
  exitCode?: boolean;
}

/** Prints what differs between two catalogs; returns the exit code. */
export async function runCatalogDiff(args: CatalogDiffArguments, terminal: Terminal): Promise<number> {
  const { effects, out } = terminal;
  const diff = diffCatalogs(await catalogAt(args.before, effects), await catalogAt(args.after, effects));
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
  await out.write(await DIFF_REPORTS[args.format](diff, look));
  return args.exitCode === true && !diff.same ? 1 : 0;
}

async function catalogAt(path: string, { cwd, signal }: Effects): Promise<Compared> {
  const text = await readTextFile(path, cwd, { signal, mayBeEmpty: true });
  const result = validateSource(text, catalogSchema);
  if (result.ok) return { path, catalog: result.value };
  const lines = result.problems.map(({ at, message }) => `${path}:${at.line}:${at.column}: ${message}`);
  throw new UsageError(lines.join('\n'));
}
