import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '../../input/read-source.ts';
import { parseJson } from '../../json/read.ts';
import { JsonText } from '../../json/text.ts';
import type { Effects } from '../../model/effects.ts';
import { UsageError } from '../../model/errors.ts';
import { BLANK_RESULT, type Report, type Result } from '../../model/report.ts';
import { renderJson } from '../../render/json.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { writeRedacted } from '../../terminal/file.ts';
import { ownFolder } from '../../terminal/own-folder.ts';
import { keptBody } from '../kept-body.ts';

/** How many calls are kept. */
const KEPT = 20;

/** The longest body kept, in characters. */
const LONGEST_BODY = 100_000;

/** Kept calls are regular files: reading one never waits. */
const NEVER = new AbortController().signal;

type HistoryEffects = Pick<Effects, 'env' | 'cwd' | 'uid'>;

const folderOf = (effects: HistoryEffects, make: boolean) => ownFolder('state', ['calls'], effects, make);

/**
 * Keeps the report of a call, redacted, and drops the oldest.
 *
 * @throws UsageError when it cannot be written
 */
export async function keepCall(report: Report, effects: Effects, secrets: Secrets): Promise<void> {
  const { path: folder, problem } = folderOf(effects, true);
  if (problem !== null) throw new UsageError(problem);
  const name = `${stampAfter(namesIn(folder)[0], effects.now())}-${randomBytes(3).toString('hex')}.json`;
  const text = renderJson({ ...report, results: report.results.map(kept) });
  await writeRedacted(join(folder, name), text, effects.cwd, secrets);
  for (const old of namesIn(folder).slice(KEPT)) await rm(join(folder, old), { force: true });
  await removeLeftovers(folder, name);
}

/** The last millisecond of the year 9999: names have four digits for the year. */
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The timestamp that a file name begins with. It is always later than that of the newest call, so
 * that a clock that was once ahead does not hide later calls.
 */
function stampAfter(newest: string | undefined, now: number): string {
  const after = timeIn(newest ?? '') + 1;
  const time = Math.min(LAST, Math.max(0, now, Number.isNaN(after) ? 0 : after));
  return new Date(time).toISOString().replaceAll(/[:.]/g, '-');
}

/** Temporary files younger than this may still be being written, in milliseconds. */
const WRITING = 60_000;

/**
 * Removes temporary files left by a process that was killed while writing. Ages are measured by the
 * file system's clock.
 */
async function removeLeftovers(folder: string, justWritten: string): Promise<void> {
  const now = (await stat(join(folder, justWritten))).mtimeMs;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.tmp')) continue;
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: now }));
    if (Math.abs(now - mtimeMs) > WRITING) await rm(join(folder, name), { force: true });
  }
}

/** A kept call. */
export interface KeptCall {
  report: Report;
  /** When it was kept, in milliseconds since 1970. */
  at: number;
}

/**
 * Reads the kept calls, newest first.
 *
 * @throws UsageError when one cannot be read
 */
export async function* keptCalls(effects: HistoryEffects): AsyncGenerator<KeptCall> {
  const { path: folder, ...found } = folderOf(effects, false);
  if (found.problem !== null && !found.missing) throw new UsageError(found.problem);
  for (const name of found.problem === null ? namesIn(folder) : []) {
    const report = await parse(await readTextFile(join(folder, name), effects.cwd, { signal: NEVER }));
    if (report === null) throw new UsageError(`${join(folder, name)} is not an errprobe report; remove it`);
    yield { report, at: timeIn(name) };
  }
}

/**
 * Reads the nth last call that failed; calls that succeeded do not count.
 *
 * @param n 1 for the last, 2 for the one before
 * @throws UsageError when there is none, or it cannot be read
 */
export async function readFailedCall(n: number, effects: HistoryEffects): Promise<Report> {
  let kept = 0;
  let failed = 0;
  for await (const { report } of keptCalls(effects)) {
    kept++;
    if (!report.ok && ++failed === n) return report;
  }
  const { path: folder } = folderOf(effects, false);
  if (kept === 0) throw new UsageError(`no call is kept in ${folder}`);
  const there = failed === 0 ? 'none of them failed' : `only ${failed} of them failed`;
  throw new UsageError(`${kept} ${kept === 1 ? 'call is' : 'calls are'} kept in ${folder}, and ${there}`);
}

/** The time in the name of a file. */
function timeIn(name: string): number {
  return Date.parse(name.replace(/^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z.*$/, '$1:$2:$3.$4Z'));
}

/**
 * The files of the calls, newest first: their names begin with the time.
 *
 * @throws UsageError for a folder that cannot be read
 */
function namesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder);
    return names
      .filter((name) => /^\d{4}-.*\.json$/.test(name))
      .sort()
      .reverse();
  } catch (error) {
    throw new UsageError(`cannot read ${folder}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** Validates a report and adds missing members; null when a member has the wrong type. */
async function parse(text: string): Promise<Report | null> {
  const value = parseJson(text) as Report | undefined | null;
  if (value?.schema !== 'errprobe/report@1' || !Array.isArray(value.results)) return null;
  const report = { ...value, results: value.results.map((result) => result && { ...BLANK_RESULT, ...result }) };
  const { reportSchema } = await import('../../render/error/schema.ts');
  if (!reportSchema.safeParse(report).success) return null;
  const written = new JsonText(text).at(['results'])?.items() ?? [];
  return { ...report, results: report.results.map((result, i) => withBody(result, written[i])) };
}

/** The result with the body in the report's own text. */
function withBody(result: Result, written: JsonText | undefined): Result {
  const { response } = result;
  if (response === null || typeof response.body !== 'object') return result;
  return { ...result, response: { ...response, body: written?.at(['response', 'body']) ?? null } };
}

/** The part of a result worth keeping: no body of a success, and a limited one of an error. */
function kept(result: Result): Result {
  const { diagnosis, request, response } = result;
  return {
    ...result,
    request: request && { ...request, body: diagnosis === null ? null : keptText(request.body) },
    response: response && { ...response, body: diagnosis === null ? null : keptBody(response.body, LONGEST_BODY) },
  };
}

const keptText = (body: string | null): string | null => keptBody(body, LONGEST_BODY);
