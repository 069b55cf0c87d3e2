import type { RequestContext } from '../../diagnosis/context.ts';
import { diagnoseReading, readExchange } from '../../diagnosis/diagnose.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Reading } from '../../diagnosis/reading.ts';
import type { BodyFollower } from '../../http/body-reader.ts';
import type { LargeBodyTurn } from '../../http/large-bodies.ts';
import { type Prepared, withheldParts } from '../../http/request.ts';
import { decideRetry, isLastAttempt, type RetryDecision } from '../../http/retry.ts';
import { type Agents, type SendOptions, send } from '../../http/send.ts';
import { maskHeaders } from '../../http/sensitive.ts';
import type { Sent } from '../../http/sent.ts';
import type { Transport } from '../../http/transport.ts';
import { withParsedBody } from '../../input/parse-body.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Effects } from '../../model/effects.ts';
import { LONGEST_DIAGNOSED, type Request, TRUNCATED_NOTE } from '../../model/exchange.ts';
import type { CallProgress } from '../../model/progress.ts';
import {
  type Attempt,
  BLANK_RESULT,
  type Exit,
  exitOf,
  exitOfDiagnosis,
  exitOfInterrupt,
  type Report,
  reportOf,
} from '../../model/report.ts';
import type { ApiSettings, RetryPolicy } from '../../model/settings.ts';
import type { RecordedAttempt } from '../../render/error/har.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { BodyOutput } from '../../terminal/body.ts';
import { spanMs } from '../../text/duration.ts';
import { shownBody } from '../shown-body.ts';
import { attemptLine, keyNotes } from './attempt-lines.ts';
import { type Introduction, Passage } from './passage.ts';

/** A call that is ready to be sent. */
export interface CallOptions {
  prepared: Prepared;
  settings: ApiSettings;
  /** Null when retrying is off. */
  retry: RetryPolicy | null;
  /**
   * Keeps secrets out of the diagnosis, and hides a possible start of one at the end of a truncated
   * body.
   */
  secrets?: Pick<Secrets, 'hideCut' | 'redactBody'>;
  /** The keys configured for other APIs. */
  otherKeys?: RequestContext['otherKeys'];
  /** How to reach the server, if anything is special. */
  transport?: Transport;
  /** Connections shared with other calls. */
  agents?: Agents;
  /** Its turn among calls that run at once. */
  turn?: LargeBodyTurn;
  /** The destination of the streamed body; without it, only the part that is diagnosed is read. */
  body?: { output: BodyOutput; introduce: Introduction };
  /** True for an error that was expected, so that it is not retried. */
  isWanted?(reading: Reading | null, diagnosis: Diagnosis): boolean;
}

/** The report of a call, and the attempts as a HAR records them. */
export interface CallOutcome {
  report: Report;
  recorded: RecordedAttempt[];
  /** The last attempt that was not interrupted, or null. */
  sent: Sent | null;
  /** The last response, parsed, or null. */
  reading: Reading | null;
}

/** The result of an attempt and the retry decision; no decision for an expected outcome. */
interface Judged {
  reading: Reading | null;
  diagnosis: Diagnosis | null;
  decision: RetryDecision | null;
}

/** Sends a request, diagnoses the response and retries where that can help and is allowed. */
export async function call(
  options: CallOptions,
  knowledge: Knowledge,
  effects: Effects,
  progress: CallProgress,
): Promise<CallOutcome> {
  const { prepared, retry, body } = options;
  const { request } = prepared;
  const attempts: Attempt[] = [];
  const recorded: RecordedAttempt[] = [];
  let last: { sent: Sent; judged: Judged } | null = null;
  let passage: Passage | null = null;
  let waitedMs = 0;

  const judge = (sent: Sent): Promise<Judged> =>
    judgeSent(sent, options, knowledge, effects, { attempts: attempts.length + 1, waitedMs, method: request.method });
  const finish = async (interrupted: boolean): Promise<CallOutcome> => {
    await passage?.end();
    const { reading, diagnosis } = last?.judged ?? { reading: null, diagnosis: null };
    const ok = !interrupted && last !== null && diagnosis === null;
    const exit = interrupted ? exitOfInterrupt(effects.signal.reason) : exitFor(diagnosis);
    const result = resultOf(last?.sent ?? null, reading, request, diagnosis, attempts, ok);
    return { report: reportOf('call', exit, [result]), recorded, sent: last?.sent ?? null, reading };
  };

  try {
    for (;;) {
      const at = effects.now();
      const early: { judged?: Judged } = {};
      passage =
        body === undefined
          ? null
          : new Passage(body, isLastAttempt(attempts.length + 1, retry), async (soFar) => {
              early.judged = await judge(await withParsed(soFar, options));
              return early.judged.decision?.retry !== true;
            });
      const sent = await withParsed(await send(request, sendOptions(options, effects, passage, progress)), options);
      progress.sending?.ended();
      // A decision made at the size limit holds unless the connection broke afterwards.
      const judged = (sent.exchange.failure === null ? early.judged : undefined) ?? (await judge(sent));
      const { diagnosis } = judged;
      const decision = judged.decision?.retry && passage?.begun ? PASSED_ON : judged.decision;
      last = { sent, judged };
      const attempt = attemptOf(attempts.length + 1, at, effects.now(), sent, diagnosis, decision);
      attempts.push(attempt);
      recorded.push({ ...sent, at: attempt.at, ms: attempt.ms });
      if (diagnosis === null || decision === null) return await finish(false);

      const line = attemptLine(attempt, diagnosis, retry, decision, effects.now());
      if (!decision.retry) {
        if (retry !== null) await progress.stop(line);
        return await finish(false);
      }
      await progress.wait(line, decision.waitMs, effects.signal);
      waitedMs += decision.waitMs;
    }
  } catch (error) {
    if (effects.signal.aborted) return finish(true);
    throw error;
  }
}

/** Reads and diagnoses the outcome of an attempt, and decides whether to retry. */
async function judgeSent(
  sent: Sent,
  options: CallOptions,
  knowledge: Knowledge,
  { now, random }: Effects,
  soFar: Parameters<typeof decideRetry>[1],
): Promise<Judged> {
  const origin = { api: options.settings.catalog?.id ?? null };
  const reading = readExchange(sent.exchange, knowledge, origin);
  const safe = await withoutSecrets(sent, options);
  const said = safe === sent ? reading : readExchange(safe.exchange, knowledge, origin);
  const diagnosis = succeeded(said) ? null : diagnoseSent(safe, said, options, knowledge, now());
  if (diagnosis === null || options.isWanted?.(reading, diagnosis)) return { reading, diagnosis, decision: null };
  return { reading, diagnosis, decision: decideRetry(diagnosis, soFar, options.retry, random()) };
}

/** @param at when it was sent, and `until` when it ended, in milliseconds since 1970 */
function attemptOf(
  n: number,
  at: number,
  until: number,
  { exchange }: Sent,
  diagnosis: Diagnosis | null,
  decision: RetryDecision | null,
): Attempt {
  return {
    n,
    at: new Date(at).toISOString(),
    status: exchange.response?.status ?? null,
    code: diagnosis?.code ?? null,
    requestId: diagnosis?.requestId ?? null,
    ms: spanMs(until - at),
    waitMs: decision?.retry ? decision.waitMs : null,
    waitFrom: decision?.retry ? decision.waitFrom : null,
    reason: decision?.reason ?? 'it succeeded',
  };
}

/** Nothing is sent again once part of a response is on standard output. */
const PASSED_ON: RetryDecision = {
  retry: false,
  reason: 'part of the body has been written to standard output',
  comeBackMs: null,
};

function sendOptions(
  { settings: { timeoutMs }, agents, turn, transport, prepared: { upload } }: CallOptions,
  { signal, env }: Effects,
  follower: BodyFollower | null,
  { sending: watcher }: CallProgress,
): SendOptions {
  const follows = { maxBytes: LONGEST_DIAGNOSED, follower: follower ?? undefined, watcher };
  return { timeoutMs, signal, env, agents, turn, transport, upload, ...follows };
}

async function withParsed(sent: Sent, { secrets }: CallOptions): Promise<Sent> {
  const { response } = sent.exchange;
  if (response === null) return sent;
  const safe = response.truncated && secrets ? { ...response, body: secrets.hideCut(response.body) } : response;
  return { ...sent, exchange: { ...sent.exchange, response: await withParsedBody(safe) } };
}

/**
 * Redacts before the diagnosis: it extracts parts of the body, in which a secret would no longer be
 * recognised.
 */
async function withoutSecrets(sent: Sent, { secrets }: CallOptions): Promise<Sent> {
  const { response } = sent.exchange;
  if (response === null || secrets === undefined) return sent;
  const body = secrets.redactBody(response.body);
  if (body === response.body) return sent;
  const { parsed: _, ...unparsed } = response;
  return { ...sent, exchange: { ...sent.exchange, response: await withParsedBody({ ...unparsed, body }) } };
}

/** A 304 answers a conditional request and is a success; a 2xx is one unless its body says that it failed. A status such as 0 is invalid. */
function succeeded(reading: Reading | null): boolean {
  const status = reading?.response.status ?? null;
  return status !== null && ((status >= 200 && status < 300) || status === 304) && reading?.soft === null;
}

function diagnoseSent(
  sent: Sent,
  reading: Reading | null,
  { prepared, settings, otherKeys = [] }: CallOptions,
  knowledge: Knowledge,
  now: number,
): Diagnosis {
  const diagnosis = diagnoseReading(sent.exchange, reading, knowledge, {
    api: settings.catalog?.id ?? null,
    now,
    sent: {
      auth: settings.auth,
      origins: prepared.origins,
      withheld: prepared.withheld,
      redirects: sent.redirects.map(({ url }) => url),
      proxy: sent.proxy,
      otherKeys,
      ownKey: settings.key,
    },
  });
  const cut = sent.exchange.response?.truncated ? [TRUNCATED_NOTE] : [];
  const notes = [
    ...diagnosis.notes,
    ...sent.notes,
    ...cut,
    ...withheldParts(prepared).map(({ what, why }) => `${what} was not sent: ${why}.`),
    ...keyNotes(prepared, settings, diagnosis),
  ];
  return { ...diagnosis, notes };
}

function exitFor(diagnosis: Diagnosis | null): Exit {
  return diagnosis === null ? exitOf('ok') : exitOfDiagnosis(diagnosis);
}

function resultOf(
  sent: Sent | null,
  reading: Reading | null,
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
            body: reading === null ? response.body : shownBody(reading),
            bytes: response.bytes,
            ...(response.truncated ? { truncated: true } : {}),
          },
    failure: exchange?.failure ?? null,
    diagnosis,
    attempts,
    flaky: ok && attempts.length > 1,
    timings: sent?.timings ?? null,
  };
}
