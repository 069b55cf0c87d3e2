import type { Knowledge } from '../../diagnosis/match/general.ts';
import { isStream } from '../../diagnosis/read/streamed.ts';
import type { Reading } from '../../diagnosis/reading.ts';
import type { Agents } from '../../http/agents.ts';
import type { BodyFollower } from '../../http/body-reader.ts';
import type { LargeBodyTurn } from '../../http/large-bodies.ts';
import { isLastAttempt, type RetryDecision } from '../../http/retry.ts';
import { type SendOptions, send } from '../../http/send.ts';
import { maskHeaders } from '../../http/sensitive.ts';
import type { Sent } from '../../http/sent.ts';
import type { Transport } from '../../http/transport.ts';
import { withParsedBody } from '../../input/parse-body.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Effects } from '../../model/effects.ts';
import { LONGEST_DIAGNOSED, type Request } from '../../model/exchange.ts';
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
import type { RecordedAttempt } from '../../render/error/har.ts';
import type { BodyOutput } from '../../terminal/body.ts';
import { spanMs } from '../../text/duration.ts';
import { shownBody } from '../shown-body.ts';
import { attemptLine } from './attempt-lines.ts';
import { type Judged, type JudgeOptions, judgeSent } from './judge.ts';
import { type Introduction, Passage } from './passage.ts';
import { withSafeUrls } from './safe-urls.ts';

/** A call that is ready to be sent. */
export interface CallOptions extends JudgeOptions {
  /** How to reach the server, if anything is special. */
  transport?: Transport;
  /** Connections shared with other calls. */
  agents?: Agents;
  /** Its turn among calls that run at once. */
  turn?: LargeBodyTurn;
  /** The destination of the streamed body; without it, only the part that is diagnosed is read. */
  body?: { output: BodyOutput; introduce: Introduction };
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

/** The last attempt that was not interrupted. */
interface Last {
  sent: Sent;
  judged: Judged;
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
  let last: Last | null = null;
  let passage: Passage | null = null;
  let waitedMs = 0;

  const judge = (sent: Sent): Promise<Judged> =>
    judgeSent(sent, options, knowledge, effects, { attempts: attempts.length + 1, waitedMs, method: request.method });
  const finish = async (interrupt: Exit | null): Promise<CallOutcome> => {
    await passage?.end();
    return { ...outcomeOf(last, request, attempts, interrupt), recorded };
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
      // A decision made at the size limit holds unless the connection broke afterwards, or a stream went on.
      const holds = sent.exchange.failure === null && !isLongStream(sent);
      const judged = (holds ? early.judged : undefined) ?? (await judge(sent));
      const { diagnosis } = judged;
      const decision = judged.decision?.retry && passage?.begun ? PASSED_ON : judged.decision;
      last = { sent, judged };
      const attempt = attemptOf(attempts.length + 1, at, effects.now(), sent, diagnosis, decision);
      attempts.push(attempt);
      recorded.push({ ...sent, at: attempt.at, ms: attempt.ms });
      if (diagnosis === null || decision === null) return await finish(null);

      const line = attemptLine(attempt, diagnosis, retry, decision, effects.now());
      if (!decision.retry) {
        if (retry !== null) await progress.stop(line);
        return await finish(null);
      }
      await progress.wait(line, decision.waitMs, effects.signal);
      waitedMs += decision.waitMs;
    }
  } catch (error) {
    if (effects.signal.aborted) return finish(exitOfInterrupt(effects.signal.reason));
    throw error;
  }
}

/** True for a stream of which the end is known, which was not when the size limit was reached. */
const isLongStream = ({ exchange: { response } }: Sent): boolean =>
  response?.end !== undefined && isStream(response.body);

/** The outcome of all attempts, without the record of them. */
function outcomeOf(
  last: Last | null,
  request: Request,
  attempts: Attempt[],
  interrupt: Exit | null,
): Omit<CallOutcome, 'recorded'> {
  const { reading, diagnosis } = last?.judged ?? { reading: null, diagnosis: null };
  const ok = interrupt === null && last !== null && diagnosis === null;
  const result = resultOf(last?.sent ?? null, reading, request, diagnosis, attempts, ok);
  return { report: reportOf('call', interrupt ?? exitFor(diagnosis), [result]), sent: last?.sent ?? null, reading };
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

async function withParsed(got: Sent, { secrets }: CallOptions): Promise<Sent> {
  const sent = secrets ? withSafeUrls(got, (text) => secrets.redactBody(text)) : got;
  const { response } = sent.exchange;
  if (response === null) return sent;
  const safe = response.truncated && secrets ? { ...response, body: secrets.hideCut(response.body) } : response;
  return { ...sent, exchange: { ...sent.exchange, response: await withParsedBody(safe) } };
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
    ...(sent === null || sent.redirects.length === 0 ? {} : { redirects: sent.redirects }),
  };
}
