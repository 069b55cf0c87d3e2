import { basename, dirname, join } from 'node:path';
import { idsOf, knownNamed, presentIds } from '../catalogs/find.ts';
import type { Knowledge } from '../diagnosis/match/general.ts';
import { filesOf } from '../input/files.ts';
import { isFile, readRegular, readTextFile } from '../input/read-source.ts';
import { stringify } from '../json/stringify.ts';
import { JsonText } from '../json/text.ts';
import { BLANK_CHECK, type Check, type CheckRequest, type Expectation } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';
import { CATEGORIES } from '../model/words.ts';
import { type Locate, validateSource } from '../schema/validate.ts';
import type { Position } from '../schema/yaml.ts';
import { didYouMean, nearest, noApi } from '../text/nearest.ts';
import { isToken, noMethod } from '../text/token.ts';
import { fillPath } from './expand.ts';
import { parseHttpFile } from './http-file.ts';
import { parseRule } from './json-rule.ts';
import { cycleIn, planChecks } from './plan.ts';
import { type CheckEntry, type ChecksFile, checksSchema } from './schema.ts';

/** The files to look for if none is named. */
export const DEFAULT_FILES = ['errprobe.checks.yaml', 'errprobe.checks.yml', 'errprobe.checks.json'];

/** Receives a problem in a file of checks. */
type Report = (path: PropertyKey[], message: string) => void;

/** Reads a file as text, from the working directory. */
type Read = (file: string) => Promise<string>;

/**
 * Loads files of checks.
 *
 * @param patterns paths and globs; none for the default files
 * @param apis the ids of all APIs
 * @throws UsageError with all problems, one per line with file, line and column
 */
export async function loadChecks(
  patterns: string[],
  cwd: string,
  knowledge: Knowledge,
  signal: AbortSignal,
  apis: string[],
): Promise<Check[]> {
  const files = patterns.length > 0 ? await filesOf(patterns, cwd) : await defaultFile(cwd);
  if (files.length === 0) throw new UsageError(`no file matches ${patterns.join(' ')}`);
  const read: Read = (file) => readRegular(file, cwd, { signal });
  const problems: string[] = [];
  const checks: Check[] = [];
  for (const file of files) {
    const text = await readTextFile(file, cwd, { signal });
    if (/\.(?:http|rest)$/i.test(file)) checks.push(...httpChecks(text, file));
    else checks.push(...(await yamlChecks(text, file, read, knowledge, apis, problems)));
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const cycle = cycleIn(planChecks(checks));
  if (cycle !== null) {
    throw new UsageError(
      `these checks need each other's captures: ${[...cycle, cycle[0]].map((name) => `“${name}”`).join(' → ')}`,
    );
  }
  return checks;
}

/** The least that a file of checks can be. */
const EXAMPLE = '\n  checks:\n    - name: it answers\n      request: GET https://api.example.com/health';

async function defaultFile(cwd: string): Promise<string[]> {
  for (const file of DEFAULT_FILES) if (isFile(file, cwd)) return [file];
  throw new UsageError(`no ${DEFAULT_FILES[0]} in this folder: pass a file, or write one such as\n${EXAMPLE}`);
}

async function yamlChecks(
  text: string,
  file: string,
  read: Read,
  knowledge: Knowledge,
  apis: string[],
  problems: string[],
): Promise<Check[]> {
  const place = ({ line, column }: Position) => `${file}:${line}:${column}`;
  const result = validateSource(text, checksSchema);
  if (!result.ok) {
    problems.push(...result.problems.map(({ at, message }) => `${place(at)}: ${message}`));
    return [];
  }
  const report: Report = (path, message) => problems.push(`${place(result.locate(path))}: ${message}`);
  const { value, locate, written } = result;
  const shared = { headers: pairsIn(written(['defaults', 'headers'])), variables: pairsIn(written(['variables'])) };
  const seen = new Map<string, number>();
  checkApi(value.api, ['api'], apis, report);
  checkApi(value.defaults?.api, ['defaults', 'api'], apis, report);
  return Promise.all(
    value.checks.map(async (entry, i) => {
      const first = seen.get(entry.name);
      if (first !== undefined) {
        report(
          ['checks', i, 'name'],
          `duplicate check name “${entry.name}” (first used on line ${locate(['checks', first]).line})`,
        );
      }
      seen.set(entry.name, first ?? i);
      checkApi(entry.api, ['checks', i, 'api'], apis, report);
      const at = written(['checks', i]);
      return toCheck(entry, i, value, shared, at, file, read, knowledge, locate, report);
    }),
  );
}

async function toCheck(
  entry: CheckEntry,
  i: number,
  { api, defaults = {} }: ChecksFile,
  { headers, variables }: Shared,
  written: unknown,
  file: string,
  read: Read,
  knowledge: Knowledge,
  locate: Locate,
  report: Report,
): Promise<Check> {
  const at = (...path: PropertyKey[]) => ['checks', i, ...path];
  const request = toRequest(entry, memberOf(written, 'request'), headers);
  try {
    fillPath(request.target.replaceAll(/\$\{\w+\}/g, ''), request.params);
  } catch (error) {
    report(at('request'), (error as Error).message);
  }
  return {
    name: entry.name,
    file,
    line: locate(at()).line,
    api: entry.api ?? defaults.api ?? api ?? null,
    request,
    expect: await toExpectation(
      entry,
      memberOf(memberOf(written, 'expect'), 'json'),
      at,
      file,
      read,
      knowledge,
      report,
      defaults.within ?? null,
    ),
    capture: entry.capture ?? {},
    retry: entry.retry ?? defaults.retry ?? null,
    timeoutMs: entry.timeout ?? defaults.timeout ?? null,
    tags: [...(defaults.tags ?? []), ...(entry.tags ?? [])],
    skip: entry.skip ?? null,
    onlyIf: entry['only-if'] ?? null,
    mock: entry.mock ?? '',
    variables,
  };
}

/** Settings shared by the checks of a file. */
interface Shared {
  headers: Record<string, string>;
  variables: Record<string, string>;
}

/** @param written the request with its numbers as written */
function toRequest(
  { request, key }: CheckEntry,
  written: unknown,
  sharedHeaders: Record<string, string>,
): CheckRequest {
  if (typeof request === 'string') {
    const [method = 'GET', target = '/'] = request.split(' ');
    return {
      method: method.toUpperCase(),
      target,
      params: {},
      query: [],
      headers: {},
      sharedHeaders,
      body: undefined,
      key: key ?? null,
    };
  }
  return {
    method: request.method.toUpperCase(),
    target: request.path,
    params: pairsIn(memberOf(written, 'params')),
    query: Object.entries(pairsIn(memberOf(written, 'query'))),
    headers: pairsIn(memberOf(written, 'headers')),
    sharedHeaders,
    body: bodyOf(memberOf(written, 'body')),
    key: request.key ?? key ?? null,
  };
}

/** A text unchanged, anything else as JSON. */
function bodyOf(written: unknown): CheckRequest['body'] {
  if (written === undefined || written === null) return undefined;
  return typeof written === 'string' ? written : new JsonText(stringify(written) ?? 'null');
}

function memberOf(written: unknown, name: string): unknown {
  return written instanceof Map ? written.get(name) : undefined;
}

/** The members of a map as texts; none for any other value. */
function pairsIn(written: unknown): Record<string, string> {
  return written instanceof Map
    ? Object.fromEntries([...written].map(([name, value]) => [String(name), String(value)]))
    : {};
}

/** Converts maps to objects. */
function plain(written: unknown): unknown {
  if (Array.isArray(written)) return written.map(plain);
  if (!(written instanceof Map)) return written;
  return Object.fromEntries([...written].map(([name, value]) => [String(name), plain(value)]));
}

async function toExpectation(
  { expect = {} }: CheckEntry,
  rules: unknown,
  at: (...path: PropertyKey[]) => PropertyKey[],
  file: string,
  read: Read,
  knowledge: Knowledge,
  report: Report,
  within: number | null,
): Promise<Expectation> {
  const json = Object.entries(plain(rules) ?? {}).flatMap(([pointer, written]) => {
    try {
      return [{ pointer, rule: parseRule(written) }];
    } catch (error) {
      report(at('expect', 'json', pointer), (error as Error).message);
      return [];
    }
  });
  if (expect.error !== undefined) checkError(expect.error, at('expect', 'error'), knowledge, report);
  return {
    status: expect.status ?? null,
    header: expect.header ?? {},
    json,
    error: expect.error ?? null,
    errorIds: expect.error === undefined ? [] : presentIds(expect.error, knowledge.known),
    follow: expect.follow ?? true,
    withinMs: expect.within ?? within,
    schema:
      expect.schema === undefined ? null : await readSchema(expect.schema, file, read, at('expect', 'schema'), report),
  };
}

async function readSchema(
  path: string,
  file: string,
  read: Read,
  at: PropertyKey[],
  report: Report,
): Promise<Expectation['schema']> {
  try {
    const value = JsonText.parse(await read(join(dirname(file), path)));
    if (value !== undefined) return { file: path, value };
    report(at, `${path} is not valid JSON`);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    report(at, error.message);
    return null;
  }
}

function checkApi(id: string | undefined, path: PropertyKey[], apis: string[], report: Report): void {
  if (id === undefined || apis.includes(id)) return;
  report(path, noApi(id, apis));
}

/** An expected error must be a category or an entry of a catalog. */
function checkError(error: string, path: PropertyKey[], knowledge: Knowledge, report: Report): void {
  const { apis, http, network, gateways, codes, known } = knowledge;
  const ids = idsOf([...apis, http, network, gateways, ...codes, ...knownNamed(error, known)]);
  const words = [...CATEGORIES, ...ids];
  if (words.includes(error)) return;
  const near = nearest(error, words) ?? words.find((word) => word.endsWith(`/${error}`)) ?? null;
  report(path, `"${error}" is neither a category nor the id of an entry${didYouMean(near)}`);
}

function httpChecks(text: string, file: string): Check[] {
  const { variables, requests } = parseHttpFile(text);
  if (requests.length === 0) throw new UsageError(`${basename(file)} contains no requests`);
  const names = new Map<string, number>();
  return requests.map(({ name, line, method, target, headers, body }) => {
    if (!isToken(method)) throw new UsageError(`${file}:${line}: ${noMethod(method)}`);
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return {
      ...BLANK_CHECK,
      // REST clients require neither names nor unique ones.
      name: count === 1 ? name : `${name} (${count})`,
      file,
      line,
      request: { ...BLANK_CHECK.request, method, target, headers, body: body ?? undefined },
      variables,
    };
  });
}
