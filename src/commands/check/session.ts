import { expandCheck, fillPath } from '../../checks/expand.ts';
import { judge, type SchemaErrors } from '../../checks/judge.ts';
import { type Agents, keepAlive } from '../../http/agents.ts';
import { LargeBodies, type LargeBodyTurn } from '../../http/large-bodies.ts';
import { type Prepared, prepare } from '../../http/request.ts';
import { credentialsIn, credentialsInAnswer, isSensitiveHeader } from '../../http/sensitive.ts';
import { PLAIN_TRANSPORT } from '../../http/transport.ts';
import { detached } from '../../json/detached.ts';
import type { JsonText } from '../../json/text.ts';
import type { Mock } from '../../mock/server.ts';
import type { Check, Expectation } from '../../model/check.ts';
import type { CheckWatcher } from '../../model/progress.ts';
import { BLANK_RESULT, type Result } from '../../model/report.ts';
import type { ApiSettings } from '../../model/settings.ts';
import { renderCurl } from '../../render/error/request.ts';
import { spanMs } from '../../text/duration.ts';
import { version } from '../../version.ts';
import { call } from '../call/call.ts';
import { shownKey } from '../call/shown-key.ts';
import { keptBody } from '../kept-body.ts';
import type { CheckRun } from './check-run.ts';
import { checkResult, failedResult, resultOf } from './results.ts';
import { Targets } from './targets.ts';
import { RunVariables } from './variables.ts';

/** The longest body kept of a check that did not pass, in characters. */
const KEPT = 8192;

/** Runs checks one by one; they share connections, mocks and captured variables. */
export class Session {
  readonly #run: CheckRun;
  readonly #watch: CheckWatcher;
  readonly #targets: Targets;
  readonly #variables: RunVariables;
  readonly #agents: Agents;
  readonly #largeBodies = new LargeBodies();

  constructor(run: CheckRun, watch: CheckWatcher) {
    this.#run = run;
    this.#watch = watch;
    this.#targets = new Targets(run);
    this.#variables = new RunVariables(run.options.variables, run.effects);
    this.#agents = keepAlive(run.options.jobs);
  }

  /** Runs one check; any failure becomes its result. */
  async check(written: Check): Promise<Result> {
    const variables = this.#variables.of(written);
    if (written.skip !== null) return resultOf(written, 'skipped', written.skip);
    if (written.onlyIf !== null && (variables.get(written.onlyIf) ?? '') === '') {
      return resultOf(written, 'skipped', `the variable ${written.onlyIf} is not set`);
    }
    const begun = this.#run.effects.now();
    const turn = this.#largeBodies.turn(this.#run.effects.signal);
    let own: Mock | null = null;
    try {
      const expanded = expandCheck(written, variables);
      if (!expanded.ok) return resultOf(written, 'error', expanded.reason);
      const { check } = expanded;
      if (typeof check.request.key === 'string' && check.request.key !== written.request.key) {
        this.#run.secrets.add(check.request.key);
      }
      const { settings, mock } = await this.#targets.settingsOf(check);
      own = mock;
      return await this.#send(check, this.#variables.hostChooserOf(written, variables), settings, begun, turn);
    } catch (error) {
      return failedResult(written, error);
    } finally {
      turn.end();
      await own?.close();
    }
  }

  async #send(
    check: Check,
    hostChosenBy: 'user' | 'server',
    settings: ApiSettings,
    begun: number,
    turn: LargeBodyTurn,
  ): Promise<Result> {
    const prepared = this.#prepare(check, hostChosenBy, settings);
    const schemaErrors = check.expect.schema === null ? null : await compile(check.expect.schema.value);
    const verdictOn = (got: Parameters<typeof judge>[1]) => judge(check.expect, got, schemaErrors);
    const outcome = await call(
      {
        prepared,
        settings,
        retry: this.#retryOf(check, settings),
        agents: this.#agents,
        turn,
        ...(check.expect.follow ? {} : { transport: { ...PLAIN_TRANSPORT, follow: 'none' as const } }),
        secrets: this.#run.secrets,
        isWanted: (reading, diagnosis) =>
          wantsError(check.expect) && verdictOn({ reading, diagnosis, ms: 0 }).outcome === 'passed',
      },
      this.#run.config.knowledge,
      this.#run.effects,
      this.#watch.progress(check.name),
    );
    const result = outcome.report.results[0] ?? BLANK_RESULT;
    if (this.#run.effects.signal.aborted && result.attempts.length === 0) {
      return resultOf(check, 'not-run', String(this.#run.effects.signal.reason));
    }
    const { reading } = outcome;
    for (const secret of credentialsInAnswer(reading?.response.headers ?? {})) this.#run.secrets.add(secret);
    let verdict = verdictOn({ reading, diagnosis: result.diagnosis, ms: result.attempts.at(-1)?.ms ?? 0 });
    if (verdict.outcome === 'passed') {
      const unmet = this.#variables.capture(check, reading);
      if (unmet.length > 0) verdict = { outcome: 'failed', unmet };
    }
    return detached({
      ...result,
      name: check.name,
      // Nobody needs the body of a success.
      response: result.response && {
        ...result.response,
        body: verdict.outcome === 'passed' ? null : keptBody(result.response.body, KEPT),
      },
      flaky: verdict.outcome === 'passed' && result.attempts.length > 1,
      check: {
        ...checkResult(check, verdict.outcome, null, spanMs(this.#run.effects.now() - begun), verdict.unmet),
        ...(verdict.outcome === 'passed' ? {} : { curl: this.#curlOf(check, prepared, settings) }),
      },
    });
  }

  #curlOf({ expect }: Check, prepared: Prepared, settings: ApiSettings): string {
    const request = this.#run.secrets.redactAll(prepared.request);
    const isFollowed = expect.follow && (request.method === 'GET' || request.method === 'HEAD');
    const extras = { body: null, options: isFollowed ? [['--location']] : [] };
    return renderCurl(request, shownKey(prepared, settings), isSensitiveHeader, extras).trimEnd();
  }

  /** The request of a check; its credentials are secrets from now on. */
  #prepare({ request, file, line }: Check, hostChosenBy: 'user' | 'server', settings: ApiSettings): Prepared {
    const prepared = prepare(
      {
        method: request.method,
        target: fillPath(request.target, request.params),
        query: request.query,
        hostChosenBy,
        headers: request.headers,
        sharedHeaders: request.sharedHeaders,
        headersFrom: `${file}:${line}`,
        data: request.body === undefined ? null : String(request.body),
        idempotencyKey: null,
        withoutKey: this.#run.options.withoutKey,
        requestId: this.#run.effects.uuid(),
        version,
      },
      settings,
    );
    // A key spelled out in the check is in a shared file, and therefore no secret.
    const sent = credentialsIn(prepared.request).filter((secret) => secret !== request.key);
    for (const secret of sent) this.#run.secrets.add(secret);
    return prepared;
  }

  #retryOf(check: Check, settings: ApiSettings): ApiSettings['retry'] | null {
    const asked = check.retry ?? this.#run.options.retry;
    if (asked === null) return settings.retryByDefault ? settings.retry : null;
    return asked === true ? settings.retry : { ...settings.retry, retries: asked };
  }

  async close(): Promise<void> {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
    await this.#targets.close();
  }
}

/** True when the check expects an error: retrying is pointless. */
function wantsError({ error, status }: Expectation): boolean {
  return error !== null || status?.every((pattern) => Number(String(pattern)[0]) > 2) === true;
}

async function compile(schema: JsonText): Promise<SchemaErrors> {
  const { schemaErrorsOf } = await import('../../checks/json-schema.ts');
  return schemaErrorsOf(schema);
}
