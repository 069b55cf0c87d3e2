import { Command } from 'commander';
import { UsageError } from '../../model/errors.ts';
import { CHECK_REPORTS, type CheckReportFormat } from '../../render/formats.ts';
import { didYouMean, nearest } from '../../text/nearest.ts';
import type { OutputFlags, Start } from '../command.ts';
import {
  allowEnvOption,
  apiOption,
  collect,
  colorOption,
  duration,
  envFileOption,
  formatOption,
  helpOf,
  jobsOption,
  noColorOption,
  pairs,
  profileOption,
  retryOption,
  shard,
  timeoutOption,
  whole,
} from '../options.ts';
import type { CheckArguments, WantedReport } from './run.ts';

const FORMATS = Object.keys(CHECK_REPORTS) as CheckReportFormat[];

interface CheckFlags extends OutputFlags {
  allowEnv?: string[];
  api?: string;
  profile?: string;
  jobs: number;
  tag?: string[];
  name?: string[];
  shard?: { index: number; of: number };
  var?: string[];
  retry?: number | true;
  timeout?: number;
  timeLimit?: number;
  list?: boolean;
  repeat: number;
  watch?: boolean;
  failFast?: boolean;
  failOnFlaky?: boolean;
  report?: string[];
  format: 'pretty' | 'json';
  mock?: string | true;
}

/** `check`: smoke checks from files. */
export function checkCommand(start: Start): Command {
  const command = new Command('check')
    .description('run smoke checks from a file, at once and in parallel')
    .argument('[files...]', 'files and globs, YAML, JSON or .http (default: errprobe.checks.yaml)')
    .addOption(apiOption())
    .addOption(profileOption())
    .addOption(envFileOption())
    .optionsGroup('Selection:')
    .addOption(jobsOption('how many checks at once', 8))
    .option('--tag <tag>', 'only checks with this tag (repeatable)', collect)
    .option('--name <text>', 'only checks whose name contains this (repeatable)', collect)
    .option('--shard <i/n>', 'only this part of the checks: 1/4', shard)
    .option('--var <name=value>', 'set a variable (repeatable)', collect)
    .optionsGroup('Run:')
    .addOption(retryOption())
    .addOption(timeoutOption())
    .option('--time-limit <duration>', 'the time for all checks together', duration)
    .option('--list', 'list the checks, and send nothing')
    .option('--repeat <n>', 'run all checks n times', whole, 1)
    .option('--watch', 'run again whenever a file of checks changes, until Ctrl-C')
    .option('--fail-fast', 'stop at the first check that does not pass')
    .option('--fail-on-flaky', 'fail when a check passed only after a retry')
    .optionsGroup('Output:')
    .option('--report <format=file>', `also write a report: ${FORMATS.join(', ')} (repeatable)`, collect)
    .addOption(formatOption())
    .option('-v, --verbose', 'show what led to each diagnosis')
    .option('--quiet', 'show only what did not pass')
    .addOption(colorOption())
    .addOption(noColorOption())
    .addOption(allowEnvOption())
    .optionsGroup('Run:')
    .option('--mock [script]', 'run against built-in mocks, offline; a script says what they answer first')
    .action((files: string[], flags: CheckFlags) => {
      const args = checkArguments(files, flags);
      return start(flags, async (terminal) => {
        const { runCheck } = await import('./run.ts');
        return runCheck(args, terminal);
      });
    });
  return helpOf(command, 'checks', [
    'errprobe check --mock',
    'errprobe check smoke.yaml --tag fast --report junit=out.xml',
  ]);
}

/** @throws UsageError for a malformed variable or report */
function checkArguments(named: string[], flags: CheckFlags): CheckArguments {
  // The word after --mock is a script unless it looks like a file.
  const isFile = typeof flags.mock === 'string' && /\.(?:ya?ml|json|http|rest)$/i.test(flags.mock);
  const files = isFile ? [flags.mock as string, ...named] : named;
  const mock = isFile ? true : flags.mock;
  return {
    files,
    api: flags.api ?? null,
    profile: flags.profile,
    jobs: mock === undefined || mock === true ? flags.jobs : 1,
    tags: flags.tag ?? [],
    names: flags.name ?? [],
    shard: flags.shard ?? null,
    withoutKey: 'add key: false to the check',
    variables: Object.fromEntries(pairs(flags.var, '=', '--var')),
    retry: flags.retry ?? null,
    timeoutMs: flags.timeout ?? null,
    limitMs: flags.timeLimit ?? null,
    list: flags.list === true,
    repeat: flags.repeat,
    watch: flags.watch === true,
    failFast: flags.failFast === true,
    failOnFlaky: flags.failOnFlaky === true,
    reports: (flags.report ?? []).map(wantedReport),
    format: flags.format,
    mock: mock === undefined ? null : mock === true ? '' : mock,
    allowEnv: flags.allowEnv,
  };
}

/** Parses `junit=out.xml`; `github` takes no file. */
function wantedReport(text: string): WantedReport {
  const [name = '', ...rest] = text.split('=');
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) {
    const near = nearest(name, FORMATS);
    throw new UsageError(
      `--report: unknown format "${name}"${didYouMean(near) || '.'} Formats: ${FORMATS.join(', ')}.`,
    );
  }
  return { format, file: rest.join('=') || null };
}
