import { UsageError } from '../../model/errors.ts';
import type { Headers } from '../../model/exchange.ts';
import { type Report, type Result, reportOf } from '../../model/report.ts';
import { renderEnd } from '../../render/error/end.ts';
import { renderOne, renderPretty } from '../../render/error/pretty.ts';
import { renderJson } from '../../render/json.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { findApi, preferredCatalog } from '../find-api.ts';
import { configuredSecretsOf, loadConfig } from '../loaded-config.ts';
import { type ExplainOptions, explain, MOST_EXPLAINED } from './explain.ts';
import { expandInputs, isFolder } from './inputs.ts';
import { explained } from './reports.ts';

/** The command line of `explain`. */
export interface ExplainArguments {
  input: string | undefined;
  /** True if the input is the text of an error, whatever it looks like. */
  isText?: boolean;
  /** A kept call instead of an input: 1 or true for the last. */
  last?: number | true;
  api?: string;
  status?: number;
  headers: Headers;
  exitStatus?: boolean;
  format: 'pretty' | 'json';
  /** See `ExplainOptions`. */
  most?: number;
  show?: ExplainOptions['show'];
}

/** The command line of `explain` itself, which may name several inputs. */
export interface ExplainCommandLine extends Omit<ExplainArguments, 'input'> {
  inputs: string[];
  brief?: boolean;
  clipboard?: boolean;
}

/** Runs `explain` and prints its report on stdout; returns the exit code. */
export async function runExplain(args: ExplainCommandLine, terminal: Terminal): Promise<number> {
  const { out } = terminal;
  if (args.format === 'json' || args.brief === true) {
    const report = await explainInputs(args, terminal);
    const { renderBrief } = await import('../../render/error/brief.ts');
    await out.write(args.format === 'json' ? renderJson(report) : renderBrief(report));
    return report.exit.code;
  }
  const look = {
    width: terminal.width('stdout'),
    color: terminal.color('stdout'),
    links: terminal.links('stdout'),
    verbose: terminal.verbose,
  };
  let shown = 0;
  const show = async (result: Result) => {
    await out.write(`${shown++ === 0 ? '' : '\n'}${renderOne(result, look)}`);
    return !out.isClosed;
  };
  const report = await explainInputs({ ...args, show }, terminal);
  await out.write(shown === 0 ? renderPretty(report, look) : `\n${renderEnd(report, look.width)}`);
  return report.exit.code;
}

/** The report on all inputs; of several, each result has the name of its input. */
export async function explainInputs(args: ExplainCommandLine, terminal: Terminal): Promise<Report> {
  const { effects, err } = terminal;
  if (args.clipboard === true) {
    if (args.inputs.length > 0) throw new UsageError('--clipboard takes no other input');
    const { readClipboard } = await import('../../input/clipboard.ts');
    const { text, tool } = await readClipboard(effects.env, effects.cwd, effects.signal);
    await err.write(`Read the clipboard with ${tool}.\n`);
    return explainArguments({ ...args, input: text, isText: true }, terminal);
  }
  if (args.inputs.length <= 1) {
    const [input] = args.inputs;
    const asks = input === undefined && args.last === undefined && args.status === undefined;
    if (asks && effects.stdin.isTTY === true) {
      await err.write('Paste the error, then press Enter and Ctrl-D (Ctrl-Z and Enter on Windows).\n');
      return explainArguments({ ...args, input: '-' }, terminal);
    }
    if (input === undefined || !isFolder(input, effects.cwd)) return explainArguments({ ...args, input }, terminal);
  }
  const inputs = await expandInputs(args.inputs, effects.cwd);
  const reports: Report[] = [];
  for (const input of inputs) {
    const nameOf = ({ name }: Result) =>
      inputs.length === 1 ? name : [input, name].filter((part) => part !== null).join(', ');
    const named = (result: Result) => ({ ...result, name: nameOf(result) });
    const most = (args.most ?? MOST_EXPLAINED) - reports.reduce((sum, { results }) => sum + results.length, 0);
    const report = await explainArguments({ ...args, input, most, show: undefined }, terminal);
    reports.push({ ...report, results: report.results.map(named) });
  }
  const first = reports.find(({ exit }) => exit.name !== 'failed') ?? reports[0];
  if (first === undefined) throw new UsageError('there is no file in the folder');
  const omitted = reports.reduce((sum, report) => sum + (report.omitted ?? 0), 0);
  const report = reportOf(
    'explain',
    first.exit,
    reports.flatMap(({ results }) => results),
  );
  return omitted > 0 ? { ...report, omitted } : report;
}

/** The report on the errors that the arguments name. */
export async function explainArguments(args: ExplainArguments, { effects, secrets }: Terminal): Promise<Report> {
  if (args.last !== undefined) {
    const more = [args.input, args.api, args.status, ...Object.keys(args.headers)].some((given) => given !== undefined);
    if (more) throw new UsageError('--last explains the saved call as it is; remove the other inputs and options');
    const { readFailedCall } = await import('../history/kept-calls.ts');
    const call = await readFailedCall(args.last === true ? 1 : args.last, effects);
    await configuredSecretsOf(effects, secrets);
    return secrets.redactAll(explained(call.results, args.exitStatus === true));
  }
  const config = await loadConfig(effects, secrets, { only: args.api });
  const { layers, knowledge, apis } = config;
  return explain(
    {
      input: args.input,
      isText: args.isText === true,
      status: args.status,
      headers: args.headers,
      api: args.api === undefined ? undefined : findApi(args.api, config, '--api').catalog?.id,
      preferred: preferredCatalog(layers, apis, effects.env),
      apis,
      exitStatus: args.exitStatus === true,
      layers,
      ...(args.most !== undefined && { most: args.most }),
      show: args.show,
    },
    knowledge,
    effects,
    secrets,
  );
}
