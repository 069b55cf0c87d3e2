import { readFileSync } from 'node:fs';
import type { Effects } from './model/effects.ts';
import { UsageError } from './model/errors.ts';
import { wholeOutput } from './terminal/standard-output.ts';
import { version } from './version.ts';

/**
 * Runs errprobe.
 *
 * @param argv the arguments after the name of the program
 * @param given effects to use in place of those of the process, for tests
 * @returns the exit code
 */
export async function main(argv: string[] = process.argv.slice(2), given: Partial<Effects> = {}): Promise<number> {
  const said = argv.length === 1 ? saidAtOnce(argv[0]) : null;
  if (said !== null) {
    const stdout = given.stdout ?? wholeOutput(process.stdout);
    // On any other terminal the help is made to fit.
    if (stdout.isTTY !== true || stdout.columns === WIDTH_AT_BUILD || !said.includes('\n  ')) {
      return await say(said, stdout);
    }
  }
  const interrupt = new AbortController();
  const effects = effectsOf(interrupt.signal, given);
  const { runCommand } = await import('./commands/program.ts');
  const onSignal = (name: NodeJS.Signals) => {
    // A second signal ends the process at once.
    if (interrupt.signal.aborted) process.exit(name === 'SIGTERM' ? 143 : 130);
    interrupt.abort(name);
  };
  // Not `once`: ora's signal handler ends the process when it finds no other listener left.
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await runCommand(argv, effects);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** The columns that the help rendered at build time fills. */
const WIDTH_AT_BUILD = 80;

/** Writes a text that holds no secret; returns the exit code. */
async function say(text: string, stream: Effects['stdout']): Promise<number> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    stream.once('error', resolve);
    stream.write(text, (failed) => resolve(failed ?? null));
  });
  if (error === null || error.code === 'EPIPE') return 0;
  process.stderr.write(`error: cannot write standard output: ${error.code}\n`);
  return 2;
}

/** Text that needs no other module: the version, and the help as rendered at build time. */
function saidAtOnce(option: string | undefined): string | null {
  if (option === '--version' || option === '-V') return `${version}\n`;
  if (option !== '--help' && option !== '-h') return null;
  try {
    return readFileSync(new URL('help.txt', import.meta.url), 'utf8');
  } catch {
    return null;
  }
}

/**
 * The effects of the process, overridden by those of a test. A standard stream is created on first
 * use.
 */
function effectsOf(signal: AbortSignal, given: Partial<Effects>): Effects {
  const { stdin, cwd: _, ...others } = given;
  let { stdout, stderr, cwd } = given;
  return {
    get stdin() {
      return stdin ?? process.stdin;
    },
    get stdout() {
      stdout ??= wholeOutput(process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= wholeOutput(process.stderr);
      return stderr;
    },
    get cwd() {
      cwd ??= workingDirectory();
      return cwd;
    },
    uid: process.geteuid?.() ?? null,
    now: Date.now,
    random: Math.random,
    // The global loads its module on first use only.
    uuid: () => crypto.randomUUID(),
    async sleep(ms, abort) {
      const [{ setTimeout }, { timerMs }] = await Promise.all([
        import('node:timers/promises'),
        import('./text/duration.ts'),
      ]);
      await setTimeout(timerMs(ms), undefined, { signal: abort });
    },
    signal,
    ...others,
    env: onlyOwn(given.env ?? process.env),
  };
}

/** @throws UsageError if somebody has deleted it */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new UsageError('the working directory no longer exists');
  }
}

/** The environment without what it inherits as an object: `constructor` names no variable. */
function onlyOwn(env: Effects['env']): Effects['env'] {
  return new Proxy(env, { get: (all, name) => (Object.hasOwn(all, name) ? Reflect.get(all, name) : undefined) });
}
