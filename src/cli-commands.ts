import { Command, CommanderError, Option } from 'commander';
import {
  type AuditFlags,
  allowEnvOption,
  apiOption,
  type CallFlags,
  type CheckFlags,
  callArguments,
  checkArguments,
  collect,
  count,
  type DoctorFlags,
  duration,
  type ExplainFlags,
  formatOption,
  jobs,
  lastOption,
  pairs,
  port,
  shard,
  status,
  type TriageFlags,
  triageArguments,
  whole,
} from './cli-arguments.ts';
import type { Effects } from './effects.ts';
import { ConfigError, UsageError } from './errors.ts';
import { DIALECTS, type Dialect, GROUPINGS, REPORTS, TRIAGE_FORMATS } from './render/reports.ts';
import { wrap } from './render/text.ts';
import { EXITS, exitOf, exitOfInterrupt, reportOf } from './report.ts';
import { Secrets } from './secrets.ts';
import type { Surface } from './surface.ts';
import { type Sink, sink } from './terminal/sink.ts';
import { version } from './version.ts';

/** Runs the command that the arguments name; returns the exit code. */
export async function runCommand(argv: string[], effects: Effects): Promise<number> {
  const secrets = new Secrets();
  const onRunner = effects.env.GITHUB_ACTIONS === 'true';
  const out = sink(() => effects.stdout, secrets, onRunner);
  const err = sink(() => effects.stderr, secrets, onRunner);
  let code: number;
  try {
    code = await run(argv, effects, secrets, out, err);
    // Following a log is ended by hand, and that is no interruption.
    if (effects.signal.aborted && code !== 0) await err.write(`Interrupted by ${effects.signal.reason}.\n`);
  } catch (error) {
    code = await reportFailure(error, argv, effects, out, err);
  }
  if (out.problem !== null) await err.write(`error: cannot write standard output: ${out.problem}\n`);
  return out.problem === null && err.problem === null ? code : exitOf('usage').code;
}

async function run(argv: string[], effects: Effects, secrets: Secrets, out: Sink, err: Sink): Promise<number> {
  let code = 0;
  const surface = async (options: { color?: boolean; verbose?: boolean; quiet?: boolean }): Promise<Surface> => {
    const { colorLevelOf } = await import('./render/style.ts');
    return {
      effects,
      secrets,
      out,
      err,
      color: (stream) => colorLevelOf(options.color, effects[stream].isTTY === true, effects.env),
      width: (stream) => Math.max(40, effects[stream].columns || Number(effects.env.COLUMNS) || 80),
      verbose: options.verbose === true,
      quiet: options.quiet === true,
    };
  };

  const written: Promise<void>[] = [];
  const program = new Command('errprobe')
    .description('Says why an HTTP API answered with an error, what to do, and whether trying again can help.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ helpWidth: 80, subcommandTerm: (command) => command.name() })
    .addHelpText('after', EXAMPLES)
    .configureOutput({
      writeOut: (text) => void written.push(out.write(text)),
      writeErr: (text) => void written.push(err.write(text)),
    });

  program
    .command('call')
    .description('send a request and, when an error comes back, explain it')
    .argument('<method>', 'GET, POST, …')
    .argument('<path-or-url>', 'a path relative to the base URL of the API, or a full URL')
    .addOption(apiOption())
    .option('-d, --data <json|@file|->', 'the request body; @ reads a file, - reads standard input')
    .option('-q, --query <name=value>', 'add a query parameter (repeatable)', collect)
    .option('-H, --header <name: value>', 'set a header, or remove it by giving no value (repeatable)', collect)
    .option('--retry [n]', 'retry retryable errors, as often as the API documents or n times', count)
    .option('--max-wait <duration>', 'the longest single wait, such as 500ms, 2s or 1m (default: 1m)', duration)
    .option('--timeout <duration>', 'the timeout for each attempt (default: 30s)', duration)
    .option('--idempotency-key [value]', 'send an Idempotency-Key header (default: a random key)')
    .option('--retry-unsafe', 'also retry requests that might then be carried out twice')
    .addOption(formatOption())
    .option('-i, --include', 'print the status line and headers before the body')
    .option('-v, --verbose', 'show the request, the headers and the timings on stderr')
    .option('--quiet', 'hide the diagnosis; waits are still shown')
    .option('--color', 'force colour, whatever the output is')
    .option('--no-color', 'disable colour')
    .option('--dry-run', 'show the request and the retry plan, and send nothing')
    .option('--curl', 'print the equivalent curl command, and send nothing')
    .option('--har <file>', 'write all attempts to a HAR 1.2 file, redacted')
    .option('--report <file>', 'write a support ticket: JSON if the name ends in .json, otherwise Markdown')
    .option('--no-history', 'do not save this call for explain --last and report')
    .addOption(allowEnvOption())
    .option('--mock [script]', 'use the built-in mock; a script lists its responses: 429,expired-api-key,200')
    .action(async (method: string, target: string, options: CallFlags) => {
      const { runCall } = await import('./commands/run-call.ts');
      code = await runCall(callArguments(method, target, options), options, await surface(options));
    });

  program
    .command('explain')
    .description('explain a saved error, a status or a code; opens no connection')
    .argument('[input]', 'a file, - for standard input, a status (429), a code (KEY_LOCKED) or the ID of an entry')
    .addOption(lastOption())
    .addOption(apiOption())
    .option('--status <code>', 'the HTTP status of the error', status)
    .option('-H, --header <name: value>', 'a response header of the error (repeatable)', collect)
    .addOption(formatOption())
    .option('--exit-status', 'exit with the code for the error class instead of 0')
    .option('-v, --verbose', 'show what led to the diagnosis')
    .option('--color', 'force colour, whatever the output is')
    .option('--no-color', 'disable colour')
    .action(async (input: string | undefined, options: ExplainFlags) => {
      const { runExplain } = await import('./commands/run-explain.ts');
      code = await runExplain(
        { ...options, input, headers: Object.fromEntries(pairs(options.header, ':', '--header')) },
        await surface(options),
      );
    });

  program
    .command('check')
    .description('run smoke checks from a file, at once and in parallel')
    .argument('[files...]', 'files and globs, YAML, JSON or .http (default: errprobe.checks.yaml)')
    .addOption(apiOption())
    .option('--jobs <n>', 'how many checks at once', jobs, 8)
    .option('--tag <tag>', 'only checks with this tag (repeatable)', collect)
    .option('--name <text>', 'only checks whose name contains this (repeatable)', collect)
    .option('--shard <i/n>', 'only this part of the checks: 1/4', shard)
    .option('--var <name=value>', 'set a variable (repeatable)', collect)
    .option('--retry [n]', 'retry retryable errors, as often as the API documents or n times', count)
    .option('--timeout <duration>', 'the timeout for each attempt (default: 30s)', duration)
    .option('--time-limit <duration>', 'the time for all checks together', duration)
    .option('--fail-fast', 'stop at the first check that does not pass')
    .option('--fail-on-flaky', 'fail when a check passed only after a retry')
    .option('--report <format=file>', `also write a report: ${REPORTS.join(', ')} (repeatable)`, collect)
    .addOption(formatOption())
    .option('-v, --verbose', 'show what led to each diagnosis')
    .option('--quiet', 'show only what did not pass')
    .option('--color', 'force colour, whatever the output is')
    .option('--no-color', 'disable colour')
    .addOption(allowEnvOption())
    .option('--mock [script]', 'run against built-in mocks, offline; a script says what they answer first')
    .action(async (files: string[], options: CheckFlags) => {
      const { runCheck } = await import('./commands/run-check.ts');
      code = await runCheck(checkArguments(files, options), await surface(options));
    });

  program
    .command('audit')
    .description('provoke the documented errors that are harmless to provoke, and compare the responses')
    .argument('<api>', 'the ID of a catalog')
    .option('--path <path>', 'a GET path that succeeds (default: one from the catalog)')
    .option('--timeout <duration>', 'the timeout for each attempt (default: 30s)', duration)
    .addOption(formatOption())
    .option('--quiet', 'do not announce the requests')
    .option('--color', 'force colour, whatever the output is')
    .option('--no-color', 'disable colour')
    .option('--mock', 'use the built-in mock')
    .addOption(allowEnvOption())
    .action(async (api: string, options: AuditFlags) => {
      const { runAudit } = await import('./commands/run-audit.ts');
      const args = { ...options, timeoutMs: options.timeout ?? null, mock: options.mock === true };
      code = await runAudit(api, args, await surface(options));
    });

  program
    .command('doctor')
    .description('look for problems in config, keys and addresses; connects only with --online')
    .addOption(allowEnvOption())
    .argument('[api]', 'the ID of a catalog (default: all APIs in use)')
    .option('--online', 'resolve the host, connect, check the certificate, and send two GET requests')
    .option('--path <path>', 'the path to request (default: one from the catalog)')
    .option('--timeout <duration>', 'the timeout for each step (default: 10s)', duration)
    .addOption(formatOption())
    .option('--color', 'force colour, whatever the output is')
    .option('--no-color', 'disable colour')
    .action(async (api: string | undefined, options: DoctorFlags) => {
      const { runDoctor } = await import('./commands/run-doctor.ts');
      const args = { ...options, api, online: options.online === true, timeoutMs: options.timeout };
      code = await runDoctor(args, await surface(options));
    });

  program
    .command('report')
    .description('write a support ticket from the last call or a saved error')
    .argument('[input]', 'a file that explain can read, or - for standard input (default: the last call)')
    .addOption(lastOption())
    .addOption(apiOption())
    .option('--status <code>', 'the HTTP status of the error', status)
    .option('-H, --header <name: value>', 'a response header of the error (repeatable)', collect)
    .addOption(formatOption())
    .action(async (input: string | undefined, options: Omit<ExplainFlags, 'color'>) => {
      const { runReport } = await import('./commands/run-report.ts');
      const headers = Object.fromEntries(pairs(options.header, ':', '--header'));
      code = await runReport({ ...options, input, headers }, await surface({ color: false }));
    });

  program
    .command('triage')
    .description('count the errors in logs: which, how many, since when, who has to act; opens no connection')
    .argument('[files...]', 'log files with one record per line, plain, gzip or zstd (default: standard input)')
    .addOption(apiOption())
    .addOption(new Option('--by <what>', 'how to group errors').choices(GROUPINGS).default('diagnosis'))
    .option('--top <n>', 'how many groups to show (default: 10 for pretty, otherwise all)', whole)
    .option('--since <time>', 'only lines since a date, or since 30m, 2h or 7d ago')
    .option('--until <time>', 'only lines up to that time')
    .option('--status-field <pointer>', 'JSON Pointer to the status in a record')
    .option('--body-field <pointer>', 'JSON Pointer to the body in a record')
    .option('--time-field <pointer>', 'JSON Pointer to the time in a record')
    .addOption(formatOption(TRIAGE_FORMATS))
    .option('--follow', 'keep reading as the file grows, until Ctrl-C')
    .option('--partial <file>', 'write the counts to a file for --merge')
    .option('--merge', 'combine files written by --partial')
    .option('--jobs <n>', 'the number of reader threads', jobs, 1)
    .option('--quiet', 'hide progress')
    .option('--color', 'force colour, whatever the output is')
    .option('--no-color', 'disable colour')
    .action(async (files: string[], options: TriageFlags) => {
      const { runTriage } = await import('./commands/run-triage.ts');
      code = await runTriage(triageArguments(files, options), await surface(options));
    });

  program
    .command('catalog')
    .description('work with error catalogs')
    .command('export')
    .description('print catalogs as tables, and a view that classifies a table of errors')
    .argument('[apis...]', 'IDs of catalogs (default: all)')
    .addOption(new Option('--format <format>', 'the output format').choices(['sql']).default('sql'))
    .addOption(new Option('--dialect <database>', 'the database').choices(DIALECTS).default('duckdb'))
    .option('--table <name>', 'the table with the columns api, status, code and message', 'errors')
    .action(async (apis: string[], options: { dialect: Dialect; table: string }) => {
      const { runCatalogExport } = await import('./commands/catalog-export.ts');
      code = await runCatalogExport({ apis, ...options }, await surface({ color: false }));
    });

  program
    .command('mock')
    .description('serve an API from its catalog on 127.0.0.1')
    .argument('<api>', 'the ID of a catalog')
    .option('--port <n>', 'the port', port, 0)
    .option('--script <steps>', 'its first responses: 429,expired-api-key,200', '')
    .action(async (api: string, options: { port: number; script: string }) => {
      const { runMock } = await import('./commands/run-mock.ts');
      code = await runMock(api, options, await surface({ color: false }));
    });

  program
    .command('exit-codes')
    .description('list the exit codes')
    .action(async () => {
      const rows = EXITS.map(
        ({ code: number, name, when }) => `${String(number).padStart(3)}  ${name.padEnd(12)}  ${when}`,
      );
      await out.write(`${rows.join('\n')}\n`);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    await Promise.all(written);
    throw error;
  }
  await Promise.all(written);
  return code;
}

/** Turns what was thrown into one message on stderr, or into the one document of `--format json`. */
async function reportFailure(
  error: unknown,
  argv: string[],
  { stderr, signal }: Effects,
  out: Sink,
  err: Sink,
): Promise<number> {
  const interrupted = isInterrupt(error, signal);
  // commander has printed its message, or the help that was asked for.
  const shown = error instanceof CommanderError;
  if (shown && error.exitCode === 0) return 0;
  const known = shown || error instanceof UsageError || error instanceof ConfigError;
  const exit = interrupted ? exitOfInterrupt(signal.reason) : exitOf(known ? 'usage' : 'bug');
  const { name, message, stack } = interrupted ? interruption(signal) : (error as Error);
  if (asksForJson(argv)) {
    const reason = { name: shown ? 'UsageError' : name, message: message.replace(/^error: /, '') };
    const report = reportOf(argv[0] ?? '', exit, [], reason);
    const { renderJson } = await import('./render/json.ts');
    await out.write(renderJson(report));
  }
  if (shown) return exit.code;
  const text = known || interrupted ? `error: ${message}` : `errprobe failed; this is a bug in errprobe.\n${stack}`;
  const wraps = known && stderr.isTTY === true;
  const lines = wraps ? text.split('\n').flatMap((line) => wrap(line, stderr.columns || 80)) : [text];
  await err.write(`${lines.join('\n')}\n`);
  return exit.code;
}

/** True for what is thrown because the user ended the command. */
function isInterrupt(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error as Error | undefined)?.name === 'AbortError');
}

function interruption({ reason }: AbortSignal): Error {
  return Object.assign(new Error(`interrupted by ${reason} before there was a result`), { name: 'Interrupted' });
}

function asksForJson(argv: string[]): boolean {
  return argv.some((word, i) => word === '--format=json' || (word === '--format' && argv[i + 1] === 'json'));
}

const EXAMPLES = `
Examples:
  errprobe call GET /cyber-assets --mock 429,429,200 --retry
  cat error.json | errprobe explain
  errprobe explain KEY_LOCKED`;
