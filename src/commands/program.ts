import { Command, CommanderError } from 'commander';
import type { Effects } from '../model/effects.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { exitOf, exitOfInterrupt, reportOf } from '../model/report.ts';
import { Secrets } from '../secrets/secrets.ts';
import { fitted } from '../terminal/fitted.ts';
import { type Sink, sink } from '../terminal/sink.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lookup } from '../text/lookup.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import { version } from '../version.ts';
import type { Start } from './command.ts';
import { EXAMPLES, helpFor, withPlaces } from './help.ts';
import { COMMANDS } from './index.ts';
import { inLongForm } from './short-form.ts';

/** Runs the command that the arguments name; returns the exit code. */
export async function runCommand(argv: string[], effects: Effects): Promise<number> {
  const secrets = new Secrets();
  const onRunner = effects.env.GITHUB_ACTIONS === 'true';
  const out = sink(() => effects.stdout, secrets, onRunner);
  const err = sink(() => effects.stderr, secrets, onRunner);
  let code: number;
  try {
    const { code: ended, waitingFor } = await run(argv, effects, secrets, out, err);
    code = ended;
    // `--follow` is meant to be ended by hand, so that is no interruption.
    if (effects.signal.aborted && code !== 0) {
      const waited = waitingFor === null ? '' : ` ${waitingFor}`;
      await err.write(fitted(`Interrupted by ${effects.signal.reason}${waited}.\n`, effects.stderr));
    }
  } catch (error) {
    code = await reportFailure(error, argv, effects, out, err);
  }
  if (out.problem !== null) await err.write(`error: cannot write standard output: ${out.problem}\n`);
  return out.problem === null && err.problem === null ? code : exitOf('usage').code;
}

/** The most words of a command line: commander passes them all on at once, for which the stack has to suffice. */
const MOST_WORDS = 50_000;

/** Runs commander's program; errors thrown by a command pass through. */
async function run(
  argv: string[],
  effects: Effects,
  secrets: Secrets,
  out: Sink,
  err: Sink,
): Promise<{ code: number; waitingFor: string | null }> {
  let code = 0;
  let waitingFor: string | null = null;
  const start: Start = async ({ color, verbose, quiet, envFile }, command) => {
    const [{ colorLevelOf }, { hasLinks }] = await Promise.all([
      import('../render/style.ts'),
      import('../render/link.ts'),
    ]);
    const readEnv = envFile === undefined ? null : await import('./env-file.ts');
    const own = readEnv === null ? effects : await readEnv.withEnvFile(envFile ?? '', effects, secrets);
    const terminal: Terminal = {
      effects: own,
      secrets,
      out,
      err,
      color: (stream) => colorLevelOf(color, effects[stream].isTTY === true, effects.env),
      width: (stream) => widthOf(effects[stream].columns || Number(effects.env.COLUMNS)),
      links: (stream) => hasLinks(effects[stream].isTTY === true, effects.env),
      verbose: verbose === true,
      quiet: quiet === true,
      run: (other, given) => runCommand(other, { ...effects, ...given }),
    };
    code = await command(terminal);
    waitingFor = terminal.waitingFor?.() ?? null;
  };
  const written: Promise<void>[] = [];
  const program = programOf(
    effects.stdout,
    (text) => void written.push(out.write(withPlaces(text, effects.stdout))),
    (text) => void written.push(err.write(fitted(text, effects.stderr))),
  );
  const names = Object.keys(COMMANDS);
  try {
    if (argv.length > MOST_WORDS) throw new UsageError(`errprobe takes up to ${MOST_WORDS} arguments`);
    if (argv[0] === 'help' && argv[1] !== undefined && ![...names, 'help'].includes(argv[1])) {
      const near = didYouMean(nearest(argv[1], names));
      throw new UsageError(`there is no command "${argv[1]}"${near}; errprobe --help lists them`);
    }
    const isPiped = argv.length > 0 && !argv[0]?.startsWith('-') ? false : effects.stdin.isTTY !== true;
    const words = await inLongForm(argv, names, isPiped, effects);
    for (const command of commandsFor(words)) program.addCommand(inheriting(command(start), program));
    await program.parseAsync(words, { from: 'user' });
  } finally {
    await Promise.all(written);
  }
  return { code, waitingFor };
}

/** The command that the words begin with, or all: to describe all takes 4 ms of processor time. */
function commandsFor([first = '']: string[]): ((start: Start) => Command)[] {
  const named = first === 'completion' ? undefined : lookup(COMMANDS, first);
  return named === undefined ? Object.values(COMMANDS) : [named];
}

/** The columns to use; of lines that are longer, nobody would see the end. */
const widthOf = (columns: number): number => Math.min(1000, Math.max(40, columns || 80));

/** Applies the parent's settings to a command and its subcommands, and lets their errors lead to their help. */
function inheriting(command: Command, parent: Command, before = 'errprobe'): Command {
  const name = `${before} ${command.name()}`;
  command.copyInheritedSettings(parent).showHelpAfterError(`See ${name} --help.`);
  for (const sub of command.commands) inheriting(sub, command, name);
  return command;
}

function programOf(
  stdout: Effects['stdout'],
  writeOut: (text: string) => void,
  writeErr: (text: string) => void,
): Command {
  return new Command('errprobe')
    .description('Says why an HTTP API answered with an error, what to do, and whether trying again can help.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('See errprobe --help.')
    .configureHelp(helpFor(stdout))
    .addHelpText('after', EXAMPLES)
    .configureOutput({ writeOut, writeErr });
}

/** Reports a thrown error as one message on stderr, or as the one document of `--format json`. */
async function reportFailure(
  error: unknown,
  argv: string[],
  { stderr, signal }: Effects,
  out: Sink,
  err: Sink,
): Promise<number> {
  const interrupted = isInterrupt(error, signal);
  // commander has already printed its message, or the requested help.
  const shown = error instanceof CommanderError;
  if (shown && error.exitCode === 0) return 0;
  const known = shown || error instanceof UsageError || error instanceof ConfigError;
  const exit = interrupted ? exitOfInterrupt(signal.reason) : exitOf(known ? 'usage' : 'bug');
  const { name, message, stack } = interrupted ? interruption(signal) : (error as Error);
  if (asksForJson(argv)) {
    const reason = { name: shown ? 'UsageError' : name, message: message.replace(/^error: /, '') };
    const report = reportOf(argv[0] ?? '', exit, [], reason);
    const { renderJson } = await import('../render/json.ts');
    await out.write(renderJson(report));
  }
  if (shown) return exit.code;
  const text = known || interrupted ? `error: ${message}` : `errprobe failed; this is a bug in errprobe.\n${stack}`;
  await err.write(`${known ? fitted(text, stderr) : text}\n`);
  return exit.code;
}

/** True for an error thrown because the user interrupted the command. */
function isInterrupt(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error as Error | undefined)?.name === 'AbortError');
}

function interruption({ reason }: AbortSignal): Error {
  return Object.assign(new Error(`interrupted by ${reason} before there was a result`), { name: 'Interrupted' });
}

function asksForJson(argv: string[]): boolean {
  return argv.some((word, i) => word === '--format=json' || (word === '--format' && argv[i + 1] === 'json'));
}
