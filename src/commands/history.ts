import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Effects } from '../effects.ts';
import { UsageError } from '../errors.ts';
import { readTextFile } from '../input/read-source.ts';
import { renderJson } from '../render/json.ts';
import { BLANK_RESULT, type Report, type Result } from '../report.ts';
import type { Secrets } from '../secrets.ts';
import { writeRedacted } from '../terminal/file.ts';
import { keptBody } from './kept-body.ts';

/** How many calls are kept. */
const KEPT = 20;

/** The most that is kept of a body, in characters. */
const LONGEST_BODY = 100_000;

type Place = Pick<Effects, 'env' | 'cwd'>;

/** The folder of the calls, below the user's state folder (XDG Base Directory Specification). */
function folderOf(env: Effects['env']): string {
  const given = env.XDG_STATE_HOME ?? '';
  // The specification has a relative path ignored.
  const state = isAbsolute(given) ? given : join(env.HOME || homedir(), '.local', 'state');
  return join(state, 'errprobe', 'calls');
}

/**
 * Keeps the report of a call, redacted, and drops the oldest.
 *
 * @throws UsageError when it cannot be written
 */
export async function keepCall(report: Report, { env, cwd, now }: Effects, secrets: Secrets): Promise<void> {
  const folder = folderOf(env);
  const name = `${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}.json`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeRedacted(join(folder, name), renderJson({ ...report, results: report.results.map(kept) }), cwd, secrets);
    for (const old of (await namesIn(folder)).slice(KEPT)) await rm(join(folder, old), { force: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${folder}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/**
 * The report of a call that was kept.
 *
 * @param n 1 for the last call, 2 for the one before
 * @throws UsageError when there is none, or it cannot be read
 */
export async function readCall(n: number, { env, cwd }: Place): Promise<Report> {
  const folder = folderOf(env);
  const names = await namesIn(folder);
  const name = names[n - 1];
  if (name === undefined) {
    const there =
      names.length === 0 ? 'no call is' : names.length === 1 ? 'only one call is' : `only ${names.length} calls are`;
    throw new UsageError(`${there} kept in ${folder}`);
  }
  const report = parse(await readTextFile(join(folder, name), cwd));
  if (report === null) throw new UsageError(`${join(folder, name)} is not a report of errprobe: remove it`);
  return { ...report, results: report.results.map((result) => ({ ...BLANK_RESULT, ...result })) };
}

/** The files of the calls, the newest first: their names begin with the time. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /^\d{4}-.*\.json$/.test(name))
      .sort()
      .reverse();
  } catch (error) {
    if (/^(?:ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

function parse(text: string): Report | null {
  try {
    const value = JSON.parse(text) as Report | null;
    return value?.schema === 'errprobe/report@1' && Array.isArray(value.results) ? value : null;
  } catch {
    return null;
  }
}

/** What is kept of a result: of a success no body, which is nobody's error; of an error not more than helps. */
function kept(result: Result): Result {
  const { diagnosis, request, response } = result;
  return {
    ...result,
    request: request && { ...request, body: diagnosis === null ? null : keptText(request.body) },
    response: response && { ...response, body: diagnosis === null ? null : keptBody(response.body, LONGEST_BODY) },
  };
}

const keptText = (body: string | null): string | null => body && String(keptBody(body, LONGEST_BODY));
