import { coverageOf } from '../../../catalogs/coverage.ts';
import { builtIn } from '../../../catalogs/index.ts';
import { filesOf } from '../../../input/files.ts';
import type { Catalog } from '../../../model/catalog.ts';
import { UsageError } from '../../../model/errors.ts';
import { renderCoverage } from '../../../render/catalog/coverage.ts';
import { renderJson } from '../../../render/json.ts';
import { writePaged } from '../../../terminal/pager.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { findCatalog, preferredCatalog } from '../../find-api.ts';
import { type LoadedConfig, loadConfig } from '../../loaded-config.ts';
import { readSeenKinds } from './seen-kinds.ts';

/** The command line of `catalog coverage`. */
export interface CatalogCoverageArguments {
  /** Logs and reports of errprobe; none for standard input. */
  files: string[];
  api?: string;
  format: 'pretty' | 'json';
  /** True to exit with 1 if there are undocumented errors. */
  exitCode?: boolean;
}

/** Says which documented errors occur, and which that occur are not documented; returns the exit code. */
export async function runCatalogCoverage(args: CatalogCoverageArguments, terminal: Terminal): Promise<number> {
  const { effects, out, secrets } = terminal;
  const config = await loadConfig(effects, secrets);
  const catalog = catalogFor(args.api, config, effects.env);
  const files = await filesOf(args.files, effects.cwd);
  if (files.length === 0 && effects.stdin.isTTY === true)
    throw new UsageError('no input: name logs or reports of checks, or pipe a log into errprobe catalog coverage');
  const { kinds, problems } = await readSeenKinds(files, catalog, args.api !== undefined, config, terminal);
  if (kinds.length === 0 && problems.length > 0)
    throw new UsageError(problems.map(({ source, problem }) => `${source}: ${problem}`).join('\n'));
  const report = secrets.redactAll(coverageOf(catalog, kinds, problems, args.exitCode === true));
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
  if (args.format === 'json') await out.write(renderJson(report));
  else await writePaged(renderCoverage(report, look), terminal);
  return report.exit.code;
}

/** The catalog of the API that is named or the default, else the only one of the user's own. */
function catalogFor(api: string | undefined, config: LoadedConfig, env: Terminal['effects']['env']): Catalog {
  const { knowledge, apis, layers } = config;
  if (api !== undefined) return findCatalog(api, config, '--api');
  const preferred = preferredCatalog(layers, apis, env);
  const own = knowledge.apis.filter((catalog) => !builtIn.apis.includes(catalog));
  const found = knowledge.apis.find(({ id }) => id === preferred) ?? (own.length === 1 ? own[0] : undefined);
  if (found !== undefined) return found;
  throw new UsageError(`name the API with --api: ${knowledge.apis.map(({ id }) => id).join(', ')}`);
}
