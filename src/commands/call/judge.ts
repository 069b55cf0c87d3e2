import type { RequestContext } from '../../diagnosis/context.ts';
import { diagnoseReading, readExchange } from '../../diagnosis/diagnose.ts';
import type { Knowledge } from '../../diagnosis/match/general.ts';
import type { Reading } from '../../diagnosis/reading.ts';
import { type Prepared, withheldParts } from '../../http/request.ts';
import { decideRetry, type RetryDecision } from '../../http/retry.ts';
import type { Sent } from '../../http/sent.ts';
import { withParsedBody } from '../../input/parse-body.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Effects } from '../../model/effects.ts';
import { TRUNCATED_NOTE } from '../../model/exchange.ts';
import type { ApiSettings, RetryPolicy } from '../../model/settings.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { keyNotes } from './attempt-lines.ts';

/** What the outcome of an attempt is judged by. */
export interface JudgeOptions {
  prepared: Prepared;
  settings: ApiSettings;
  /** Null when retrying is off. */
  retry: RetryPolicy | null;
  /**
   * Keeps secrets out of the diagnosis, and hides a possible start of one at the end of a truncated
   * body.
   */
  secrets?: Pick<Secrets, 'add' | 'hideCut' | 'redactBody'>;
  /** The keys configured for other APIs. */
  otherKeys?: RequestContext['otherKeys'];
  /** True for an error that was expected, so that it is not retried. */
  isWanted?(reading: Reading | null, diagnosis: Diagnosis): boolean;
}

/** The result of an attempt and the retry decision; no decision for an expected outcome. */
export interface Judged {
  reading: Reading | null;
  diagnosis: Diagnosis | null;
  decision: RetryDecision | null;
}

/** Reads and diagnoses the outcome of an attempt, and decides whether to retry. */
export async function judgeSent(
  sent: Sent,
  options: JudgeOptions,
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

/**
 * Redacts before the diagnosis: it extracts parts of the body, in which a secret would no longer be
 * recognised.
 */
async function withoutSecrets(sent: Sent, { secrets }: JudgeOptions): Promise<Sent> {
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
  { prepared, settings, otherKeys = [] }: JudgeOptions,
  knowledge: Knowledge,
  now: number,
): Diagnosis {
  const diagnosis = diagnoseReading(sent.exchange, reading, knowledge, {
    api: settings.catalog?.id ?? null,
    now,
    sent: {
      auth: settings.auth?.query === undefined ? settings.auth : null,
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
