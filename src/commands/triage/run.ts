import { decompressPieces } from '../../input/decompress.ts';
import type { RecordFields } from '../../input/log-record.ts';
import { piecesOf } from '../../input/read-pieces.ts';
import { JsonText } from '../../json/text.ts';
import { whenAborted } from '../../model/effects.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import { type Exit, exitOf, exitOfInterrupt } from '../../model/report.ts';
import { TRIAGE_REPORTS, type TriageFormat } from '../../render/formats.ts';
import { renderTriageLive } from '../../render/triage/pretty.ts';
import { canRedraw } from '../../terminal/progress.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { parseDuration } from '../../text/duration.ts';
import type { Grouping } from '../../triage/report.ts';
import { triageReport } from '../../triage/report.ts';
import { emptyTally, type Tally, toPartial } from '../../triage/tally.ts';
import { configuredSecrets } from '../configured-secrets.ts';
import { findApi, preferredCatalog } from '../find-api.ts';
import { type LoadedConfig, loadConfig } from '../loaded-config.ts';
import { outputsOn, sayProblem, withProblem } from '../outputs.ts';
import { counterInto, type TriageReading, triageFiles } from './triage.ts';

/** The command line of `triage`. */
export interface TriageArguments {
  /** Files, `-` or none for standard input; with `merge`, outputs of --partial. */
  files: string[];
  merge: boolean;
  api?: string | undefined;
  fields: RecordFields;
  /** A date, or a duration before now. */
  since?: string | undefined;
  until?: string | undefined;
  by: Grouping;
  top: number | null;
  format: TriageFormat;
  follow: boolean;
  partial?: string | undefined;
  jobs: number;
}

/** How many groups a person sees by default. */
const TOP = 10;
const TOP_LIVE = 8;

/** How often a table on a terminal is redrawn, in milliseconds. */
const REDRAW = 500;

/**
 * Runs `triage`: which errors occur in logs, how often, since when, and what to do first; returns
 * the exit code.
 */
export async function runTriage(args: TriageArguments, terminal: Terminal): Promise<number> {
  const { effects, secrets, out } = terminal;
  const config = await loadConfig(effects, secrets, { only: args.api });
  const files = outputsOn(terminal);
  try {
    const partial = await files.open(args.partial);
    const tally = args.merge ? await merged(args, terminal) : await counted(args, config, terminal);
    await files.write(partial, () => new JsonText(`${JSON.stringify(secrets.redactAll(toPartial(tally)))}\n`));
    // The whole has to say what is missing in a part, so that a part is written in any case.
    const exit = exitFor(tally, args, effects.signal);
    const top = args.top ?? (args.format === 'pretty' ? TOP : undefined);
    const { exit: final } = withProblem({ exit }, files.problem);
    if (args.partial !== '-') {
      const report = secrets.redactAll(triageReport(tally, config.knowledge, args.by, final, top));
      const look = { width: terminal.width('stdout'), color: terminal.color('stdout') };
      await out.write(await TRIAGE_REPORTS[args.format](report, look));
    }
    if (files.problem !== null) await sayProblem(files.problem, terminal);
    return final.code;
  } finally {
    await files.close();
  }
}

async function counted(args: TriageArguments, config: LoadedConfig, terminal: Terminal): Promise<Tally> {
  const { effects } = terminal;
  const { knowledge, layers, apis } = config;
  const now = effects.now();
  const keys = configuredSecrets(layers, [...knowledge.apis, ...knowledge.known.apis], effects.env);
  const reading: TriageReading = {
    api: args.api === undefined ? undefined : findApi(args.api, config, '--api').catalog?.id,
    preferred: preferredCatalog(layers, apis, effects.env),
    layers: layers.map(({ value }) => ({ value })),
    keys,
    fields: args.fields,
    since: timeAt(args.since, now, '--since'),
    until: timeAt(args.until, now, '--until'),
    now,
  };
  const files = args.files.filter((name) => name !== '-');
  if (args.follow || files.length === 0) {
    if (files.length === 0 && effects.stdin.isTTY === true) {
      throw new UsageError('no input: name log files, or pipe a log into errprobe triage');
    }
    if (args.files.length > 1) throw new UsageError('--follow takes one file or standard input');
    return await streamed(files[0], args, reading, config, terminal);
  }
  if (files.length < args.files.length) throw new UsageError('read either files or standard input, not both');
  const bar = terminal.quiet || !canRedraw(effects) ? null : await import('../../terminal/spinner.ts');
  let watcher: { read(bytes: number): void; end(): void } = { read: () => {}, end: () => {} };
  try {
    return await triageFiles(
      files,
      effects.cwd,
      args.jobs,
      reading,
      knowledge,
      (total) => {
        if (bar !== null) watcher = bar.readingSpinner(total, effects);
        return watcher;
      },
      effects.signal,
    );
  } finally {
    watcher.end();
  }
}

/**
 * Reads a growing file or standard input to its end. On a terminal the groups are shown meanwhile.
 */
async function streamed(
  file: string | undefined,
  args: TriageArguments,
  reading: TriageReading,
  { knowledge }: LoadedConfig,
  { effects, secrets, width }: Terminal,
): Promise<Tally> {
  const tally = emptyTally();
  const lines = counterInto(tally, reading, knowledge);
  const shown = args.follow && canRedraw(effects) ? await import('../../terminal/spinner.ts') : null;
  const live = shown?.liveText(effects, secrets) ?? null;
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = () => {
    if (live === null || effects.now() - drawn < REDRAW) return;
    drawn = effects.now();
    live.draw(renderTriageLive(triageReport(tally, knowledge, args.by, exitOf('ok'), TOP_LIVE), width('stderr')));
  };
  try {
    if (file === undefined) {
      whenAborted(effects.signal, () => effects.stdin.destroy());
      for await (const piece of decompressPieces(piecesOf(effects.stdin), 'standard input')) {
        lines.push(piece);
        draw();
        if (effects.signal.aborted) break;
      }
    } else {
      const { followFile } = await import('../../input/follow-file.ts');
      for await (const said of followFile(file, effects.cwd, effects)) {
        if (said === 'rotated') {
          // An unfinished line of the old file must not be joined with the first line of the new
          // one.
          lines.end();
          tally.problems.push({ source: file, problem: `${file} was rotated while it was followed` });
        } else if (said !== 'waiting') lines.push(said);
        draw();
      }
    }
  } catch (error) {
    const ended = effects.signal.aborted && !(error instanceof ConfigError);
    if (!ended && !(error instanceof UsageError)) throw error;
    if (!ended) tally.problems.push({ source: file ?? 'standard input', problem: (error as Error).message });
  } finally {
    lines.end();
    live?.end();
  }
  return tally;
}

/** Merges the outputs of --partial. */
async function merged({ files, since, until, follow }: TriageArguments, { effects }: Terminal): Promise<Tally> {
  if (since !== undefined || until !== undefined || follow) {
    throw new UsageError('--merge combines finished counts; use --since, --until and --follow when counting instead');
  }
  if (files.length === 0 && effects.stdin.isTTY === true) {
    throw new UsageError('--merge needs what --partial wrote: name the files, or pipe the lines into it');
  }
  const { addPartials } = await import('./partials.ts');
  const tally = emptyTally();
  await addPartials(tally, files, effects);
  return tally;
}

/** Success as long as something could be read; of a part, only the whole can tell. */
function exitFor({ counts, problems }: Tally, { follow, partial }: TriageArguments, signal: AbortSignal): Exit {
  if (counts.lines === 0 && problems.length > 0)
    throw new UsageError(problems.map(({ problem }) => problem).join('\n'));
  if (partial === undefined && counts.lines > 0 && counts.unreadable === counts.lines) return exitOf('usage');
  // `--follow` is ended by hand.
  return signal.aborted && !follow ? exitOfInterrupt(signal.reason) : exitOf('ok');
}

/** Parses a point in time; milliseconds since 1970. */
function timeAt(written: string | undefined, now: number, option: string): number | null {
  if (written === undefined) return null;
  const days = /^(\d+)d$/.exec(written)?.[1];
  const before = days === undefined ? parseDuration(written) : Number(days) * 86_400_000;
  const time =
    before === null
      ? Date.parse(/\d{2}:\d{2}/.test(written) && !/(?:Z|[+-]\d\d:?\d\d)$/.test(written) ? `${written}Z` : written)
      : now - before;
  if (Number.isNaN(time))
    throw new UsageError(`${option} takes a date such as 2026-11-21T09:00Z, or an age such as 30m, 2h or 7d`);
  return time;
}
