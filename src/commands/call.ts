import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Sent as KnownOfRequest } from '../diagnosis/evidence/facts.ts';
import type { Request, Response } from '../diagnosis/exchange.ts';
import type { Knowledge } from '../diagnosis/match-general.ts';
import { readError } from '../diagnosis/read-error.ts';
import { softError } from '../diagnosis/soft-error.ts';
import { statusPhrase } from '../diagnosis/status.ts';
import { formatDuration, isoTime } from '../duration.ts';
import type { Effects } from '../effects.ts';
import { fingerprint } from '../http/key.ts';
import type { Prepared } from '../http/request.ts';
import { decideRetry, type RetryDecision } from '../http/retry.ts';
import { type Agents, type Sent, send } from '../http/send.ts';
import { maskHeaders } from '../http/sensitive.ts';
import { withParsedBody } from '../input/parse-body.ts';
import { MAX_BYTES } from '../input/read-source.ts';
import { jsonOrText } from '../json/text.ts';
import type { RecordedAttempt } from '../render/har.ts';
import {
  type Attempt,
  BLANK_RESULT,
  type Exit,
  exitOf,
  exitOfDiagnosis,
  exitOfInterrupt,
  type Report,
  reportOf,
} from '../report.ts';
import type { ApiSettings, RetryPolicy } from '../settings.ts';

/** A call that is ready to be made. */
export interface CallOptions {
  prepared: Prepared;
  settings: ApiSettings;
  /** Null when retrying is off. */
  retry: RetryPolicy | null;
  /** The keys that are configured for other APIs. */
  otherKeys?: KnownOfRequest['otherKeys'];
  /** Connections to share with other calls. */
  agents?: Agents;
  /** True for an outcome that is what was wanted although it is an error, so that it is not tried again. */
  isWanted?(response: Response | null, diagnosis: Diagnosis): boolean;
}

/** Shows what a call does while it goes on. */
export interface CallProgress {
  /** An attempt failed; the next one follows after the wait. Resolves when the wait is over. */
  wait(line: string, ms: number, signal: AbortSignal): Promise<void>;
  /** An attempt failed, and although retrying is on there is no further one. */
  stop(line: string): Promise<void>;
}

/** The report of a call, and what only the terminal gets: the body as it came, and the version of HTTP. */
export interface CallOutcome {
  report: Report;
  body: Uint8Array;
  httpVersion: string;
  recorded: RecordedAttempt[];
}

/** Sends a request, diagnoses what comes back and, where that can help and is allowed, tries again. */
export async function call(
  { prepared, settings, retry, otherKeys = [], agents, isWanted }: CallOptions,
  knowledge: Knowledge,
  effects: Effects,
  progress: CallProgress,
): Promise<CallOutcome> {
  const { request } = prepared;
  const attempts: Attempt[] = [];
  let last: { sent: Sent; diagnosis: Diagnosis | null } | null = null;
  const recorded: RecordedAttempt[] = [];
  let waitedMs = 0;

  const finish = (interrupted: boolean): CallOutcome => {
    const { sent, diagnosis } = last ?? { sent: null, diagnosis: null };
    const ok = !interrupted && sent !== null && diagnosis === null;
    const exit = interrupted ? exitOfInterrupt(effects.signal.reason) : exitFor(diagnosis);
    return {
      report: reportOf('call', exit, [resultOf(sent, request, diagnosis, attempts, ok)]),
      body: sent?.body ?? new Uint8Array(),
      httpVersion: sent?.httpVersion ?? '',
      recorded,
    };
  };

  try {
    for (;;) {
      const at = effects.now();
      const sent = await sendAndParse(request, settings, effects, agents);
      const diagnosis = succeeded(sent, settings)
        ? null
        : diagnoseSent(sent, prepared, settings, otherKeys, knowledge, effects.now());
      last = { sent, diagnosis };
      const attempt: Attempt = {
        n: attempts.length + 1,
        at: new Date(at).toISOString(),
        status: sent.exchange.response?.status ?? null,
        code: diagnosis?.code ?? null,
        requestId: diagnosis?.requestId ?? null,
        ms: effects.now() - at,
        waitMs: null,
        waitFrom: null,
        reason: 'it succeeded',
      };
      attempts.push(attempt);
      recorded.push({ ...sent, at: attempt.at, ms: attempt.ms });
      if (diagnosis === null || isWanted?.(sent.exchange.response, diagnosis)) return finish(false);

      const stand = { attempts: attempts.length, waitedMs, method: request.method };
      const decision = decideRetry(diagnosis, stand, retry, effects.random());
      attempt.reason = decision.reason;
      const line = attemptLine(attempt, diagnosis, retry, decision, effects.now());
      if (!decision.retry) {
        if (retry !== null) await progress.stop(line);
        return finish(false);
      }
      attempt.waitMs = decision.waitMs;
      attempt.waitFrom = decision.waitFrom;
      await progress.wait(line, decision.waitMs, effects.signal);
      waitedMs += decision.waitMs;
    }
  } catch (error) {
    if (effects.signal.aborted) return finish(true);
    throw error;
  }
}

async function sendAndParse(
  request: Request,
  { timeoutMs }: ApiSettings,
  { signal, env }: Effects,
  agents: Agents | undefined,
): Promise<Sent> {
  const sent = await send(request, { timeoutMs, maxBytes: MAX_BYTES, signal, env, agents });
  const { response } = sent.exchange;
  return response === null
    ? sent
    : { ...sent, exchange: { ...sent.exchange, response: await withParsedBody(response) } };
}

/** A 304 answers a conditional request and is a success; a 2xx is one unless its body says that it failed. */
function succeeded({ exchange }: Sent, { catalog }: ApiSettings): boolean {
  const { response } = exchange;
  if (response?.status == null || (response.status >= 300 && response.status !== 304)) return false;
  const error = readError(response.parsed ?? response.body, catalog ?? undefined, response);
  return softError(exchange, error, catalog !== null) === null;
}

function diagnoseSent(
  sent: Sent,
  prepared: Prepared,
  settings: ApiSettings,
  otherKeys: KnownOfRequest['otherKeys'],
  knowledge: Knowledge,
  now: number,
): Diagnosis {
  const diagnosis = diagnose(sent.exchange, knowledge, {
    api: settings.catalog?.id ?? null,
    now,
    sent: {
      auth: settings.auth,
      origins: prepared.origins,
      withheld: prepared.withheld,
      redirects: sent.redirects,
      proxy: sent.proxy,
      otherKeys,
    },
  });
  const notes = [...diagnosis.notes, ...sent.notes, ...keyNotes(prepared, settings, diagnosis)];
  return { ...diagnosis, notes };
}

/** What is worth knowing of the key: that it stayed here, and, when the error is about it, where it came from. */
function keyNotes({ withheld, withKey }: Prepared, { auth, key }: ApiSettings, { category }: Diagnosis): string[] {
  if (withheld !== null) return [`The key was not sent: ${withheld}.`];
  if (key === null || auth === null || !withKey || (category !== 'authentication' && category !== 'permission'))
    return [];
  const notes = [`The key came from ${key.from} (fingerprint ${fingerprint(key)}) and went out in ${auth.header}.`];
  if (!auth.documented) {
    notes.push(
      'How the key is sent is not documented and was assumed: set auth in the config if it is sent otherwise.',
    );
  }
  return notes;
}

/** One line for an attempt that failed: `attempt 1 of 5: 429 Too Many Requests; waiting 1.3 s (backoff)`. */
function attemptLine(
  { n, status }: Attempt,
  diagnosis: Diagnosis,
  policy: RetryPolicy | null,
  decision: RetryDecision,
  now: number,
): string {
  const what = status === null ? (diagnosis.code ?? 'no answer') : `${status} ${statusPhrase(status)}`.trim();
  const head = `attempt ${n} of ${(policy?.retries ?? 0) + 1}: ${what}`;
  if (decision.retry) return `${head}; waiting ${formatDuration(decision.waitMs)} (${decision.waitFrom})`;
  const { advice } = diagnosis.retry;
  // Why it would not help stands in the diagnosis that follows.
  if (advice === 'never' || advice === 'after-action') return `${head}; not worth trying again`;
  const at = decision.comeBackMs === null ? null : isoTime(now + decision.comeBackMs);
  return `${head}; not trying again: ${decision.reason}${at === null ? '' : `; come back at ${at}`}`;
}

function exitFor(diagnosis: Diagnosis | null): Exit {
  return diagnosis === null ? exitOf('ok') : exitOfDiagnosis(diagnosis);
}

function resultOf(
  sent: Sent | null,
  request: Request,
  diagnosis: Diagnosis | null,
  attempts: Attempt[],
  ok: boolean,
): Report['results'][number] {
  const { exchange } = sent ?? { exchange: null };
  const response = exchange?.response ?? null;
  const asSent = exchange?.request ?? request;
  return {
    ...BLANK_RESULT,
    request: { ...asSent, headers: maskHeaders(asSent.headers) },
    response:
      response === null
        ? null
        : {
            status: response.status,
            headers: maskHeaders(response.headers),
            body: jsonOrText(response.body),
            bytes: response.bytes,
          },
    failure: exchange?.failure ?? null,
    diagnosis,
    attempts,
    flaky: ok && attempts.length > 1,
    timings: sent?.timings ?? null,
  };
}
