import { setMaxListeners } from 'node:events';
import { resolve } from 'node:path';
import { usesOfCheck } from '../../checks/env-use.ts';
import { expandCheck, fillPath, isHostOpen, type Variables } from '../../checks/expand.ts';
import { CUT_OFF, judge, type SchemaErrors } from '../../checks/judge.ts';
import type { Planned } from '../../checks/plan.ts';
import { defaultApi, resolveApi } from '../../config/resolve.ts';
import type { Reading } from '../../diagnosis/reading.ts';
import { prepare } from '../../http/request.ts';
import { type Agents, keepAlive } from '../../http/send.ts';
import { credentialsIn, credentialsInAnswer } from '../../http/sensitive.ts';
import { keysOf } from '../../json/pointer.ts';
import { JsonText } from '../../json/text.ts';
import { parseScript } from '../../mock/answer.ts';
import { type Mock, startMock } from '../../mock/server.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Check, CheckRequest, CheckResult, Expectation, Outcome } from '../../model/check.ts';
import { needs } from '../../model/check.ts';
import { type Effects, whenAborted } from '../../model/effects.ts';
import { ConfigError, UsageError } from '../../model/errors.ts';
import type { CallProgress, CheckWatcher } from '../../model/progress.ts';
import {
  BLANK_RESULT,
  exitOf,
  exitOfInterrupt,
  isBad,
  type Report,
  type Result,
  reportOf,
  summaryOf,
} from '../../model/report.ts';
import type { ApiSettings, EnvUse } from '../../model/settings.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { spanMs } from '../../text/duration.ts';
import { version } from '../../version.ts';
import { call } from '../call/call.ts';
import { atMock, withoutAccess } from '../call/prepare.ts';
import { apiByHost, findApi } from '../find-api.ts';
import { keptBody } from '../kept-body.ts';
import type { Setting } from '../setting.ts';
import { shownBody } from '../shown-body.ts';

/** How checks are run. */
export interface CheckOptions {
  /** How many at once. */
  jobs: number;
  failFast: boolean;
  failOnFlaky: boolean;
  /** The time for all of them, in milliseconds, or null. */
  limitMs: number | null;
  timeoutMs: number | null;
  /** Retries of every check that says nothing of its own; true for as many as the API documents. */
  retry: number | true | null;
  /** The API of checks that name none. */
  api: string | null;
  variables: Record<string, string>;
  /** A script for the embedded mock, or null to go to the real APIs. */
  mock: string | null;
}

const SILENT: CallProgress = { wait: async () => {}, stop: async () => {} };

/** Bodies of checks that did not pass are kept up to that, in characters. */
const KEPT = 8192;

/**
 * Runs checks, as many at once as allowed; those that use a capture run after the one that captures it.
 *
 * @param chosen the places of those to run; the others leave no trace in the report
 */
export async function runChecks(
  planned: Planned[],
  chosen: Set<number>,
  options: CheckOptions,
  setting: Setting,
  effects: Effects,
  secrets: Secrets,
  watch: CheckWatcher,
): Promise<Report> {
  const begun = effects.now();
  const stop = new AbortController();
  // Every request and every wait listens to it, and more than ten at once are no leak.
  setMaxListeners(0, stop.signal);
  const forget = whenAborted(effects.signal, () => stop.abort('interrupted'));
  if (options.limitMs !== null) {
    // It rejects when the run is over first.
    effects.sleep(options.limitMs, stop.signal).then(
      () => stop.abort('the time for all checks is over'),
      () => {},
    );
  }
  const bench = new Bench(options, setting, { ...effects, signal: stop.signal }, secrets, watch);
  const results = new Map<number, Result>();
  try {
    await inOrder(planned, chosen, options.jobs, async (i, { check, after }) => {
      const failed = after.map((j) => results.get(j)).find((result) => result?.check?.outcome !== 'passed');
      const result = stop.signal.aborted
        ? notRun(check, String(stop.signal.reason))
        : failed !== undefined
          ? notRun(check, `it needs what “${failed.name}” captures, which did not pass`)
          : await bench.run(check);
      results.set(i, result);
      watch.finished(result, results.size, chosen.size);
      const outcome = result.check?.outcome;
      if (options.failFast && (outcome === 'failed' || outcome === 'error' || outcome === 'undocumented')) {
        stop.abort(`“${check.name}” failed, and --fail-fast is on`);
      }
    });
  } finally {
    stop.abort('done');
    forget();
    await bench.close();
  }
  const inFileOrder = [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  return summarize(inFileOrder, options, effects.signal, spanMs(effects.now() - begun));
}

/** What files of the project send of the user's with the chosen checks; see `permit`. */
export async function usesOfChecks(
  planned: Planned[],
  chosen: Set<number>,
  options: CheckOptions,
  setting: Setting,
  effects: Effects,
  secrets: Secrets,
): Promise<EnvUse[]> {
  const bench = new Bench(options, setting, effects, secrets, null);
  try {
    return planned.flatMap(({ check }, i) => (chosen.has(i) ? bench.usesOf(check) : []));
  } finally {
    await bench.close();
  }
}

/** Works through the chosen places, each after those it depends on, with a fixed number of workers. */
async function inOrder(
  planned: Planned[],
  chosen: Set<number>,
  jobs: number,
  work: (i: number, planned: Planned) => Promise<void>,
): Promise<void> {
  const done = new Map<number, Promise<void>>();
  const waiting = [...chosen].sort((a, b) => a - b);
  // What others wait for goes first, so that no worker waits for one that has not begun.
  const order: number[] = [];
  const visit = (i: number) => {
    if (order.includes(i)) return;
    for (const other of planned[i]?.after ?? []) visit(other);
    order.push(i);
  };
  for (const i of waiting) visit(i);
  let next = 0;
  const worker = async () => {
    while (next < order.length) {
      const i = order[next++] as number;
      const own = planned[i] as Planned;
      const job = Promise.all(own.after.map((other) => done.get(other))).then(() => work(i, own));
      done.set(i, job);
      await job;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
}

function summarize(results: Result[], options: CheckOptions, signal: AbortSignal, ms: number): Report {
  const summary = summaryOf(results, ms);
  const exit = signal.aborted
    ? exitOfInterrupt(signal.reason)
    : exitOf(isBad(summary) || (options.failOnFlaky && summary.flaky > 0) ? 'failed' : 'ok');
  return { ...reportOf('check', exit, results), summary };
}

/** What the checks of a run share: settings, mocks, connections and captured variables. */
class Bench {
  readonly #options: CheckOptions;
  readonly #setting: Setting;
  readonly #effects: Effects;
  readonly #secrets: Secrets;
  readonly #watch: CheckWatcher | null;
  readonly #agents: Agents;
  readonly #captured = new Map<string, Map<string, string>>();
  readonly #mocks = new Map<string, Promise<Mock>>();
  readonly #settings = new Map<string, ApiSettings>();

  constructor(options: CheckOptions, setting: Setting, effects: Effects, secrets: Secrets, watch: CheckWatcher | null) {
    this.#options = options;
    this.#setting = setting;
    this.#effects = effects;
    this.#secrets = secrets;
    this.#watch = watch;
    this.#agents = keepAlive(options.jobs);
  }

  /** Of a check that cannot be carried out there is nothing: it fails for a reason of its own. */
  usesOf(check: Check): EnvUse[] {
    if (check.skip !== null) return [];
    try {
      const catalog = this.#catalogOf(check);
      if (this.#options.mock !== null && catalog !== null) return [];
      const settings = this.#configured(catalog, false);
      const { env, cwd } = this.#effects;
      const own = usesOfCheck(check, settings, this.#options.variables, env, resolve(cwd, check.file));
      return [...(settings.uses ?? []), ...own];
    } catch (error) {
      if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
      return [];
    }
  }

  async run(written: Check): Promise<Result> {
    const variables = this.#variablesOf(written);
    if (written.skip !== null) return resultOf(written, 'skipped', written.skip);
    if (written.onlyIf !== null && (variables.get(written.onlyIf) ?? '') === '') {
      return resultOf(written, 'skipped', `the variable ${written.onlyIf} is not set`);
    }
    const begun = this.#effects.now();
    let own: Mock | null = null;
    try {
      const expanded = expandCheck(written, variables);
      if (!expanded.ok) return resultOf(written, 'error', expanded.reason);
      const { check } = expanded;
      if (typeof check.request.key === 'string' && check.request.key !== written.request.key) {
        this.#secrets.add(check.request.key);
      }
      const { settings, mock } = await this.#settingsOf(check);
      own = mock;
      return await this.#send(check, this.#hostChooserOf(written, variables), settings, begun);
    } catch (error) {
      return withStack(resultOf(written, 'error', reasonOf(error)), error);
    } finally {
      await own?.close();
    }
  }

  /** A captured value is a server's word. */
  #hostChooserOf({ file, request }: Check, variables: Variables): 'user' | 'server' {
    const captured = this.#captured.get(file);
    if (captured === undefined) return 'user';
    const given = this.#options.variables;
    const known = [...variables].filter(([name]) => !captured.has(name) || given[name] !== undefined);
    return isHostOpen(request.target, new Map(known)) ? 'server' : 'user';
  }

  async #send(check: Check, hostChosenBy: 'user' | 'server', settings: ApiSettings, begun: number): Promise<Result> {
    const { request } = check;
    const prepared = prepare(
      {
        method: request.method,
        target: fillPath(request.target, request.params),
        query: request.query,
        hostChosenBy,
        headers: request.headers,
        sharedHeaders: request.sharedHeaders,
        headersFrom: `${check.file}:${check.line}`,
        data: bodyOf(request),
        idempotencyKey: null,
        requestId: this.#effects.uuid(),
        version,
      },
      settings,
    );
    for (const secret of credentialsIn(prepared.request)) {
      // What a check writes itself into a file that is shared is no secret.
      if (secret !== request.key) this.#secrets.add(secret);
    }
    const schemaErrors = check.expect.schema === null ? null : await compile(check.expect.schema.value);
    const verdictOn = (got: Parameters<typeof judge>[1]) => judge(check.expect, got, schemaErrors);
    const outcome = await call(
      {
        prepared,
        settings,
        retry: this.#retryOf(check, settings),
        agents: this.#agents,
        secrets: this.#secrets,
        isWanted: (reading, diagnosis) =>
          wantsError(check.expect) && verdictOn({ reading, diagnosis, ms: 0 }).outcome === 'passed',
      },
      this.#setting.knowledge,
      this.#effects,
      this.#watch?.progress(check.name) ?? SILENT,
    );
    const result = outcome.report.results[0] ?? BLANK_RESULT;
    if (this.#effects.signal.aborted && result.attempts.length === 0) {
      return notRun(check, String(this.#effects.signal.reason));
    }
    const { reading } = outcome;
    for (const secret of credentialsInAnswer(reading?.response.headers ?? {})) this.#secrets.add(secret);
    let verdict = verdictOn({ reading, diagnosis: result.diagnosis, ms: result.attempts.at(-1)?.ms ?? 0 });
    if (verdict.outcome === 'passed') {
      const unmet = this.#capture(check, reading);
      if (unmet.length > 0) verdict = { outcome: 'failed', unmet };
    }
    return {
      ...result,
      name: check.name,
      // A success has nothing that anybody would look up in its body.
      response: result.response && {
        ...result.response,
        body: verdict.outcome === 'passed' ? null : keptBody(result.response.body, KEPT),
      },
      flaky: verdict.outcome === 'passed' && result.attempts.length > 1,
      check: checkResult(check, verdict.outcome, null, spanMs(this.#effects.now() - begun), verdict.unmet),
    };
  }

  #retryOf(check: Check, settings: ApiSettings): ApiSettings['retry'] | null {
    const asked = check.retry ?? this.#options.retry;
    if (asked === null) return settings.retryByDefault ? settings.retry : null;
    return asked === true ? settings.retry : { ...settings.retry, retries: asked };
  }

  #variablesOf(check: Check): Variables {
    const wanted = new Set(needs(check));
    // Most checks use none, and there may be thousands.
    if (wanted.size === 0 && check.onlyIf === null) return new Map();
    const { env, uuid, now } = this.#effects;
    const fromEnv = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const environment = new Map(fromEnv);
    const own = Object.entries(check.variables).map(([name, text]): [string, string] => [
      name,
      text.replaceAll(/\$\{(\w+)\}/g, (whole, inner: string) => environment.get(inner) ?? whole),
    ]);
    // What the REST clients make up for each request.
    const dynamic: [string, () => string][] = [
      ['guid', uuid],
      ['uuid', uuid],
      ['timestamp', () => String(Math.floor(now() / 1000))],
    ];
    return new Map([
      ...dynamic.filter(([name]) => wanted.has(name)).map(([name, make]): [string, string] => [name, make()]),
      ...fromEnv,
      ...own,
      ...(this.#captured.get(check.file) ?? []),
      ...Object.entries(this.#options.variables),
    ]);
  }

  /** Keeps what the check captures; returns what is not there. */
  #capture(check: Check, reading: Reading | null): CheckResult['unmet'] {
    const { headers = {}, truncated = false } = reading?.response ?? {};
    const body = reading === null ? null : shownBody(reading);
    const captured = this.#captured.get(check.file) ?? new Map<string, string>();
    this.#captured.set(check.file, captured);
    return Object.entries(check.capture).flatMap(([name, place]) => {
      if (truncated && !place.startsWith('header:')) return [CUT_OFF];
      const value = place.startsWith('header:')
        ? headers[place.slice(7).toLowerCase()]
        : body instanceof JsonText
          ? textAt(body, place)
          : undefined;
      if (value === undefined)
        return [{ what: `capture ${name}`, expected: `a value at ${place}`, actual: 'no value' }];
      captured.set(name, value);
      return [];
    });
  }

  async #settingsOf(check: Check): Promise<{ settings: ApiSettings; mock: Mock | null }> {
    const { mock: script } = this.#options;
    const catalog = this.#catalogOf(check);
    const configured = this.#configured(catalog, script !== null && catalog !== null);
    let own: Mock | null = null;
    let settings = configured;
    if (script !== null && catalog !== null) {
      if (check.mock !== '') own = await startMock(catalog, parseScript(check.mock, catalog), 0);
      settings = atMock(configured, catalog, own ?? (await this.#mockOf(catalog, script)));
    }
    const { key } = check.request;
    if (key === false) settings = { ...settings, auth: null };
    else if (key !== null && settings.auth !== null) {
      settings = { ...settings, key: { value: key, from: 'the check', variable: settings.auth.env } };
    }
    const timeoutMs = check.timeoutMs ?? this.#options.timeoutMs ?? settings.timeoutMs;
    return { settings: { ...settings, timeoutMs }, mock: own };
  }

  #configured(catalog: Catalog | null, mocked: boolean): ApiSettings {
    const id = catalog?.id ?? '';
    const known = this.#settings.get(id);
    if (known !== undefined) return known;
    const { layers } = this.#setting;
    const settings = resolveApi(catalog, mocked ? withoutAccess(layers) : layers, mocked ? {} : this.#effects.env);
    if (settings.key !== null) this.#secrets.add(settings.key.value);
    this.#settings.set(id, settings);
    return settings;
  }

  #catalogOf({ api, request: { target } }: Check): Catalog | null {
    const { layers, knowledge } = this.#setting;
    if (api !== null) return findApi(api, knowledge.apis, 'api');
    if (/^https?:/i.test(target)) return apiByHost(target, knowledge.apis, layers);
    const id = this.#options.api ?? defaultApi(layers, knowledge.apis, this.#effects.env);
    if (id !== null) return findApi(id, knowledge.apis, 'the default API');
    throw new UsageError(`which API does ${target} belong to? Write api: into the file, or say --api`);
  }

  #mockOf(catalog: Catalog, script: string): Promise<Mock> {
    const running = this.#mocks.get(catalog.id) ?? startMock(catalog, parseScript(script, catalog), 0);
    this.#mocks.set(catalog.id, running);
    return running;
  }

  async close(): Promise<void> {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
    for (const mock of this.#mocks.values()) await (await mock).close();
  }
}

/** Why a check could not be carried out. What only a bug explains must not take the results of the others along. */
function reasonOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message;
  const { name, message } = error as Error;
  return `errprobe failed at this check, which is a bug in errprobe: ${name}: ${message}`;
}

/** With the stack of what only a bug explains. */
function withStack(result: Result, error: unknown): Result {
  if (error instanceof UsageError || error instanceof ConfigError || result.check === undefined) return result;
  return { ...result, check: { ...result.check, stack: (error as Error).stack ?? String(error) } };
}

/** True when only an error is what is expected, so that there is nothing to try again for. */
function wantsError({ error, status }: Expectation): boolean {
  return error !== null || status?.every((pattern) => Number(String(pattern)[0]) > 2) === true;
}

function bodyOf({ body }: CheckRequest): string | null {
  return body === undefined ? null : String(body);
}

/** A string without its quotes, and anything else as it is written. */
function textAt(body: JsonText, pointer: string): string | undefined {
  const found = body.at(keysOf(pointer));
  if (found === undefined) return undefined;
  const { value } = found;
  return typeof value === 'string' ? value : String(found);
}

async function compile(schema: JsonText): Promise<SchemaErrors> {
  const { schemaErrorsOf } = await import('../../checks/json-schema.ts');
  return schemaErrorsOf(schema);
}

function notRun(check: Check, reason: string): Result {
  return resultOf(check, 'not-run', reason);
}

function resultOf(check: Check, outcome: Outcome, reason: string): Result {
  return { ...BLANK_RESULT, name: check.name, check: checkResult(check, outcome, reason, 0, []) };
}

function checkResult(
  { file, line, tags }: Check,
  outcome: Outcome,
  reason: string | null,
  ms: number,
  unmet: CheckResult['unmet'],
): CheckResult {
  return { outcome, file, line, tags, unmet, reason, ms };
}
