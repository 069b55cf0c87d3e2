import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { placeWithin } from '../input/within.ts';
import { ConfigError } from '../model/errors.ts';
import { commandWords } from '../text/shell-words.ts';
import type { Expanded } from './env-use.ts';
import type { ConfigLayer } from './layer.ts';
import { isRegularFile } from './regular-file.ts';
import type { KeyConfig } from './schema.ts';

type Env = Record<string, string | undefined>;

/** How long a command may take: a password manager may ask for a fingerprint. */
const PATIENCE = 60_000;

/** No key is longer, in bytes. */
const LONGEST = 64 * 1024;

/** A configured key, where it comes from in words, and the file or variable that holds it, or its password. */
export type ReadKey = Expanded & {
  from: string;
  holder: string | null;
  /** The variable that holds its user name, of those with two. */
  user: string | null;
};

/**
 * Reads a key from a file: relative to the config, without the line break at its end. A project's
 * config only reads files of its own folder.
 *
 * @throws ConfigError when it cannot be read
 */
export function keyInFile(name: string, layer: ConfigLayer, path: PropertyKey[], env: Env): ReadKey {
  const at = placeOf(layer, path);
  const fail = (problem: string) => new ConfigError(`${at.column}: ${path.map(String).join('.')}: ${problem}`);
  const file = resolve(layer.folder, name.replace(/^~(?=[\\/])/, env.HOME || homedir()));
  let value: string;
  try {
    const place = placeWithin(file, [layer.folder]);
    if (layer.project && place === 'outside') {
      throw fail(`a project's config only reads files of its folder; name ${name} in your own config`);
    }
    const real = typeof place === 'string' ? file : place.real;
    if (layer.project && typeof place === 'object' && !isRegularFile(real)) throw fail(`${name} is not a file`);
    value = readFileSync(real, 'utf8').slice(0, LONGEST).trim();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw fail(`cannot read ${name}: ${(error as NodeJS.ErrnoException).code}`);
  }
  if (value === '') throw fail(`${name} is empty`);
  return {
    value,
    at: at.line,
    layer,
    variables: [{ name, value }],
    whole: false,
    from: name,
    holder: name,
    user: null,
  };
}

/** The outputs of commands, so that each runs once. */
const outputs = new WeakMap<ConfigLayer['locate'], Map<string, string>>();

/**
 * Runs the command that prints a key, without a shell. Only the user's own config may name one. The
 * command gets no input, and no argument that errprobe did not read there.
 *
 * @throws ConfigError when it fails, takes too long or prints nothing; the message shows none of its
 * output, which may hold the key
 */
export function keyFromCommand(command: string | string[], layer: ConfigLayer, path: PropertyKey[], env: Env): ReadKey {
  const at = placeOf(layer, path);
  const fail = (problem: string) => new ConfigError(`${at.column}: ${path.map(String).join('.')}: ${problem}`);
  if (layer.project) throw fail('a command only counts in your own config');
  const words = typeof command === 'string' ? wordsOf(command, env, fail) : command;
  const [program, ...args] = words;
  if (program === undefined || program === '') throw fail('the command is empty');
  const name = basename(program);
  const done = outputs.get(layer.locate) ?? new Map<string, string>();
  outputs.set(layer.locate, done);
  const id = JSON.stringify(words);
  let value = done.get(id);
  if (value === undefined) {
    value = outputOf(program, args, layer.folder, env, (problem) =>
      fail(`${name} ${problem}. Run it by hand to see why.`),
    );
    done.set(id, value);
  }
  return {
    value,
    at: at.line,
    layer,
    variables: [],
    whole: false,
    from: `the command ${name}`,
    holder: null,
    user: null,
  };
}

/** The words of a command. Nothing of a shell but quotes and variables is understood. */
function wordsOf(command: string, env: Env, fail: (problem: string) => ConfigError): string[] {
  const operator = /[|;&<>`]|\$\(/.exec(command.replaceAll(/'[^']*'|"[^"`$]*"|\\./g, ''))?.[0];
  if (operator !== undefined) throw fail(`the command runs without a shell, so it cannot have ${operator}`);
  const read = commandWords(command, env);
  if ('problem' in read) throw fail(`the command cannot be read: ${read.problem}`);
  return read.words;
}

function outputOf(
  program: string,
  args: string[],
  cwd: string,
  env: Env,
  fail: (problem: string) => ConfigError,
): string {
  // Loading it takes 4 ms, and few configs name a command.
  const { execFileSync } = createRequire(import.meta.url)('node:child_process') as typeof import('node:child_process');
  let text: string;
  try {
    text = execFileSync(program, args, {
      cwd,
      env,
      encoding: 'utf8',
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      maxBuffer: LONGEST,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
  } catch (error) {
    const { code, status, signal } = error as NodeJS.ErrnoException & { status?: number; signal?: string };
    if (code === 'ETIMEDOUT') throw fail(`took longer than ${PATIENCE / 1000} s`);
    if (code === 'ENOENT') throw fail('is not installed, or not in PATH');
    throw fail(status == null ? `failed (${code ?? signal})` : `failed with exit code ${status}`);
  }
  const value = text.trim();
  if (value === '') throw fail('printed nothing');
  return value;
}

/** True for a key that a command prints. */
export function isFromCommand(key: KeyConfig | undefined): key is { command: string | string[] } {
  return typeof key === 'object' && 'command' in key;
}

/** The place of a setting, with and without its column. */
export function placeOf({ file, locate }: ConfigLayer, path: PropertyKey[]): { line: string; column: string } {
  const { line, column } = locate(path);
  return { line: `${file}:${line}`, column: `${file}:${line}:${column}` };
}
