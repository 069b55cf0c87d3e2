import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../model/errors.ts';
import { parseDuration, timerMs } from '../text/duration.ts';

/**
 * Ends the help of a command with examples and its page.
 *
 * @param page the name of the page in `docs/`
 */
export function helpOf(command: Command, page: string, examples: string[]): Command {
  const lines = examples.map((line) => `  ${line}\n`).join('');
  return command.addHelpText('after', `\nExamples:\n${lines}\nMore: docs/${page}.md in the package`);
}

/** The option that names the API. */
export const apiOption = () =>
  new Option(
    '--api <id>',
    'the API: one of the config, raptor-comply, elder-protection, cryptocomply, victims',
  ).helpGroup('Request:');

/** The option that chooses a profile of the config. */
export const profileOption = () =>
  new Option('--profile <name>', 'use this profile of the config (or ERRPROBE_PROFILE)').helpGroup('Request:');

/** The option that adds the variables of a file. */
export const envFileOption = () =>
  new Option(
    '--env-file <file>',
    'also read variables from a file such as .env; those of the environment come first',
  ).helpGroup('Request:');

/** The option that lets project files send variables. */
export const allowEnvOption = () =>
  new Option('--allow-env <names>', 'variables that files of this project may send (repeatable)')
    .argParser(collect)
    .helpGroup('Authentication:');

/** The option for the output format: for people or for programs. */
export const formatOption = (formats: readonly string[] = ['pretty', 'json']) =>
  new Option('--format <format>', 'the output format').choices(formats).default('pretty').helpGroup('Output:');

/** The options that say whether output is coloured. */
export const colorOption = () =>
  new Option('--color', 'force colour, even if the output is not a terminal').helpGroup('Output:');
export const noColorOption = () => new Option('--no-color', 'disable colour').helpGroup('Output:');

/** The option that turns retrying on. */
export const retryOption = () =>
  new Option('--retry [n]', 'retry retryable errors, as often as the API documents or n times')
    .argParser(count)
    .helpGroup('Retry:');

/**
 * The option that sets a time limit.
 *
 * @param what the operation that the limit applies to
 * @param fallback the default
 */
export const timeoutOption = (what = 'attempt', fallback = '30s') =>
  new Option('--timeout <duration>', `the timeout for each ${what} (default: ${fallback})`).argParser(duration);

/** The option that names a GET path that succeeds. */
export const pathOption = () =>
  new Option('--path <path>', 'a GET path that succeeds (default: one from the catalog)').helpGroup('Request:');

/** The option that names a saved call. */
export const lastOption = () =>
  new Option('--last [n]', 'use the last call that failed, or the nth last (see errprobe history)')
    .argParser(place)
    .helpGroup('Input:');

/** The same, by the name that says what it takes. */
export const lastErrorOption = () =>
  new Option('--last-error', 'the same as --last').implies({ last: true }).hideHelp();

/** The options that add facts missing from a saved error. */
export const statusOption = () =>
  new Option('--status <code>', 'the HTTP status of the error').argParser(status).helpGroup('Input:');
export const responseHeaderOption = () =>
  new Option('-H, --header <name: value>', 'a response header of the error (repeatable)')
    .argParser(collect)
    .helpGroup('Input:');

/** The option that limits concurrency. */
export const jobsOption = (description: string, fallback: number) =>
  new Option('--jobs <n>', description).argParser(jobs).default(fallback);

/** The option for the address of a site, without the slash at its end. */
export const baseUrlOption = (description: string) =>
  new Option('--base-url <url>', description).argParser((text) => {
    const isUsable = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[?#]/.test(text);
    if (!isUsable) throw new InvalidArgumentError('Write an address such as https://errors.example.com.');
    return new URL(text).href.replace(/\/$/, '');
  });

/** Collects a repeatable option. */
export function collect(text: string, previous: string[] = []): string[] {
  return [...previous, text];
}

/**
 * Parses `name=value` or `Name: value`.
 *
 * @throws UsageError that does not repeat the text, which may hold a secret; commander's own errors
 * do
 */
export function pairs(texts: string[] | undefined, separator: '=' | ':', option: string): [string, string][] {
  return (texts ?? []).map((text, i) => {
    const at = text.indexOf(separator);
    const form = separator === ':' ? 'Name: value' : 'name=value';
    if (at < 1) throw new UsageError(`${option} number ${i + 1} has no "${separator}": write it as "${form}"`);
    const value = text.slice(at + 1);
    return [text.slice(0, at).trim(), separator === ':' ? value.trim() : value];
  });
}

/** Header fields from `Name: value`, by name. */
export const headersOf = (texts: string[] | undefined) => Object.fromEntries(pairs(texts, ':', '--header'));

/** Parses `500ms`, `2s` or `1m` to milliseconds; a bare number counts seconds, as for curl and HTTPie. */
export function duration(text: string): number {
  const ms = parseDuration(/^\d+(?:\.\d+)?$/.test(text) ? `${text}s` : text);
  if (ms === null) throw new InvalidArgumentError('Write a duration as 500ms, 2s or 1m; a number alone is seconds.');
  return timerMs(ms);
}

/** Parses a whole number of 1 or more. */
export function whole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Use a positive whole number.');
  return Number(text);
}

/** Parses a port number. */
export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65535) throw new InvalidArgumentError('Use a port number from 0 to 65535.');
  return number;
}

/** Parses `1/4`. */
export function shard(text: string): { index: number; of: number } {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  if (Number(index) < 1 || Number(index) > Number(of) || index === undefined) {
    throw new InvalidArgumentError('Write a shard as 1/4 for the first of four.');
  }
  return { index: Number(index), of: Number(of) };
}

function jobs(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('Use a number from 1 to 999.');
  return Number(text);
}

function count(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('Use a number; put --retry last, or write --retry=2.');
  return Number(text);
}

function place(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new InvalidArgumentError('Use a number: 1 for the last call, 2 for the one before it.');
  return Number(text);
}

function status(text: string): number {
  if (!/^[1-9]\d\d$/.test(text)) throw new InvalidArgumentError('Use a status such as 404.');
  return Number(text);
}
