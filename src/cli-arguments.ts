import { InvalidArgumentError, Option } from 'commander';
import type { CallArguments } from './commands/prepare-call.ts';
import type { CheckArguments, WantedReport } from './commands/run-check.ts';
import type { TriageArguments } from './commands/run-triage.ts';
import { parseDuration, timerMs } from './duration.ts';
import { UsageError } from './errors.ts';
import { didYouMean, nearest } from './nearest.ts';
import { type Grouping, REPORTS, type TriageFormat } from './render/reports.ts';

/** The options of `call` as commander gives them. */
export interface CallFlags {
  allowEnv?: string[];
  api?: string;
  data?: string;
  query?: string[];
  header?: string[];
  retry?: number | true;
  maxWait?: number;
  timeout?: number;
  idempotencyKey?: string | true;
  retryUnsafe?: boolean;
  format: 'pretty' | 'json';
  include?: boolean;
  verbose?: boolean;
  quiet?: boolean;
  color?: boolean;
  dryRun?: boolean;
  curl?: boolean;
  har?: string;
  report?: string;
  history: boolean;
  mock?: string | true;
}

/** The options of `explain` and `report`. */
export interface ExplainFlags {
  last?: number | true;
  api?: string;
  status?: number;
  header?: string[];
  format: 'pretty' | 'json';
  exitStatus?: boolean;
  verbose?: boolean;
  color?: boolean;
}

/** The options of `audit`. */
export interface AuditFlags {
  allowEnv?: string[];
  path?: string;
  timeout?: number;
  format: 'pretty' | 'json';
  quiet?: boolean;
  color?: boolean;
  mock?: boolean;
}

/** The options of `doctor`. */
export interface DoctorFlags {
  allowEnv?: string[];
  online?: boolean;
  path?: string;
  timeout?: number;
  format: 'pretty' | 'json';
  color?: boolean;
}

/** The options of `check`. */
export interface CheckFlags {
  allowEnv?: string[];
  api?: string;
  jobs: number;
  tag?: string[];
  name?: string[];
  shard?: { index: number; of: number };
  var?: string[];
  retry?: number | true;
  timeout?: number;
  timeLimit?: number;
  failFast?: boolean;
  failOnFlaky?: boolean;
  report?: string[];
  format: 'pretty' | 'json';
  verbose?: boolean;
  quiet?: boolean;
  color?: boolean;
  mock?: string | true;
}

/** The options of `triage`. */
export interface TriageFlags {
  api?: string;
  by: Grouping;
  top?: number;
  since?: string;
  until?: string;
  statusField?: string;
  bodyField?: string;
  timeField?: string;
  format: TriageFormat;
  follow?: boolean;
  partial?: string;
  merge?: boolean;
  jobs: number;
  quiet?: boolean;
  color?: boolean;
}

/** @throws UsageError for a field that is no JSON Pointer */
export function triageArguments(files: string[], flags: TriageFlags): TriageArguments {
  const { statusField: status, bodyField: body, timeField: time } = flags;
  for (const [name, pointer] of Object.entries({ status, body, time })) {
    if (pointer === undefined || pointer.startsWith('/')) continue;
    throw new UsageError(
      `--${name}-field takes a JSON Pointer, which begins with a slash; try /${pointer.replaceAll('.', '/')}`,
    );
  }
  return {
    ...flags,
    files,
    merge: flags.merge === true,
    follow: flags.follow === true,
    top: flags.top ?? null,
    fields: { status, body, time },
  };
}

/** @throws UsageError for a header or a query that is none */
export function callArguments(method: string, target: string, flags: CallFlags): CallArguments {
  return {
    ...flags,
    method,
    target,
    query: pairs(flags.query, '=', '--query'),
    headers: Object.fromEntries(pairs(flags.header, ':', '--header')),
    maxWaitMs: flags.maxWait,
    timeoutMs: flags.timeout,
  };
}

/** @throws UsageError for a variable or a report that is none */
export function checkArguments(named: string[], flags: CheckFlags): CheckArguments {
  // The word after --mock is a script; a file that stands there is still a file.
  const isFile = typeof flags.mock === 'string' && /\.(?:ya?ml|json|http|rest)$/i.test(flags.mock);
  const files = isFile ? [flags.mock as string, ...named] : named;
  const mock = isFile ? true : flags.mock;
  return {
    files,
    api: flags.api ?? null,
    jobs: mock === undefined || mock === true ? flags.jobs : 1,
    tags: flags.tag ?? [],
    names: flags.name ?? [],
    shard: flags.shard ?? null,
    variables: Object.fromEntries(pairs(flags.var, '=', '--var')),
    retry: flags.retry ?? null,
    timeoutMs: flags.timeout ?? null,
    limitMs: flags.timeLimit ?? null,
    failFast: flags.failFast === true,
    failOnFlaky: flags.failOnFlaky === true,
    reports: (flags.report ?? []).map(report),
    format: flags.format,
    mock: mock === undefined ? null : mock === true ? '' : mock,
    allowEnv: flags.allowEnv,
  };
}

/** Reads `junit=out.xml`; `github` needs no file. */
export function report(text: string): WantedReport {
  const [name = '', ...rest] = text.split('=');
  const format = REPORTS.find((known) => known === name);
  if (format === undefined) {
    const near = nearest(name, REPORTS);
    throw new UsageError(
      `--report: unknown format "${name}"${didYouMean(near) || '.'} Formats: ${REPORTS.join(', ')}.`,
    );
  }
  return { format, file: rest.join('=') || null };
}

/** Reads `1/4`. */
export function shard(text: string): { index: number; of: number } {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  if (Number(index) < 1 || Number(index) > Number(of) || index === undefined) {
    throw new InvalidArgumentError('Write a shard as 1/4 for the first of four.');
  }
  return { index: Number(index), of: Number(of) };
}

/** The option that names the API. */
export function apiOption(): Option {
  return new Option('--api <id>', 'the API: raptor-comply, elder-protection, cryptocomply, victims');
}

/** The option that lets files of the project send variables. */
export function allowEnvOption(): Option {
  return new Option('--allow-env <names>', 'variables that files of this project may send (repeatable)').argParser(
    collect,
  );
}

/** The option that chooses between people and programs. */
export function formatOption(formats: readonly string[] = ['pretty', 'json']): Option {
  return new Option('--format <format>', 'the output format').choices(formats).default('pretty');
}

/** Gathers an option that may be repeated. */
export function collect(text: string, previous: string[] = []): string[] {
  return [...previous, text];
}

/**
 * Reads `name=value` or `Name: value`.
 *
 * @throws UsageError without the text, which may hold a secret; commander's own errors repeat it
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

/** Milliseconds of `500ms`, `2s` or `1m`. */
export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError('Write a duration as 500ms, 2s or 1m.');
  return timerMs(ms);
}

/** How many checks run at once. */
export function jobs(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('Use a number from 1 to 999.');
  return Number(text);
}

/** A whole number from 1. */
export function whole(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Use a positive whole number.');
  return Number(text);
}

/** A number of retries. */
export function count(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('Use a number; put --retry last, or write --retry=2.');
  return Number(text);
}

/** Which of the calls that were kept: 1 is the last. */
export function place(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new InvalidArgumentError('Use a number: 1 for the last call, 2 for the one before it.');
  return Number(text);
}

/** The option that names a call that was made. */
export function lastOption(): Option {
  return new Option('--last [n]', 'use the last saved call, or the nth last, as input').argParser(place);
}

/** A status such as 404. */
export function status(text: string): number {
  if (!/^[1-9]\d\d$/.test(text)) throw new InvalidArgumentError('Use a status such as 404.');
  return Number(text);
}

/** A port of this machine. */
export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65535) throw new InvalidArgumentError('Use a port number from 0 to 65535.');
  return number;
}
