import { defaultApi } from '../../config/resolve.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import type { Report } from '../../model/report.ts';
import { renderPretty } from '../../render/error/pretty.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findApi } from '../find-api.ts';
import { loadConfig } from '../loaded-config.ts';
import { explain, explained } from './explain.ts';

/** The command line of `explain`. */
export interface ExplainArguments {
  input: string | undefined;
  /** A kept call instead of an input: 1 or true for the last. */
  last?: number | true;
  api?: string;
  status?: number;
  headers: Headers;
  exitStatus?: boolean;
  format: 'pretty' | 'json';
}

/** Runs `explain` and prints its report on stdout; returns the exit code. */
export async function runExplain(args: ExplainArguments, terminal: Terminal): Promise<number> {
  const report = await explainArguments(args, terminal);
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout'), verbose: terminal.verbose };
  await terminal.out.write(args.format === 'json' ? renderJson(report) : renderPretty(report, look));
  return report.exit.code;
}

/** The report on the errors that the arguments name. */
export async function explainArguments(args: ExplainArguments, { effects, secrets }: Terminal): Promise<Report> {
  if (args.last !== undefined) {
    const more = [args.input, args.api, args.status, ...Object.keys(args.headers)].some((given) => given !== undefined);
    if (more) throw new UsageError('--last explains the saved call as it is; remove the other inputs and options');
    const { readCall } = await import('../history.ts');
    const call = await readCall(args.last === true ? 1 : args.last, effects);
    await registerConfigured(effects, secrets);
    return secrets.redactAll(explained(call.results, args.exitStatus === true));
  }
  const { layers, knowledge } = await loadConfig(effects, secrets, args.api);
  const report = await explain(
    {
      input: args.input,
      status: args.status,
      headers: args.headers,
      api: args.api === undefined ? undefined : findApi(args.api, knowledge.apis, '--api').id,
      preferred: defaultApi(layers, knowledge.apis, effects.env),
      exitStatus: args.exitStatus === true,
      layers,
    },
    knowledge,
    effects,
    secrets,
  );
  return secrets.redactAll(report);
}

/** A broken config must not prevent showing a kept call. */
async function registerConfigured(effects: Terminal['effects'], secrets: Terminal['secrets']): Promise<void> {
  try {
    await loadConfig(effects, secrets);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
}
