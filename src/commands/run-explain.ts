import { defaultApi } from '../config/resolve.ts';
import type { Headers } from '../diagnosis/exchange.ts';
import { renderJson } from '../render/json.ts';
import { renderPretty } from '../render/pretty.ts';
import type { Report } from '../report.ts';
import type { Surface } from '../surface.ts';
import { explain } from './explain.ts';
import { findApi } from './find-api.ts';
import { loadSetting } from './setting.ts';

/** The command line of `explain`. */
export interface ExplainArguments {
  input: string | undefined;
  api?: string;
  status?: number;
  headers: Headers;
  exitStatus?: boolean;
  format: 'pretty' | 'json';
}

/** Runs `explain` and prints its report on stdout; returns the exit code. */
export async function runExplain(args: ExplainArguments, surface: Surface): Promise<number> {
  const report = await explainArguments(args, surface);
  const look = { width: surface.width('stdout'), color: surface.color('stdout'), verbose: surface.verbose };
  await surface.out.write(args.format === 'json' ? renderJson(report) : renderPretty(report, look));
  return report.exit.code;
}

/** The report on what a command line names. */
export async function explainArguments(args: ExplainArguments, { effects, secrets }: Surface): Promise<Report> {
  const { layers, knowledge } = await loadSetting(effects);
  return explain(
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
}
