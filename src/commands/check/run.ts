import { loadChecks } from '../../checks/load.ts';
import { planChecks, type Selection, select } from '../../checks/plan.ts';
import type { Check } from '../../model/check.ts';
import { UsageError } from '../../model/errors.ts';
import type { CheckWatcher } from '../../model/progress.ts';
import { type Report, summaryOf } from '../../model/report.ts';
import { renderChecks } from '../../render/check/pretty.ts';
import { CHECK_REPORTS, type CheckReportFormat } from '../../render/formats.ts';
import { renderJson } from '../../render/json.ts';
import { visibleLine } from '../../render/text.ts';
import type { OutputFile } from '../../terminal/file.ts';
import type { Outputs } from '../../terminal/outputs.ts';
import { canRedraw, lineProgress } from '../../terminal/progress.ts';
import type { Sink } from '../../terminal/sink.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { version } from '../../version.ts';
import { loadConfig } from '../loaded-config.ts';
import { outputsOn, sayProblem, withProblem } from '../outputs.ts';
import { permit, warnOfPlainKeys } from '../permit.ts';
import { runChecks, usesOfChecks } from './check.ts';
import type { CheckOptions } from './check-run.ts';

/** A report to write to a file, or for `github` to where GitHub reads it. */
export interface WantedReport {
  format: CheckReportFormat;
  file: string | null;
}

/** The command line of `check`. */
export interface CheckArguments extends CheckOptions, Selection {
  files: string[];
  format: 'pretty' | 'json';
  reports: WantedReport[];
  /** True to list the checks and send nothing. */
  list: boolean;
  /** How many times to run all of them. */
  repeat: number;
  /** True to run them again whenever a file changes. */
  watch: boolean;
  /** The profile of the config. */
  profile?: string | undefined;
  /** Variables that project files may send to any host. */
  allowEnv?: string[] | undefined;
}

/** Runs `check`: results go to stdout, progress to stderr; returns the exit code. */
export async function runCheck(args: CheckArguments, terminal: Terminal): Promise<number> {
  if (!args.watch) return await runOnce(args, terminal);
  const { watched } = await import('./watch.ts');
  return await watched(() => runOnce(args, terminal), args.files, terminal);
}

async function runOnce(args: CheckArguments, terminal: Terminal): Promise<number> {
  const { effects, secrets } = terminal;
  const config = await loadConfig(effects, secrets, { profile: args.profile });
  const ids = config.apis.map(({ id }) => id);
  const checks = await loadChecks(args.files, effects.cwd, config.knowledge, effects.signal, ids);
  const planned = planChecks(checks);
  const chosen = select(planned, args);
  if (chosen.size === 0) throw new UsageError(`none of ${checks.length} checks matches --tag, --name and --shard`);
  if (args.list) {
    await terminal.out.write(listOfChecks(planned.flatMap(({ check }, i) => (chosen.has(i) ? [check] : []))));
    return 0;
  }
  for (const wanted of args.reports) {
    if (wanted.file === null && wanted.format !== 'github') {
      throw new UsageError(`--report ${wanted.format} needs a file: --report ${wanted.format}=…`);
    }
  }
  const run = { options: args, config, effects, secrets };
  const uses = usesOfChecks(planned, chosen, run);
  if (args.mock === null) await warnOfPlainKeys(config, terminal);
  await permit(uses, args.allowEnv ?? [], config.layers, terminal);
  const files = outputsOn(terminal);
  try {
    const reports = await openReports(args, files, effects.env);
    const watcher = await watcherOn(terminal);
    let report: Report;
    try {
      report = secrets.redactAll(await repeated(args.repeat, () => runChecks(planned, chosen, run, watcher)));
    } finally {
      watcher.end();
    }
    return await publish(report, checks, reports, files, args, terminal);
  } finally {
    await files.close();
  }
}

/** Runs all checks several times, one run after the other, as one report. The first interrupt ends it. */
async function repeated(times: number, run: () => Promise<Report>): Promise<Report> {
  let all = await run();
  if (times === 1) return all;
  const numbered = ({ results }: Report, n: number) =>
    results.map((result) => ({ ...result, name: `${result.name} (run ${n} of ${times})` }));
  all = { ...all, results: numbered(all, 1) };
  for (let n = 2; n <= times && all.exit.code < 130; n++) {
    const next = await run();
    const results = [...all.results, ...numbered(next, n)];
    const ms = (all.summary?.ms ?? 0) + (next.summary?.ms ?? 0);
    const exit = next.exit.code > all.exit.code ? next.exit : all.exit;
    all = { ...all, ok: all.ok && next.ok, exit, results, summary: summaryOf(results, ms) };
  }
  return all;
}

/** Each check on a line: name, request, tags and place. */
function listOfChecks(checks: Check[]): string {
  const column = Math.min(50, Math.max(...checks.map(({ name }) => name.length)));
  const lines = checks.map(({ name, request, tags, file, line }) => {
    const tagged = tags.map((tag) => `  #${tag}`).join('');
    return visibleLine(`${name.padEnd(column)}  ${request.method} ${request.target}${tagged}  ${file}:${line}`);
  });
  return `${lines.join('\n')}\n`;
}

/** A report and the file opened for it. */
type OpenReport = WantedReport & { output: OutputFile | null };

async function openReports(args: CheckArguments, files: Outputs, env: Terminal['effects']['env']) {
  const reports: OpenReport[] = [];
  for (const { format, file } of reportsOf(args, env)) {
    const isSummary = format === 'github';
    const path = file ?? (isSummary ? env.GITHUB_STEP_SUMMARY || undefined : undefined);
    reports.push({ format, file, output: await files.open(path, isSummary ? 'appended' : 'whole') });
  }
  return reports;
}

/**
 * Prints the results and writes the reports. JSON is a single document, so it is printed last, with
 * whatever went wrong.
 */
async function publish(
  report: Report,
  checks: Check[],
  reports: OpenReport[],
  files: Outputs,
  args: CheckArguments,
  terminal: Terminal,
): Promise<number> {
  const { out, err } = terminal;
  const look = { width: terminal.width('stdout'), color: terminal.color('stdout'), verbose: terminal.verbose };
  const isTaken = reports.some(({ file }) => file === '-');
  if (args.format === 'pretty') await (isTaken ? err : out).write(renderChecks(report, look, terminal.quiet));
  const subtitle = `${checks.length} checks, errprobe ${version}`;
  for (const { format, output } of reports) {
    if (format === 'github') await annotate(report, out);
    await files.write(output, () => CHECK_REPORTS[format](report, subtitle));
  }
  const final = withProblem(report, files.problem);
  if (args.format === 'json') await out.write(renderJson(final));
  const names = reports.flatMap(({ file }) => file ?? []);
  if (files.problem !== null) await sayProblem(files.problem, terminal);
  else if (names.length > 0 && !terminal.quiet) await err.write(`Reports: ${names.join(', ')}\n`);
  return final.exit.code;
}

/** On GitHub Actions its report is written by default. */
function reportsOf({ reports, format }: CheckArguments, env: Terminal['effects']['env']): WantedReport[] {
  const onGitHub = env.GITHUB_ACTIONS === 'true' && format !== 'json';
  return onGitHub && !reports.some((wanted) => wanted.format === 'github')
    ? [...reports, { format: 'github', file: null }]
    : reports;
}

async function annotate(report: Report, out: Sink): Promise<void> {
  const { renderAnnotations } = await import('../../render/check/github.ts');
  // As bytes: text output would neutralise the commands.
  const annotations = out.bytes();
  await annotations.write(Buffer.from(renderAnnotations(report)));
  await annotations.end();
}

async function watcherOn(terminal: Terminal): Promise<CheckWatcher & { end(): void }> {
  const { effects, err, secrets } = terminal;
  if (canRedraw(effects)) {
    const { checkSpinner } = await import('../../terminal/spinner.ts');
    return checkSpinner(effects, secrets);
  }
  const lines = lineProgress(err, effects);
  return {
    finished: () => {},
    progress: (name) => ({
      wait: (line, ms, signal) => lines.wait(`${name}: ${line}`, ms, signal),
      stop: (line) => lines.stop(`${name}: ${line}`),
    }),
    end: () => {},
  };
}
